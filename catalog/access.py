"""Who may read the catalogue: everybody. What belongs to one merchant is fetched by the functions here alone.

Each takes the id of the merchant that the caller works for (`checkout.access.merchant_of` gives it), and returns None
for what is another's, as for what is not there.
"""

from datetime import datetime

from catalog.actions.warehouses import usable_by
from catalog.models import Stock, StockTransfer, Warehouse


def warehouse_for(merchant_id: int, warehouse_id: int, *, at: datetime) -> Warehouse | None:
    """Return a warehouse of the merchant's, one in which it may keep goods, or one where some still lie."""
    used = Stock.objects.filter(variant__product__merchant=merchant_id).values("warehouse")
    rows = Warehouse.objects.filter(pk=warehouse_id).select_related("operator")
    usable = usable_by(merchant_id=merchant_id, now=at).values("pk")
    return (rows.filter(merchant=merchant_id) | rows.filter(pk__in=used) | rows.filter(pk__in=usable)).first()


def stock_for(merchant_id: int, stock_id: int) -> Stock | None:
    """Return a shelf with the merchant's goods."""
    rows = Stock.objects.filter(pk=stock_id, variant__product__merchant=merchant_id)
    return rows.select_related("variant__product", "warehouse").first()


def transfer_for(merchant_id: int, transfer_id: int) -> StockTransfer | None:
    """Return a transfer of the merchant's goods."""
    return StockTransfer.objects.filter(pk=transfer_id, variant__product__merchant=merchant_id).first()


API_RULES = {
    "Query.product": "public",
    "Query.products": "public",
    "Query.productVariant": "public",
    "Query.category": "public",
    "Query.categories": "public",
    "Query.listing": "public",
    "Query.provinces": "public",
    "Query.regions": "public",
    "Query.region": "public",
    "Query.certificate": "public",  # approved ones; a claim is nobody's to read but its merchant's and the office's
}
API_TYPES = dict.fromkeys(
    (
        "AidedRegion",
        "BenefitReport",
        "Category",
        "CategoryCountableConnection",
        "CategoryCountableEdge",
        "Certificate",
        "CertificateCoverage",
        "CertificateEvent",
        "FacetValue",
        "FoodLabel",
        "Highlight",
        "Image",
        "LanguageDisplay",
        "Listing",
        "ListingFacet",
        "Merchant",
        "MetadataItem",
        "Money",
        "NamePart",
        "PageInfo",
        "PriceTier",
        "Product",
        "ProductCountableConnection",
        "ProductCountableEdge",
        "ProductMedia",
        "ProductPricingInfo",
        "ProductTranslation",
        "ProductVariant",
        "ProductVariantCountableConnection",
        "ProductVariantCountableEdge",
        "ProductVariantTranslation",
        "Province",
        "TaxedMoney",
        "TaxedMoneyRange",
        "VariantPricingInfo",
        "Weight",
    ),
    "public",
)
