"""The catalogue's tables, one module for each noun."""

from catalog.models.application import MerchantApplication, MerchantContact, MerchantDocument
from catalog.models.certificate import Certificate, CertificateProduct, CertificateScheme
from catalog.models.change import ChangeRecord
from catalog.models.media import ProductMedia
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
from catalog.models.stock import Stock, Warehouse
from catalog.models.tier import PriceTier

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
    "Merchant",
    "MerchantApplication",
    "MerchantApproval",
    "MerchantContact",
    "MerchantDocument",
    "Pairing",
    "PriceTier",
    "Product",
    "ProductCard",
    "ProductMedia",
    "ProductTag",
    "ProductVariant",
    "Stock",
    "Warehouse",
]
