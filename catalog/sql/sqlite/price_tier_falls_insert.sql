CREATE TRIGGER price_tier_falls_insert AFTER INSERT ON catalog_pricetier
WHEN EXISTS (
    SELECT 1 FROM catalog_pricetier other
    WHERE other.variant_id = NEW.variant_id AND other.id <> NEW.id
    AND CASE WHEN other.minimum_quantity < NEW.minimum_quantity THEN other.price_minor <= NEW.price_minor
        ELSE other.price_minor >= NEW.price_minor END
)
BEGIN
    SELECT RAISE(ABORT, 'prices fall strictly with the quantity');
END;
