"""承诺达标合格证: which goods need one, and the newest one of each product."""

from collections.abc import Iterable
from functools import cache

from django.db.models import OuterRef, Subquery

from catalog.actions.regions import read_table
from catalog.models import Product, QualityPaper


@cache
def _named() -> frozenset[str]:
    return frozenset(row["category"] for row in read_table("quality_paper_categories.csv"))


def needs_quality_paper(category_slug: str, processing: str) -> bool:
    """Return whether goods need one: unprocessed farm produce of the kinds that the rule of 2025 names.

    Dried tea, smoked meat and the like are processed: the rule asks for none.
    """
    return processing == Product.Processing.PRIMARY and category_slug in _named()


def latest_papers(product_ids: Iterable[int]) -> dict[int, QualityPaper]:
    """Return the newest paper of each product that has one (one query)."""
    newest = QualityPaper.objects.filter(product=OuterRef("product")).order_by("-issued_on", "-pk").values("pk")[:1]
    rows = QualityPaper.objects.filter(product__in=list(product_ids), pk=Subquery(newest))
    return {row.product_id: row for row in rows}
