"""How long cards, index and searches take at a given size; in a database and an index of its own, both thrown away.

    python -m benchmarks.search 7600 400000

Figures are CPU milliseconds of this process: first (nothing cached) and again (median of 50).
"""

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

NOW = datetime(2026, 2, 10, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = (
    "苹果",
    "小米",
    "黑木耳",
    "红茶",
    "蜂蜜",
    "腊肉",
    "核桃",
    "大米",
    "花椒",
    "土鸡蛋",
    "牛肉干",
    "枸杞",
    "香菇",
    "橙子",
)
ENGLISH = ("apple", "millet", "wood-ear", "tea", "honey", "bacon", "walnut", "rice", "pepper", "egg", "jerky", "goji")
TEXTS = (
    "苹果",
    "蘋果",
    "pingguo",
    "apple",
    "陕西 苹果",
    "洛川 苹果",
    "黑木耳",
    "xiaomi",
    "茶",
    "甘肃 蜂蜜",
    "aple",
    "平果",
    "沙发",
)


def main() -> None:
    """Measure each size given on the command line in a process of its own."""
    for size in sys.argv[1:] or ["7600"]:
        pid = os.fork()
        if pid == 0:
            _measure(int(size))
            os._exit(0)
        os.waitpid(pid, 0)


def _measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            BANGMAI_HOME=home, DATABASE_URL=f"sqlite:///{home}/bench.sqlite3", SQLITE_SYNCHRONOUS="NORMAL"
        )
        os.environ["DJANGO_SETTINGS_MODULE"] = "storefront.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _fill(size)
        _time_builds(size)
        _time_reads()


def _fill(size: int) -> None:
    from catalog.actions.regions import load_map
    from catalog.models import (
        AidedRegion,
        Category,
        Certificate,
        CertificateScheme,
        Merchant,
        MerchantApproval,
        Warehouse,
    )

    load_map(now=NOW)
    regions = list(AidedRegion.objects.order_by("pk"))
    scheme = CertificateScheme.objects.create(slug="aid", name_zh="认定", name_en="Aid", admits_sale=True)
    categories = list(Category.objects.all()) or [
        Category.objects.create(slug=f"c{i}", name_zh=f"类{i}", name_en=f"Shelf {i}") for i in range(16)
    ]
    merchants = Merchant.objects.bulk_create(
        Merchant(
            slug=f"m{i}",
            name_zh=f"{regions[i].name_zh}合作社",
            name_en="Coop",
            region=regions[i],
            created_at=NOW,
            producer_type="cooperative",
        )
        for i in range(len(regions))
    )
    MerchantApproval.objects.bulk_create(MerchantApproval(merchant=m, valid_from=NOW - 300 * DAY) for m in merchants)
    warehouses = Warehouse.objects.bulk_create(Warehouse(merchant=m, name_zh="仓", name_en="W") for m in merchants)
    certificates = Certificate.objects.bulk_create(
        Certificate(
            number=f"C{i}",
            scheme=scheme,
            merchant=m,
            region=m.region,
            issuer_zh="局",
            issuer_en="Bureau",
            valid_from=NOW - 100 * DAY,
            step="approved",
            approved_at=NOW - 100 * DAY,
            valid_until=NOW + (i + 1) * DAY,
        )
        for i, m in enumerate(merchants)
    )
    _insert(size, merchants, categories, certificates, warehouses)


def _insert(size: int, merchants: list, categories: list, certificates: list, warehouses: list) -> None:
    """Write the long tables with executemany: a million rows through the models would take most of the time."""
    rng = random.Random(1)
    day, since = NOW - DAY, NOW - 10 * DAY
    products, covers, tags, variants, stocks = [], [], [], [], []
    for pk in range(1, size + 1):
        at, kind = pk % len(merchants), rng.randrange(len(KINDS))
        merchant, place = merchants[at], merchants[at].region
        names = f"{place.name_zh[:-1]}{KINDS[kind]}", f"{place.name_en} {ENGLISH[kind % len(ENGLISH)]}"
        shelf = categories[kind % len(categories)].pk
        products.append(
            (
                pk,
                f"p{pk}",
                merchant.pk,
                shelf,
                place.pk,
                f"kind-{kind}",
                kind,
                "goods",
                *names,
                "",
                "",
                "ambient",
                "on_sale",
                day,
                day,
            )
        )
        covers.append((certificates[at].pk, pk, names[0], ""))
        if pk % 2:
            tags.append((pk, "spring", since))
        for variant in (2 * pk, 2 * pk + 1):
            variants.append((variant, pk, f"s{variant}", "5kg", "5 kg", rng.randrange(900, 30000), 5000, 0))
            stocks.append((variant, warehouses[at].pk, 50, 0))
    _many(
        "product",
        "id slug merchant_id category_id region_id kind art_seed line_kind name_zh name_en description_zh "
        "description_en storage status published_at updated_at",
        products,
    )
    _many("certificateproduct", "certificate_id product_id certified_name scope", covers)
    _many("producttag", "product_id tag valid_from", tags)
    _many("productvariant", "id product_id sku name_zh name_en price_minor weight_grams position", variants)
    _many("stock", "variant_id warehouse_id on_hand allocated", stocks)


def _many(table: str, columns: str, rows: list[tuple]) -> None:
    """Insert rows of these columns; every other one gets its default, as through the model."""
    from django.apps import apps
    from django.db import connection, transaction

    names = columns.split()
    fields = apps.get_model("catalog", table)._meta.concrete_fields
    others = [field for field in fields if field.column not in names and not field.primary_key and not field.null]
    kept = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
    names += [field.column for field in others]
    marks = ", ".join(["%s"] * len(names))
    with transaction.atomic(), connection.cursor() as cursor:
        statement = f"INSERT INTO catalog_{table} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608
        cursor.executemany(statement, (row + kept for row in rows))


def _time_builds(size: int) -> None:
    from django.db import connection

    from catalog import search
    from catalog.actions import cards

    started = time.monotonic()
    cards.rebuild(now=NOW)
    print(f"{size} products: cards {time.monotonic() - started:.1f} s", flush=True)
    connection.close()
    pid = os.fork()  # so that the peak of memory is that of the index alone
    if pid == 0:
        started = time.monotonic()
        search.rebuild()
        took, own = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF)
        cpu = own.ru_utime + own.ru_stime
        print(f"  index {took:.1f} s, {cpu:.1f} s of processor time, peak {own.ru_maxrss // 1024} MB", flush=True)
        connection.close()
        os._exit(0)
    os.waitpid(pid, 0)
    started = time.monotonic()
    cards.rebuild(now=NOW)
    print(f"  cards again, nothing changed: {time.monotonic() - started:.1f} s", flush=True)


def _time_reads() -> None:
    from catalog.models import AidedRegion
    from catalog.search import Query
    from catalog.selectors import listing, product_detail, provinces_with_counts

    region = AidedRegion.objects.get(code="610621").slug
    queries = {
        "all": Query(),
        "zone": Query(tag="spring"),
        "category": Query(category="fruit"),
        "region": Query(region=region),
        "province, page 9": Query(province="610000", page=9),
        "price": Query(tag="spring", sort="price", price_max_minor=5000),
        **{f"text {text}": Query(text=text) for text in TEXTS},
    }
    for name, query in queries.items():
        total = listing(query, at=NOW).total
        _print(f"{name} ({total})", lambda query=query: listing(query, at=NOW), query)
    deep = listing(Query(sort="price", size=100), at=NOW)
    for _ in range(50):
        deep = listing(Query(sort="price", size=100, after=deep.end), at=NOW) if deep.end else deep
    behind = Query(sort="price", after=deep.end or (1,))
    _print("behind 5,000 by price", lambda: listing(behind, at=NOW), behind)
    _print("product", lambda: product_detail("p77", at=NOW), None)
    _print("provinces", lambda: provinces_with_counts(at=NOW), None)


def _print(name: str, work: Callable[[], object], query: object) -> None:
    from catalog.search import embedded

    first = 0.0
    if query is not None:
        for cache in ("block", "behind", "total", "terms_facets", "price_facet", "meaning"):
            getattr(embedded._opened[1], cache).cache_clear()
        first = _cpu(work)
    print(f"  {name:28} first {first:7.2f} ms   again {median(_cpu(work) for _ in range(50)):6.2f} ms", flush=True)


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
