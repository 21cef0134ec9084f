"""The catalogue's tables, one module for each noun."""

from catalog.models.certificate import Certificate, CertificateProduct, CertificateScheme
from catalog.models.merchant import Merchant, MerchantApproval
from catalog.models.product import (
    CatalogState,
    Category,
    LineKind,
    Product,
    ProductCard,
    ProductTag,
    ProductVariant,
)
from catalog.models.region import AidedRegion, AreaSet, AreaSetMember, Division, Pairing
from catalog.models.stock import Stock, Warehouse

__all__ = [
    "AidedRegion",
    "AreaSet",
    "AreaSetMember",
    "CatalogState",
    "Category",
    "Certificate",
    "CertificateProduct",
    "CertificateScheme",
    "Division",
    "LineKind",
    "Merchant",
    "MerchantApproval",
    "Pairing",
    "Product",
    "ProductCard",
    "ProductTag",
    "ProductVariant",
    "Stock",
    "Warehouse",
]
