-- Triggers for each row do not see TRUNCATE.
CREATE OR REPLACE FUNCTION change_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER change_record_no_truncate BEFORE TRUNCATE ON catalog_changerecord
FOR EACH STATEMENT EXECUTE FUNCTION change_record_refuse();
