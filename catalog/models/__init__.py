"""The catalogue's tables, one module for each noun."""

from catalog.models.application import MerchantApplication, MerchantContact, MerchantDocument
from catalog.models.certificate import (
    Certificate,
    CertificateEvent,
    CertificateProduct,
    CertificateReminder,
    CertificateScheme,
    GeographicalIndication,
    QualityPaper,
)
from catalog.models.change import ChangeRecord
from catalog.models.listing import ListingRevision
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
from catalog.models.service import ServiceDate, ServiceTerms
from catalog.models.sheet import SheetChunk, SheetJob
from catalog.models.stock import (
    Operator,
    Stock,
    StockMovement,
    StockTransfer,
    Warehouse,
    WarehouseTenancy,
)
from catalog.models.tier import PriceTier

__all__ = [
    "AidedRegion",
    "AreaSet",
    "AreaSetMember",
    "BenefitReport",
    "CatalogState",
    "Category",
    "Certificate",
    "CertificateEvent",
    "CertificateProduct",
    "CertificateReminder",
    "CertificateScheme",
    "ChangeRecord",
    "Division",
    "FoodLabel",
    "GeographicalIndication",
    "LineKind",
    "ListingRevision",
    "Merchant",
    "MerchantApplication",
    "MerchantApproval",
    "MerchantContact",
    "MerchantDocument",
    "Operator",
    "Pairing",
    "PriceTier",
    "Product",
    "ProductCard",
    "ProductMedia",
    "ProductTag",
    "ProductVariant",
    "QualityPaper",
    "ServiceDate",
    "ServiceTerms",
    "SheetChunk",
    "SheetJob",
    "Stock",
    "StockMovement",
    "StockTransfer",
    "Warehouse",
    "WarehouseTenancy",
]
