"""The demo's articles (`articles.toml`): published some days before the demo's day, and made once."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from catalog.models import AidedRegion
from storefront import rich_text
from storefront.demo.plan import Plan
from storefront.models import Article

_FILE = Path(__file__).with_suffix(".toml")


def write_articles(plan: Plan) -> None:
    """Make the articles, unless they are there."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["article"]
    regions = {region.code: region for region in AidedRegion.objects.filter(code__in=[row["region"] for row in rows])}
    with transaction.atomic(durable=True):
        for row in rows:
            Article.objects.get_or_create(slug=row["slug"], defaults=_fields(row, plan, regions))


def _fields(row: dict[str, Any], plan: Plan, regions: dict[str, AidedRegion]) -> dict[str, Any]:
    texts = {name: " ".join(text.split()) for name, text in row.items() if isinstance(text, str)}
    bodies = {name: rich_text.clean(text) for name, text in texts.items() if name.startswith("body_")}
    placed = {"region": regions.get(row["region"]), "published_from": plan.day(-row["days_ago"])}
    return texts | bodies | placed
