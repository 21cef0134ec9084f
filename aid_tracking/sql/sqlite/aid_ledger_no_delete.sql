CREATE TRIGGER aid_ledger_no_delete BEFORE DELETE ON aid_tracking_ledgerentry
BEGIN
    SELECT RAISE(ABORT, 'the aid ledger is append-only');
END
