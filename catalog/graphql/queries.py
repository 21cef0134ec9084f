"""Reading the catalogue: Saleor's queries, and the shop's own listing with facets, regions and provinces."""

from dataclasses import replace

import graphene
from graphql import GraphQLError

from catalog.graphql.base import global_id, integer_key_of, key_of
from catalog.graphql.context import Context
from catalog.graphql.enums import ListingSort
from catalog.graphql.filters import (
    ListingFilter,
    ProductFilterInput,
    ProductOrder,
    ProductWhereInput,
    chosen_of,
    listing_query,
    products_query,
)
from catalog.graphql.labels import labels
from catalog.graphql.nodes import ProductNode, category_of, certificate_node_of
from catalog.graphql.pages import (
    Connection,
    connection,
    connection_of,
    connection_of_places,
    place_cursor,
    place_of,
    size_of,
)
from catalog.graphql.types import AidedRegion, Category, Certificate, PageInfo, Product, ProductVariant
from catalog.search import Query as Search
from catalog.search.highlight import highlight
from catalog.selectors import Listing as Page
from catalog.selectors import categories, listing, provinces_with_counts, regions_of_province, related
from catalog.selectors.certificate_pages import certificate_page


class ProductCountableEdge(graphene.ObjectType):
    """A product in a list."""

    node = graphene.Field(Product, required=True)
    cursor = graphene.String(required=True)


class ProductCountableConnection(graphene.ObjectType):
    """A list of products."""

    page_info = graphene.Field(PageInfo, required=True)
    edges = graphene.List(graphene.NonNull(ProductCountableEdge), required=True)
    total_count = graphene.Int()


class CategoryCountableEdge(graphene.ObjectType):
    """A category in a list."""

    node = graphene.Field(Category, required=True)
    cursor = graphene.String(required=True)


class CategoryCountableConnection(graphene.ObjectType):
    """A list of categories."""

    page_info = graphene.Field(PageInfo, required=True)
    edges = graphene.List(graphene.NonNull(CategoryCountableEdge), required=True)
    total_count = graphene.Int()


class FacetValue(graphene.ObjectType):
    """A value by which a listing can be narrowed, and how many products it would leave."""

    value = graphene.String(required=True)
    label = graphene.String(required=True)
    count = graphene.Int(required=True)


class ListingFacet(graphene.ObjectType):
    """A facet: category, province, region, badge, storage or price (ranges in fen, half open)."""

    name = graphene.String(required=True)
    values = graphene.List(graphene.NonNull(FacetValue), required=True)


class NamePart(graphene.ObjectType):
    """A piece of a name: plain text, not HTML."""

    text = graphene.String(required=True)
    marked = graphene.Boolean(required=True, description="This is what answers the search.")


class Highlight(graphene.ObjectType):
    """A product's name in the reader's language, in pieces."""

    product = graphene.ID(required=True)
    parts = graphene.List(graphene.NonNull(NamePart), required=True)


class Listing(graphene.ObjectType):
    """A page of a list or search, with facets."""

    total_count = graphene.Int(required=True)
    page = graphene.Int(required=True)
    pages = graphene.Int(required=True)
    relaxed = graphene.String(required=True, description="What was really searched, when the whole text found nothing.")
    corrected = graphene.Boolean(required=True, description="`relaxed` differs by slips of typing only.")
    end_cursor = graphene.String(description="Goes on from here as `after`, however deep; null at the end.")
    highlights = graphene.List(graphene.NonNull(Highlight), required=True)
    degraded = graphene.Boolean(required=True, description="The index did not answer; this list is by filters alone.")
    sellable_until = graphene.DateTime(description="When the first of these products can no longer be bought.")
    facets = graphene.List(graphene.NonNull(ListingFacet), required=True)
    products = graphene.List(graphene.NonNull(Product), required=True)

    @staticmethod
    def resolve_total_count(page: Page, info):
        """Return how many products there are on all pages."""
        return page.total

    @staticmethod
    def resolve_corrected(page: Page, info):
        """Return whether only slips of typing were mended."""
        return page.is_corrected

    @staticmethod
    def resolve_end_cursor(page: Page, info):
        """Return where the next page begins."""
        return place_cursor(page.end, page.sort) if page.end else None

    @staticmethod
    def resolve_highlights(page: Page, info):
        """Return the names of this page in pieces."""
        english = info.context.english
        return [_highlight(card.product_id, card.name_en if english else card.name_zh, page) for card in page.cards]

    @staticmethod
    def resolve_facets(page: Page, info):
        """Give each value its name in the reader's language."""
        column = 1 if info.context.english else 0
        return [_facet(name, values, column) for name, values in page.facets.items()]

    @staticmethod
    def resolve_products(page: Page, info):
        """Return the products of this page; their relations are loaded together."""
        return info.context.loaders.show(page.cards)


def _highlight(product_id: int, name: str, page: Page) -> dict:
    parts = highlight(name, page.marks)
    return {
        "product": global_id("Product", product_id),
        "parts": [{"text": text, "marked": marked} for text, marked in parts],
    }


def _facet(name: str, values, column: int) -> dict:
    names = labels().get(name, {})
    return {
        "name": name,
        "values": [
            {"value": each.value, "label": names.get(each.value, (each.value, each.value))[column], "count": each.count}
            for each in values
        ],
    }


class Province(graphene.ObjectType):
    """A province with aided regions."""

    code = graphene.String(required=True)
    name = graphene.String(required=True)
    region_count = graphene.Int(required=True)
    product_count = graphene.Int(required=True)


class CatalogQueries(graphene.ObjectType):
    """What can be read of the catalogue by anyone."""

    product = graphene.Field(Product, id=graphene.ID(), slug=graphene.String(), channel=graphene.String())
    products = graphene.Field(
        ProductCountableConnection,
        filter=graphene.Argument(ProductFilterInput, deprecation_reason="Use `where` filter instead."),
        where=ProductWhereInput(),
        sort_by=ProductOrder(),
        search=graphene.String(),
        channel=graphene.String(),
        first=graphene.Int(),
        after=graphene.String(),
    )
    product_variant = graphene.Field(ProductVariant, id=graphene.ID(), sku=graphene.String(), channel=graphene.String())
    category = graphene.Field(Category, id=graphene.ID(), slug=graphene.String())
    categories = graphene.Field(CategoryCountableConnection, first=graphene.Int(), after=graphene.String())
    listing = graphene.Field(
        Listing,
        required=True,
        search=graphene.String(default_value=""),
        filter=ListingFilter(),
        sort=graphene.Argument(ListingSort, default_value=ListingSort.RELEVANCE),
        first=graphene.Int(default_value=24),
        page=graphene.Int(default_value=1),
        after=graphene.String(description="An `endCursor` of the same list; `page` does not count then."),
        literal=graphene.Boolean(default_value=False, description="Search the text as it stands, uncorrected."),
    )
    provinces = graphene.List(graphene.NonNull(Province), required=True)
    regions = graphene.List(graphene.NonNull(AidedRegion), required=True, province=graphene.String(required=True))
    region = graphene.Field(AidedRegion, slug=graphene.String(required=True))
    certificate = graphene.Field(Certificate, number=graphene.String(required=True))

    @staticmethod
    def resolve_product(root, info, id=None, slug=None, channel=None):
        """Return a published product, also one that may not be sold now."""
        _exactly_one(id=id, slug=slug)
        if id is not None:
            return info.context.loaders.product(integer_key_of("Product", id))
        cards = related.cards_in_any_state(slugs=[slug])
        return next(iter(info.context.loaders.show(cards.values())), None)

    @staticmethod
    def resolve_products(root, info, *, filter=None, where=None, sort_by=None, search=None, channel=None, **page):
        """List the products that may be sold now."""
        context = info.context
        size = size_of(page.get("first"), context)
        query = products_query(filter or {}, where or {}, sort_by, search or "")
        if query is None:
            return connection((), offset=0, end=0, total=0, more=False)
        chosen = chosen_of(filter or {}, where or {})
        if chosen is not None:
            return connection_of(_chosen(chosen, context), page.get("first"), page.get("after"), context)
        return _found(replace(query, size=size, after=place_of(page.get("after"), query.sort)), context)

    @staticmethod
    def resolve_product_variant(root, info, id=None, sku=None, channel=None):
        """Return a variant of a published product."""
        _exactly_one(id=id, sku=sku)
        key = integer_key_of("ProductVariant", id) if id is not None else related.variant_id_of_sku(sku)
        return info.context.loaders.variant(key) if key else None

    @staticmethod
    def resolve_category(root, info, id=None, slug=None):
        """Return a category."""
        _exactly_one(id=id, slug=slug)
        wanted = key_of("Category", id) if id is not None else slug
        return next((node for node in _categories(info.context) if node.slug == wanted), None)

    @staticmethod
    def resolve_categories(root, info, first=None, after=None):
        """List the categories in the shop's order."""
        return connection_of(_categories(info.context), first, after, info.context)

    @staticmethod
    def resolve_listing(root, info, *, search, sort, first, page, literal, filter=None, after=None):
        """Search or list, with facets."""
        query = listing_query(filter or {}, search, sort.value, page, size_of(first, info.context))
        query = replace(query, literal=literal, after=place_of(after, query.sort))
        return listing(query, at=info.context.at)

    @staticmethod
    def resolve_provinces(root, info):
        """List the provinces by code."""
        english = info.context.english
        return [
            {
                "code": view.code,
                "name": view.name_en if english else view.name_zh,
                "region_count": view.regions,
                "product_count": view.products,
            }
            for view in provinces_with_counts(at=info.context.at)
        ]

    @staticmethod
    def resolve_regions(root, info, province):
        """List a province's aided regions by code."""
        return info.context.loaders.show_regions(regions_of_province(province, at=info.context.at))

    @staticmethod
    def resolve_region(root, info, slug):
        """Return an aided region."""
        return info.context.loaders.region(slug)

    @staticmethod
    def resolve_certificate(root, info, number):
        """Return the approved certificate of that number, whatever it says now."""
        found = certificate_page(number, at=info.context.at)
        if found is None:
            return None
        info.context.loaders.true_until(found.until)
        info.context.loaders.shown.update(each.product_id for each in found.covered)
        return certificate_node_of(found, english=info.context.english)


def _exactly_one(**values: str | None) -> None:
    if sum(value is not None for value in values.values()) != 1:
        raise GraphQLError(f"Exactly one of {', '.join(values)} is needed.", extensions={"code": "INVALID"})


def _categories(context: Context):
    return [category_of(view, english=context.english) for view in categories()]


def _chosen(chosen, context: Context) -> list[ProductNode]:
    """Return the products asked for by id or slug, those that may be sold now."""
    cards = related.cards_in_any_state(product_ids=chosen.ids, slugs=chosen.slugs)
    return [node for node in context.loaders.show(cards.values()) if node.is_available_for_purchase]


def _found(query: Search, context: Context) -> Connection:
    """Return a page of a search, from its beginning or behind a cursor."""
    found = listing(query, at=context.at)
    nodes = context.loaders.show(found.cards)
    cursors = [place_cursor(found.cursors[card.product_id], query.sort) for card in found.cards]
    end = place_cursor(found.end, query.sort) if found.end else None
    return connection_of_places(nodes, cursors, is_first=not query.after, end=end, total=found.total)
