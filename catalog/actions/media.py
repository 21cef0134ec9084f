"""Adding, describing, ordering and deleting the pictures of a product. Each change shows at once."""

from datetime import datetime

from django.db import transaction

from catalog import pictures
from catalog.actions import cards, changes
from catalog.actions.products import note
from catalog.models import Product, ProductMedia

MOST = 12  # pictures of a product


class MediaError(Exception):
    """A change was refused; `reason` is "many" (no more pictures fit), "twice" (it is there) or "gone"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def add(*, product_id: int, content: bytes, actor: str, now: datetime) -> ProductMedia:
    """Keep a picture behind the others of the product. Raises pictures.BadPicture and MediaError."""
    if ProductMedia.objects.filter(product=product_id).count() >= MOST:
        raise MediaError("many")  # before the work of decoding; asked again below
    picture = pictures.examine(content)
    token = pictures.keep(picture, owner=f"product {product_id}")
    with transaction.atomic(durable=True):
        product = _locked(product_id)
        present = list(product.media.all())
        if any(row.token == token for row in present):
            raise MediaError("twice")
        if len(present) >= MOST:
            raise MediaError("many")
        row = ProductMedia.objects.create(
            product=product,
            position=max((each.position for each in present), default=0) + 1,
            token=token,
            width=picture.width,
            height=picture.height,
            created_at=now,
        )
        note(product, row, action="media.added", actor=actor, now=now)
    cards.rebuild(product_ids=[product_id], now=now)
    return row


def describe(*, product_id: int, media_id: int, alt_zh: str, alt_en: str, actor: str, now: datetime) -> None:
    """Say what a picture shows, for those who do not see it. Raises MediaError."""
    with transaction.atomic(durable=True):
        product = _locked(product_id)
        row = _row(product, media_id)
        before = changes.fields_of(row, ("alt_zh", "alt_en"))
        row.alt_zh, row.alt_en = alt_zh, alt_en
        row.save(update_fields=["alt_zh", "alt_en"])
        after = changes.fields_of(row, ("alt_zh", "alt_en"))
        note(product, row, action="media.described", actor=actor, now=now, before=before, after=after)
    cards.rebuild(product_ids=[product_id], now=now)


def move(*, product_id: int, media_id: int, by: int, actor: str, now: datetime) -> None:
    """Move a picture `by` places: -1 nearer to the front, 1 further back; the ends stop it. Raises MediaError."""
    with transaction.atomic(durable=True):
        product = _locked(product_id)
        row = _row(product, media_id)
        ordered = [each.pk for each in product.media.all()]
        place = ordered.index(row.pk)
        ordered.insert(min(max(place + by, 0), len(ordered) - 1), ordered.pop(place))
        for position, pk in enumerate(ordered, start=1):
            ProductMedia.objects.filter(pk=pk).update(position=position)
        after = ordered.index(row.pk)
        places = {"before": {"place": place + 1}, "after": {"place": after + 1}}
        note(product, row, action="media.moved", actor=actor, now=now, **places)
    cards.rebuild(product_ids=[product_id], now=now)


def delete(*, product_id: int, media_id: int, actor: str, now: datetime) -> None:
    """Take a picture away, its files too. Raises MediaError."""
    with transaction.atomic(durable=True):
        product = _locked(product_id)
        row = _row(product, media_id)
        note(product, row, action="media.deleted", actor=actor, now=now)
        row.delete()
    pictures.delete(row.token)
    cards.rebuild(product_ids=[product_id], now=now)


def _locked(product_id: int) -> Product:
    return Product.objects.select_for_update().get(pk=product_id)


def _row(product: Product, media_id: int) -> ProductMedia:
    row = product.media.filter(pk=media_id).first()
    if row is None:
        raise MediaError("gone")
    return row
