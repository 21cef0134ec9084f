"""Small rows for tests, each whole and saved. `NOW` is the fixed moment that they are made around."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from catalog.certification import Step
from catalog.models import (
    AidedRegion,
    BenefitReport,
    Category,
    Certificate,
    CertificateProduct,
    CertificateScheme,
    FoodLabel,
    Merchant,
    MerchantApproval,
    Product,
    ProductTag,
    ProductVariant,
    Stock,
    Warehouse,
)

NOW = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
_number = count(1)

YANCHANG = {
    "code": "610621",
    "name_zh": "延长县",
    "name_en": "Yanchang County",
    "prefecture_code": "610600",
    "prefecture_zh": "延安市",
    "prefecture_en": "Yan'an City",
    "province_code": "610000",
    "province_zh": "陕西省",
    "province_en": "Shaanxi",
}


def region(**values) -> AidedRegion:
    """Return an aided region: 延长县 in 延安市, 陕西省, or what `values` says."""
    fields = {**YANCHANG, "exit_year": 2018, "is_key_county": False, **values}
    fields.setdefault("slug", f"{fields['code']}-{next(_number)}")
    return AidedRegion.objects.create(**{"name_in_list": fields["name_zh"], "code_in_list": fields["code"], **fields})


def category(slug: str = "fruit", name_zh: str = "新鲜水果", name_en: str = "Fresh fruit") -> Category:
    """Return the category of that slug, made on first use."""
    return Category.objects.get_or_create(slug=slug, defaults={"name_zh": name_zh, "name_en": name_en})[0]


def scheme(slug: str = "aid-product", *, admits_sale: bool = True) -> CertificateScheme:
    """Return the certificate scheme of that slug, made on first use."""
    names = {"name_zh": "脱贫地区产品认定", "name_en": "Certified aid product", "admits_sale": admits_sale}
    return CertificateScheme.objects.get_or_create(slug=slug, defaults=names)[0]


def merchant(*, approved: bool = True, **values) -> Merchant:
    """Return a merchant of the given or a new region, approved since a year ago unless told otherwise."""
    number = next(_number)
    fields = {
        "slug": f"merchant-{number}",
        "name_zh": f"合作社{number}",
        "name_en": f"Cooperative {number}",
        "producer_type": Merchant.ProducerType.COOPERATIVE,
        "shipping_fee_minor": 800,
        "created_at": NOW - 400 * DAY,
        **values,
    }
    row = Merchant.objects.create(**{"region": values.get("region") or region(), **fields})
    if approved:
        MerchantApproval.objects.create(merchant=row, valid_from=NOW - 365 * DAY)
    return row


def benefit_report(merchant: Merchant, **values) -> BenefitReport:
    """Return a report on the merchant: contracts with 126 households in 2025, reported in January 2026."""
    fields = {
        "mode": BenefitReport.Mode.CONTRACT_PURCHASE,
        "households": 126,
        "period_from": date(2025, 1, 1),
        "period_until": date(2026, 1, 1),
        "reporter_zh": "县农业农村局",
        "reporter_en": "County bureau of agriculture",
        "reported_on": date(2026, 1, 12),
        **values,
    }
    return BenefitReport.objects.create(merchant=merchant, **fields)


def food_label(product: Product, **values) -> FoodLabel:
    """Return the label of a processed food: walnut kernels and jujube, with licence, standard and allergen."""
    fields = {
        "ingredients_zh": "红枣、核桃仁",
        "ingredients_en": "Jujube, walnut kernels",
        "allergens_zh": "坚果",
        "allergens_en": "tree nuts",
        "storage_zh": "置于阴凉干燥处",
        "storage_en": "Keep cool and dry",
        "licence_number": "SC00000000000007",
        "standard": "GB/T 22165",
        **values,
    }
    return FoodLabel.objects.create(product=product, **fields)


def certificate(product: Product, **values) -> Certificate:
    """Return a certificate that covers the product, valid from 100 days ago for 200 days."""
    number = next(_number)
    fields = {
        "number": f"BM-{number:06}",
        "scheme": values.get("scheme") or scheme(),
        "merchant": product.merchant,
        "region": product.region,
        "issuer_zh": "县农业农村局",
        "issuer_en": "County bureau of agriculture",
        "valid_from": NOW - 100 * DAY,
        "valid_until": NOW + 100 * DAY,
        "approved_at": NOW - 100 * DAY,
        **values,
    }
    fields.setdefault("step", Step.APPROVED if fields["approved_at"] else Step.SUBMITTED)
    row = Certificate.objects.create(**fields)
    CertificateProduct.objects.create(certificate=row, product=product, certified_name=product.name_zh)
    return row


def variant(product: Product, *, on_hand: int = 100, **values) -> ProductVariant:
    """Return a variant (¥59.90, 5 kg) with so many units on hand in its merchant's warehouse."""
    number = next(_number)
    fields = {
        "sku": f"SKU-{number}",
        "name_zh": "5kg",
        "name_en": "5 kg",
        "price_minor": 5990,
        "weight_grams": 5000,
        **values,
    }
    row = ProductVariant.objects.create(product=product, **fields)
    warehouse, _ = Warehouse.objects.get_or_create(merchant=product.merchant, name_zh="产地仓", name_en="Origin")
    Stock.objects.create(variant=row, warehouse=warehouse, on_hand=on_hand)
    return row


def product(
    name_zh: str = "延长苹果",
    *,
    certified: bool = True,
    on_hand: int | None = 100,
    tags: tuple[str, ...] = (),
    **values,
) -> Product:
    """Return a product on sale with one variant and one certificate; `on_hand=None` leaves the variant out."""
    number = next(_number)
    fields = {
        "slug": f"product-{number}",
        "category": values.get("category") or category(),
        "kind": "apple",
        "art_seed": number,
        "name_zh": name_zh,
        "name_en": "Yanchang apple",
        "status": Product.Status.ON_SALE,
        "published_at": NOW - 30 * DAY,
        "updated_at": NOW - 30 * DAY,
        **values,
    }
    fields["merchant"] = values.get("merchant") or merchant()
    row = Product.objects.create(**{"region": fields["merchant"].region, **fields})
    if on_hand is not None:
        variant(row, on_hand=on_hand)
    if certified:
        certificate(row)
    for tag in tags:
        ProductTag.objects.create(product=row, tag=tag, valid_from=NOW - 10 * DAY, valid_until=NOW + 10 * DAY)
    return row
