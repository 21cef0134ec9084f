"""Reads of the catalogue over several tables: `at` (UTC) goes in, frozen data (`catalog.selectors.views`) comes out."""

from catalog.selectors.listings import cards_of, listing, ways_out
from catalog.selectors.places import categories, provinces_with_counts, region, regions_of_province
from catalog.selectors.products import product_detail
from catalog.selectors.views import (
    BenefitView,
    Card,
    CategoryView,
    CertificateView,
    FoodLabelView,
    Listing,
    MediaView,
    MerchantView,
    ProductDetail,
    ProvinceView,
    RegionView,
    VariantView,
    WayOut,
)

__all__ = [
    "BenefitView",
    "Card",
    "CategoryView",
    "CertificateView",
    "FoodLabelView",
    "Listing",
    "MediaView",
    "MerchantView",
    "ProductDetail",
    "ProvinceView",
    "RegionView",
    "VariantView",
    "WayOut",
    "cards_of",
    "categories",
    "listing",
    "product_detail",
    "provinces_with_counts",
    "region",
    "regions_of_province",
    "ways_out",
]
