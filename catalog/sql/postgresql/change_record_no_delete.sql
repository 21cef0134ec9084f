CREATE OR REPLACE FUNCTION change_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER change_record_no_delete BEFORE DELETE ON catalog_changerecord
FOR EACH ROW EXECUTE FUNCTION change_record_refuse();
