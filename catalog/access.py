"""Who may read the catalogue: everybody. Nothing in it belongs to a person, so no function here fetches a row for one."""

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
}
API_TYPES = {
    name: "public"
    for name in (
        "AidedRegion",
        "Category",
        "CategoryCountableConnection",
        "CategoryCountableEdge",
        "Certificate",
        "FacetValue",
        "Image",
        "LanguageDisplay",
        "Listing",
        "ListingFacet",
        "Merchant",
        "MetadataItem",
        "Money",
        "PageInfo",
        "Product",
        "ProductCountableConnection",
        "ProductCountableEdge",
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
    )
}
