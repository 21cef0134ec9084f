"""The catalogue's tables, one module for each noun."""

from catalog.models.application import MerchantApplication, MerchantContact, MerchantDocument
from catalog.models.certificate import Certificate, CertificateProduct, CertificateScheme
from catalog.models.change import ChangeRecord
from catalog.models.listing import ListingRevision
from catalog.models.merchant import BenefitReport, Merchant, MerchantApproval
from catalog.models.product import (
    CatalogState,
    Category,
    FoodLabel,
    LineKind,
    Product,
    ProductCard,
    ProductTag,
    ProductVariant,
)
from catalog.models.region import AidedRegion, AreaSet, AreaSetMember, Division, Pairing
from catalog.models.service import ServiceDate, ServiceTerms
from catalog.models.stock import Stock, Warehouse

__all__ = [
    "AidedRegion",
    "AreaSet",
    "AreaSetMember",
    "BenefitReport",
    "CatalogState",
    "Category",
    "Certificate",
    "CertificateProduct",
    "CertificateScheme",
    "ChangeRecord",
    "Division",
    "FoodLabel",
    "LineKind",
    "ListingRevision",
    "Merchant",
    "MerchantApplication",
    "MerchantApproval",
    "MerchantContact",
    "MerchantDocument",
    "Pairing",
    "Product",
    "ProductCard",
    "ProductTag",
    "ProductVariant",
    "ServiceDate",
    "ServiceTerms",
    "Stock",
    "Warehouse",
]
