"""Filling an empty shop with the demo, step by step. A stopped seeding goes on; a finished one is left alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from catalog import search
from catalog.actions import cards, regions
from catalog.actions.schemes import load_schemes
from catalog.models import Product, ProductCard
from checkout.models import OrderLine
from storefront.demo import counting
from storefront.demo.articles import write_articles
from storefront.demo.campaigns import write_campaigns
from storefront.demo.errors import ShopNotEmpty
from storefront.demo.kinds import read_kinds, read_places
from storefront.demo.merchants import plan_merchants
from storefront.demo.orders import write_orders
from storefront.demo.people import write_people
from storefront.demo.places import write_places
from storefront.demo.plan import Plan
from storefront.demo.products import plan_products
from storefront.demo.progress import Progress, silent
from storefront.demo.shelves import write_basics, write_merchants, write_products
from storefront.demo.sizes import ORDERS, PRODUCTS
from storefront.demo.terms import write_terms
from storefront.models import DemoSeed


@dataclass(frozen=True)
class Seeded:
    """What a call found or made. `is_new` is false when the demo was there already."""

    plan: Plan
    is_new: bool


def seed(
    *,
    as_of: date,
    now: datetime,
    seed: int = 1,
    products: int = PRODUCTS,
    orders: int = ORDERS,
    progress: Progress = silent,
) -> Seeded:
    """Make the demo, or go on with one that was stopped: that one keeps what it was begun with. Raises DemoError."""
    if Product.objects.exists() and not DemoSeed.objects.exists():
        raise ShopNotEmpty("the shop has products of its own; demo data goes into an empty shop only (BANGMAI_DEMO=0)")
    row, _ = DemoSeed.objects.get_or_create(
        pk=1, defaults={"seed": seed, "as_of": as_of, "products": products, "orders": orders, "started_at": now}
    )
    plan = Plan(row.seed, row.as_of, row.products, row.orders)
    if row.finished_at is not None:
        return Seeded(plan, is_new=False)
    load_map(now=now, progress=progress)
    _fill(plan, progress)
    refresh_cards(now=now, progress=progress)
    with progress("orders", plan.orders) as advance:
        write_orders(plan, advance)
    with progress("shared places", 1) as advance:
        write_places(plan)
        advance(1)
    counting.count_all(progress)
    with progress("popularity", 1) as advance:
        count_sold()
        advance(1)
    rebuild_index(progress)
    with progress("accounts", 1) as advance:
        write_people(now=now)
        advance(1)
    DemoSeed.objects.filter(pk=row.pk).update(finished_at=now)
    return Seeded(plan, is_new=True)


def demo_ready() -> bool:
    """Return whether the shop has what it needs to be shown: in demo mode, a demo that was seeded to the end."""
    return not settings.DEMO or DemoSeed.objects.exclude(finished_at=None).exists()


def load_map(*, now: datetime, progress: Progress = silent) -> regions.Loaded:
    """Load counties, pairings, divisions and certificate schemes."""
    with progress("map", 3) as advance:
        loaded = regions.load_map(now=now)
        advance(1)
        loaded += regions.load_divisions()
        advance(1)
        loaded += load_schemes()
        advance(1)
    return loaded


def _fill(plan: Plan, progress: Progress) -> None:
    write_basics()
    write_campaigns(plan)
    write_articles(plan)
    merchants = plan_merchants(plan, read_kinds(), read_places())
    with progress("merchants", len(merchants)) as advance:
        write_merchants(plan, merchants, advance)
    with progress("products", plan.products) as advance:
        write_products(plan, plan_products(plan, merchants), advance)
    write_terms()


def refresh_cards(*, now: datetime, progress: Progress = silent) -> None:
    """Prepare the cards of all products anew."""
    with progress("cards", Product.objects.count()) as advance:
        cards.rebuild(now=now, progress=_steps(advance))


def rebuild_index(progress: Progress = silent) -> None:
    """Build the search index anew."""
    with progress("search index", ProductCard.objects.exclude(sellable_until=None).count()) as advance:
        search.rebuild(progress=_steps(advance))


def count_sold() -> None:
    """Write on the cards how many units of each product were sold."""
    sold = OrderLine.objects.filter(order__charge_status="full").values_list("product_id").annotate(Sum("quantity"))
    units = dict(sold.order_by())
    shown = list(ProductCard.objects.filter(pk__in=units).values_list("pk", "sold_quantity"))
    with transaction.atomic(durable=True):
        for pk, before in shown:
            if before != units[pk]:
                ProductCard.objects.filter(pk=pk).update(sold_quantity=units[pk], version=F("version") + 1)


def _steps(advance: Callable[[int], None]) -> Callable[[int, int], None]:
    """Turn “so many are done” into “so many more are done”."""
    seen = 0

    def step(done: int, of: int) -> None:
        nonlocal seen
        advance(done - seen)
        seen = done

    return step
