CREATE TRIGGER change_record_no_update BEFORE UPDATE ON catalog_changerecord
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
