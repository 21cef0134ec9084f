-- A function of a trigger sees the rows that the same INSERT has written before.
CREATE OR REPLACE FUNCTION aid_ledger_check_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    counted numeric;
BEGIN
    IF NEW.seq <> COALESCE((SELECT max(seq) FROM aid_tracking_ledgerentry), 0) + 1
       OR NEW.prev_hash <> COALESCE(
              (SELECT hash FROM aid_tracking_ledgerentry WHERE seq = NEW.seq - 1), repeat('0', 64)
          )
    THEN
        RAISE EXCEPTION 'an entry follows the last one of the aid ledger' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT COALESCE(sum(amount_minor), 0) INTO counted FROM aid_tracking_ledgerentry
    WHERE source = NEW.source AND line_id = NEW.line_id AND campaign_id = NEW.campaign_id
      AND (NEW.reverses_seq IS NULL OR seq = NEW.reverses_seq OR reverses_seq = NEW.reverses_seq);
    IF NEW.reverses_seq IS NULL AND counted <> 0 THEN
        RAISE EXCEPTION 'a line counts once for a campaign' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.reverses_seq IS NOT NULL AND counted + NEW.amount_minor < 0 THEN
        RAISE EXCEPTION 'a reversal takes back more than was counted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER aid_ledger_follows BEFORE INSERT ON aid_tracking_ledgerentry
FOR EACH ROW EXECUTE FUNCTION aid_ledger_check_next();
