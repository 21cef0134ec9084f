"""Taking in a merchant's scans."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog import uploads
from catalog.models import MerchantDocument

MOST_A_DAY = 60  # files that a merchant may bring in 24 hours: each may have 10 MB, and none is ever deleted


def add(*, merchant_id: int, content: bytes, name: str, actor: str, now: datetime) -> MerchantDocument:
    """Keep a file for a merchant; it is written before its row. Raises uploads.BadUpload."""
    recent = MerchantDocument.objects.filter(merchant=merchant_id, created_at__gt=now - timedelta(days=1))
    if recent.count() >= MOST_A_DAY:
        raise uploads.BadUpload("many")
    upload = uploads.examine(content)
    token = uploads.keep(upload)
    with transaction.atomic(durable=True):
        return MerchantDocument.objects.create(
            merchant_id=merchant_id,
            token=token,
            name=_plain(name),
            content_type=upload.content_type,
            size=len(upload.content),
            created_at=now,
            created_by=actor,
        )


def _plain(name: str) -> str:
    """Return a file's name without folders and control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[-120:] or "file"
