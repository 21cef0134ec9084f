CREATE TRIGGER checkout_journaltransaction_no_update BEFORE UPDATE ON checkout_journaltransaction BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER checkout_journaltransaction_no_delete BEFORE DELETE ON checkout_journaltransaction BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER checkout_journalposting_no_update BEFORE UPDATE ON checkout_journalposting BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER checkout_journalposting_no_delete BEFORE DELETE ON checkout_journalposting BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
