"""Putting judged queries to this shop's search, or to an Elasticsearch server that is filled for the purpose."""

from pathlib import Path

from django.test.utils import override_settings
from django.utils import timezone

from catalog import search
from catalog.models import ProductCard
from catalog.search import Query, elastic
from catalog.search.judging import Judgement, judge, read_judged

PREFIX = "bangmai-judge"


def judge_here(path: Path) -> Judgement:
    """Judge the search of this shop as it is configured, over the products that it sells now."""
    at = timezone.now()
    sold = ProductCard.objects.filter(sellable_from__lte=at, sellable_until__gt=at)
    places = ("county_zh", "prefecture_zh", "province_zh")
    products = {pk: (kind, " ".join(where)) for pk, kind, *where in sold.values_list("pk", "kind", *places)}
    return judge(
        read_judged(path), products, lambda text, size: search.search(Query(text=text, size=size), at=at).product_ids
    )


def judge_server(url: str, path: Path) -> Judgement:
    """Fill indices of their own on a server with this shop's products, judge it, and remove them again."""
    with override_settings(SEARCH_BACKEND="elasticsearch", SEARCH_URL=url, SEARCH_PREFIX=PREFIX):
        elastic.forget()
        try:
            elastic.fill()
            return judge_here(path)
        finally:
            elastic.remove()
            elastic.forget()
