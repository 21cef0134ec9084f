"""The uploaded pictures of products, under Saleor's names."""

import graphene
from django.conf import settings

from catalog import pictures
from catalog.graphql.enums import ProductMediaType, ThumbnailFormatEnum


def picture_url(token: str, width: int, size: int | None, format: ThumbnailFormatEnum | None) -> str:
    """Return the address of a picture `width` px wide, in the kept size that fills `size` px (else its largest)."""
    kind = "webp" if format == ThumbnailFormatEnum.WEBP else "jpg"
    return settings.PUBLIC_URL + pictures.address(token, pictures.fitting(width, size), kind)


class ProductMedia(graphene.ObjectType):
    """A picture of a product. `alt` says what it shows; `url` gives it in one of the sizes that are kept."""

    id = graphene.ID(required=True)
    sort_order = graphene.Int()
    alt = graphene.String(required=True)
    type = ProductMediaType(required=True)
    url = graphene.String(
        required=True,
        size=graphene.Int(),
        format=graphene.Argument(ThumbnailFormatEnum, default_value=ThumbnailFormatEnum.ORIGINAL),
    )

    @staticmethod
    def resolve_url(node, info, size=None, format=None):
        """Return the smallest kept size that is `size` px wide; the largest without one."""
        return picture_url(node.token, node.width, size, format)
