"""Relations of products, loaded for the whole page at the first access.

graphene's own DataLoader is asynchronous and does not work under WSGI. Here a list says which products it shows
(`show`); the first product that is asked for a relation loads it for all of them.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from catalog.graphql.nodes import (
    CertificateNode,
    MediaNode,
    PriceTierNode,
    ProductNode,
    RegionNode,
    VariantNode,
    certificate_node,
    media_node,
    price,
    product_node,
    region_node,
    variant_node,
)
from catalog.rules import certificate_change
from catalog.selectors import related
from catalog.selectors.certificate_pages import Told, coverage_of, log_of
from catalog.selectors.related import ProductText
from catalog.selectors.views import Card, RegionView


class Batch:
    """Values by key. A missing value is loaded together with all keys that are expected and not loaded yet."""

    def __init__(self, load: Callable[[list[Any]], dict[Any, Any]]):
        self._load = load
        self._expected: set[Any] = set()
        self._loaded: dict[Any, Any] = {}

    def expect(self, keys: Iterable[Any]) -> None:
        """Say which keys will probably be asked for."""
        self._expected.update(keys)

    def put(self, key: Any, value: Any) -> None:
        """Keep a value that is known already."""
        self._loaded[key] = value

    def get(self, key: Any) -> Any | None:
        """Return the value of a key, or None where there is none."""
        if key not in self._loaded:
            wanted = [key, *(self._expected - self._loaded.keys() - {key})]
            found = self._load(wanted)
            self._loaded.update({each: found.get(each) for each in wanted})
            self._expected.clear()
        return self._loaded[key]


class Loaders:
    """The relations that one execution has asked for, at its moment and in its language."""

    def __init__(self, *, at: datetime, english: bool):
        self.at, self.english = at, english
        self.sellable_until: datetime | None = None  # when the first of the products shown stops being buyable
        self.shown: set[int] = set()
        self._products = Batch(self._load_products)
        self._variants = Batch(self._load_variants)
        self._variants_of = Batch(self._load_variants_of)
        self._tiers = Batch(related.tiers_of)
        self._certificates = Batch(self._load_certificates)
        self._media = Batch(self._load_media)
        self._logs = Batch(log_of)
        self._coverage = Batch(self._load_coverage)
        self._texts = Batch(related.texts_of)
        self._regions = Batch(self._load_regions)
        self._counts = Batch(lambda slugs: related.product_counts(slugs, at=at))

    def show(self, cards: Iterable[Card]) -> list[ProductNode]:
        """Return the cards of one page as nodes; their relations will be loaded together."""
        nodes = [self._node(card) for card in cards]
        self.expect_products(node.key for node in nodes)
        self._regions.expect(node.region_slug for node in nodes)
        for node in nodes:
            self._products.put(node.key, node)
        return nodes

    def expect_products(self, product_ids: Iterable[int]) -> None:
        """Say which products this answer will probably ask for."""
        keys = list(product_ids)
        for batch in (self._products, self._variants_of, self._certificates, self._media, self._texts):
            batch.expect(keys)

    def expect_variants(self, variant_ids: Iterable[int]) -> None:
        """Say which variants this answer will probably ask for, e.g. those of all lines of a cart."""
        self._variants.expect(variant_ids)

    def product(self, product_id: int) -> ProductNode | None:
        """Return a published product, whether or not it may be sold now."""
        return self._products.get(product_id)

    def variant(self, variant_id: int) -> VariantNode | None:
        """Return a variant of a published product."""
        return self._variants.get(variant_id)

    def variants_of(self, product_id: int) -> tuple[VariantNode, ...]:
        """Return a product's variants in the shop's order."""
        return self._variants_of.get(product_id) or ()

    def tiers_of(self, variant_id: int) -> tuple[PriceTierNode, ...]:
        """Return a variant's prices by quantity."""
        tiers = self._tiers.get(variant_id) or ()
        return tuple(PriceTierNode(quantity, price(minor)) for quantity, minor in tiers)

    def certificates_of(self, product_id: int) -> tuple[CertificateNode, ...]:
        """Return a product's certificates, those that admit to sale first."""
        return self._certificates.get(product_id) or ()

    def media_of(self, product_id: int) -> tuple[MediaNode, ...]:
        """Return a product's pictures, the first one first."""
        return self._media.get(product_id) or ()

    def log_of(self, certificate_id: int) -> tuple[Told, ...]:
        """Return the public log of a certificate."""
        return self._logs.get(certificate_id) or ()

    def coverage_of(self, certificate_id: int) -> tuple[tuple[int, str, str], ...]:
        """Return what a certificate covers: product, name as certified, scope."""
        return self._coverage.get(certificate_id) or ()

    def text_of(self, product_id: int) -> ProductText | None:
        """Return the parts of a product that its card leaves out."""
        return self._texts.get(product_id)

    def region(self, slug: str) -> RegionNode | None:
        """Return an aided region."""
        return self._regions.get(slug)

    def show_regions(self, views: Iterable[RegionView]) -> list[RegionNode]:
        """Return regions as nodes; their numbers of products will be counted together."""
        nodes = [region_node(view, english=self.english) for view in views]
        self._counts.expect(node.slug for node in nodes)
        return nodes

    def product_count(self, region_slug: str) -> int:
        """Return how many products of a region may be sold now."""
        return self._counts.get(region_slug) or 0

    def _node(self, card: Card) -> ProductNode:
        node = product_node(card, at=self.at, english=self.english)
        self.shown.add(card.product_id)
        # A product that is not buyable yet changes the answer too, when its window opens.
        self.true_until(
            node.sellable_until or (card.sellable_from if (card.sellable_from or self.at) > self.at else None)
        )
        return node

    def true_until(self, edge: datetime | None) -> None:
        """Note a moment at which something of the answer changes by the clock."""
        if edge and (self.sellable_until is None or edge < self.sellable_until):
            self.sellable_until = edge

    def _load_products(self, keys: list[int]) -> dict[int, ProductNode]:
        cards = related.cards_in_any_state(product_ids=keys)
        nodes = {key: self._node(card) for key, card in cards.items()}
        self._regions.expect(node.region_slug for node in nodes.values())
        return nodes

    def _load_variants(self, keys: list[int]) -> dict[int, VariantNode]:
        found = related.variants_by_id(keys)
        self.expect_products(product_id for product_id, _ in found.values())
        self._tiers.expect(found)
        return {key: variant_node(view, product_id, english=self.english) for key, (product_id, view) in found.items()}

    def _load_variants_of(self, keys: list[int]) -> dict[int, tuple[VariantNode, ...]]:
        found = related.variants_of(keys)
        self._tiers.expect(view.id for views in found.values() for view in views)
        return {
            key: tuple(variant_node(view, key, english=self.english) for view in views) for key, views in found.items()
        }

    def _load_certificates(self, keys: list[int]) -> dict[int, tuple[CertificateNode, ...]]:
        found = related.certificates_of(keys, at=self.at)
        for view in (view for views in found.values() for view in views):
            self.true_until(
                certificate_change(view.valid_from, view.valid_until, view.approved_at, view.revoked_at, self.at)
            )
            self._logs.expect([view.id])
            self._coverage.expect([view.id])
        return {
            key: tuple(certificate_node(view, english=self.english) for view in views) for key, views in found.items()
        }

    def _load_media(self, keys: list[int]) -> dict[int, tuple[MediaNode, ...]]:
        return {
            key: tuple(media_node(view, place, english=self.english) for place, view in enumerate(views))
            for key, views in related.media_of(keys).items()
        }

    def _load_coverage(self, keys: list[int]) -> dict[int, tuple[tuple[int, str, str], ...]]:
        found = coverage_of(keys)
        self.expect_products(product for covered in found.values() for product, *_ in covered)
        return found

    def _load_regions(self, keys: list[str]) -> dict[str, RegionNode]:
        views = related.regions_by_slug(keys)
        return {node.slug: node for node in self.show_regions(views.values())}
