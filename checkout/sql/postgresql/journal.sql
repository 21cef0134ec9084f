CREATE OR REPLACE FUNCTION checkout_journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$;

CREATE TRIGGER checkout_journaltransaction_no_update BEFORE UPDATE ON checkout_journaltransaction
    FOR EACH ROW EXECUTE FUNCTION checkout_journal_refuse();
CREATE TRIGGER checkout_journaltransaction_no_delete BEFORE DELETE ON checkout_journaltransaction
    FOR EACH ROW EXECUTE FUNCTION checkout_journal_refuse();
CREATE TRIGGER checkout_journalposting_no_update BEFORE UPDATE ON checkout_journalposting
    FOR EACH ROW EXECUTE FUNCTION checkout_journal_refuse();
CREATE TRIGGER checkout_journalposting_no_delete BEFORE DELETE ON checkout_journalposting
    FOR EACH ROW EXECUTE FUNCTION checkout_journal_refuse();

-- A row trigger sees one leg; only at the end of the transaction are they all there.
CREATE OR REPLACE FUNCTION checkout_journal_balances() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF (SELECT sum(amount_minor) FROM checkout_journalposting WHERE transaction_id = NEW.transaction_id) <> 0 THEN
        RAISE EXCEPTION 'journal transaction % does not sum to zero', NEW.transaction_id;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER checkout_journalposting_balances AFTER INSERT ON checkout_journalposting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION checkout_journal_balances();
