-- Triggers for each row do not see TRUNCATE.
CREATE OR REPLACE FUNCTION aid_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the aid ledger is append-only';
END
$$;
CREATE TRIGGER aid_ledger_no_truncate BEFORE TRUNCATE ON aid_tracking_ledgerentry
FOR EACH STATEMENT EXECUTE FUNCTION aid_ledger_refuse();
