"""Writes planned merchants and products, whole merchants at a time, each batch in one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from catalog.actions.regions import read_table
from catalog.actions.schemes import load_schemes
from catalog.models import (
    AidedRegion,
    Category,
    Certificate,
    CertificateProduct,
    CertificateScheme,
    LineKind,
    Merchant,
    MerchantApproval,
    Product,
    ProductTag,
    ProductVariant,
    Stock,
    Warehouse,
)
from storefront.demo import certificate_logs
from storefront.demo.benefits import write_reports
from storefront.demo.certificates import ISSUER_EN, ISSUER_ZH, CertificatePlan
from storefront.demo.labels import dispatch_hours, return_rule, write_labels
from storefront.demo.merchants import MerchantPlan
from storefront.demo.plan import Plan
from storefront.demo.products import ProductPlan
from storefront.demo.progress import Advance

BATCH = 2000
TAGGED_SINCE = -10  # days from `as_of`: the zone's first day
TAGGED_UNTIL = 20


@dataclass(frozen=True)
class Ids:
    """Primary keys of what products refer to, by slug."""

    regions: dict[str, int]
    categories: dict[str, int]
    schemes: dict[str, int]
    merchants: dict[str, int]
    warehouses: dict[int, int]  # by merchant id


def write_basics() -> None:
    """Make the categories, where missing, and the certificate schemes."""
    with transaction.atomic(durable=True):
        Category.objects.bulk_create(
            [
                Category(slug=row["slug"], name_zh=row["name_zh"], name_en=row["name_en"], position=row["position"])
                for row in read_table("categories.csv")
            ],
            ignore_conflicts=True,
        )
    load_schemes()


def write_merchants(plan: Plan, merchants: list[MerchantPlan], advance: Advance) -> None:
    """Make the merchants with approval and warehouse, all at once, unless they are there."""
    if merchants and not Merchant.objects.filter(slug=merchants[-1].slug).exists():
        regions = dict(AidedRegion.objects.values_list("slug", "pk"))
        with transaction.atomic(durable=True):
            rows = Merchant.objects.bulk_create(
                [_merchant(plan, merchant, regions) for merchant in merchants], batch_size=BATCH
            )
            MerchantApproval.objects.bulk_create(
                [_approval(plan, *pair) for pair in zip(merchants, rows, strict=True)], batch_size=BATCH
            )
            Warehouse.objects.bulk_create(
                [
                    Warehouse(merchant=row, name_zh=f"{row.name_zh}仓库", name_en=f"Warehouse of {row.name_en}")
                    for row in rows
                ],
                batch_size=BATCH,
            )
            write_reports(plan, zip(merchants, rows, strict=True))
    advance(len(merchants))


def _merchant(plan: Plan, merchant: MerchantPlan, regions: dict[str, int]) -> Merchant:
    return Merchant(
        slug=merchant.slug,
        name_zh=merchant.name_zh,
        name_en=merchant.name_en,
        region_id=regions[merchant.place.slug],
        producer_type=merchant.producer_type,
        producer_zh=merchant.producer_zh,
        producer_en=merchant.producer_en,
        shipping_fee_minor=merchant.fee_minor,
        created_at=plan.day(merchant.approved_day),
    )


def _approval(plan: Plan, merchant: MerchantPlan, row: Merchant) -> MerchantApproval:
    suspended = merchant.suspended_day
    return MerchantApproval(
        merchant=row,
        valid_from=plan.day(merchant.approved_day),
        valid_until=None if suspended is None else plan.day(suspended),
        reason="" if suspended is None else "演示：资料待补 / demo: papers missing",
    )


def write_products(plan: Plan, products: Iterator[list[ProductPlan]], advance: Advance) -> None:
    """Make the products batch by batch. A batch whose first product is there was written whole, and is passed over."""
    ids = Ids(
        regions=dict(AidedRegion.objects.values_list("slug", "pk")),
        categories=dict(Category.objects.values_list("slug", "pk")),
        schemes=dict(CertificateScheme.objects.values_list("slug", "pk")),
        merchants=dict(Merchant.objects.values_list("slug", "pk")),
        warehouses=dict(Warehouse.objects.exclude(merchant=None).values_list("merchant", "pk")),
    )
    for batch in _batches(products):
        if not ProductVariant.objects.filter(sku=batch[0].variants[0].sku).exists():
            with transaction.atomic(durable=True):
                _write_batch(plan, batch, ids)
        advance(len(batch))


def _batches(products: Iterable[list[ProductPlan]]) -> Iterator[list[ProductPlan]]:
    """Join merchants into batches of about `BATCH`: a certificate and all it covers are in the same one."""
    batch: list[ProductPlan] = []
    for made in products:
        batch += made
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _write_batch(plan: Plan, batch: list[ProductPlan], ids: Ids) -> None:
    rows = Product.objects.bulk_create([_product(plan, product, ids) for product in batch], batch_size=BATCH)
    pairs = list(zip(batch, rows, strict=True))
    write_labels(pairs, batch_size=BATCH)
    _write_variants(pairs, ids)
    ProductTag.objects.bulk_create(
        [
            ProductTag(product=row, tag=tag, valid_from=plan.day(TAGGED_SINCE), valid_until=plan.day(TAGGED_UNTIL))
            for product, row in pairs
            for tag in product.tags
        ],
        batch_size=BATCH,
    )
    _write_certificates(plan, pairs, ids)


def _product(plan: Plan, product: ProductPlan, ids: Ids) -> Product:
    kind = product.kind
    published = plan.day(product.published_day) + timedelta(seconds=product.published_second)
    return Product(
        slug=product.slug,
        merchant_id=ids.merchants[product.merchant.slug],
        category_id=ids.categories[kind.category],
        region_id=ids.regions[product.merchant.place.slug],
        kind=kind.slug,
        art_seed=product.art_seed,
        line_kind=kind.line_kind,
        name_zh=product.name_zh,
        name_en=product.name_en,
        description_zh=product.description_zh,
        description_en=product.description_en,
        storage=kind.storage,
        shelf_life_days=kind.shelf_life_days,
        processing=kind.processing,
        dispatch_hours=dispatch_hours(kind),
        return_rule=return_rule(kind),
        status=Product.Status.PAUSED if product.state == "paused" else Product.Status.ON_SALE,
        published_at=published,
        updated_at=published,
    )


def _write_variants(pairs: list[tuple[ProductPlan, Product]], ids: Ids) -> None:
    planned = [(variant, row, position) for product, row in pairs for position, variant in enumerate(product.variants)]
    variants = ProductVariant.objects.bulk_create(
        [
            ProductVariant(
                product=row,
                sku=variant.sku,
                name_zh=variant.spec.zh,
                name_en=variant.spec.en,
                price_minor=variant.price_minor,
                weight_grams=variant.spec.grams,
                position=position,
            )
            for variant, row, position in planned
        ],
        batch_size=BATCH,
    )
    # A service has no stock row: its places are sold by date, which is another thing than units on a shelf.
    Stock.objects.bulk_create(
        [
            Stock(variant=made, warehouse_id=ids.warehouses[row.merchant_id], on_hand=variant.on_hand)
            for made, (variant, row, _) in zip(variants, planned, strict=True)
            if row.line_kind == LineKind.GOODS
        ],
        batch_size=BATCH,
    )


def _write_certificates(plan: Plan, pairs: list[tuple[ProductPlan, Product]], ids: Ids) -> None:
    planned = {certificate.number: (certificate, row) for product, row in pairs for certificate in product.certificates}
    made = Certificate.objects.bulk_create(
        [_certificate(plan, certificate, row, ids) for certificate, row in planned.values()], batch_size=BATCH
    )
    certificate_logs.write(made)
    by_number = {certificate.number: certificate for certificate in made}
    CertificateProduct.objects.bulk_create(
        [
            CertificateProduct(
                certificate=by_number[certificate.number],
                product=row,
                certified_name=row.name_zh,
                scope=certificate.scope,
            )
            for product, row in pairs
            for certificate in product.certificates
        ],
        batch_size=BATCH,
    )


def _certificate(plan: Plan, certificate: CertificatePlan, row: Product, ids: Ids) -> Certificate:
    def moment(day: int | None) -> datetime | None:
        return None if day is None else plan.day(day)

    return Certificate(
        number=certificate.number,
        scheme_id=ids.schemes[certificate.scheme],
        merchant_id=row.merchant_id,
        region_id=row.region_id,
        issuer_zh=ISSUER_ZH,
        issuer_en=ISSUER_EN,
        valid_from=plan.day(certificate.from_day),
        valid_until=plan.day(certificate.until_day),
        step=certificate.step,
        submitted_at=moment(certificate.submitted_day),
        approved_at=moment(certificate.approved_day),
        revoked_at=moment(certificate.revoked_day),
    )
