CREATE OR REPLACE FUNCTION aid_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the aid ledger is append-only';
END
$$;
CREATE TRIGGER aid_ledger_no_update BEFORE UPDATE ON aid_tracking_ledgerentry
FOR EACH ROW EXECUTE FUNCTION aid_ledger_refuse();
