CREATE OR REPLACE FUNCTION price_tier_falls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM catalog_pricetier other
        WHERE other.variant_id = NEW.variant_id AND other.id <> NEW.id
        AND CASE WHEN other.minimum_quantity < NEW.minimum_quantity THEN other.price_minor <= NEW.price_minor
            ELSE other.price_minor >= NEW.price_minor END
    ) THEN
        RAISE EXCEPTION 'prices fall strictly with the quantity' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER price_tier_falls AFTER INSERT OR UPDATE ON catalog_pricetier
FOR EACH ROW EXECUTE FUNCTION price_tier_falls();
