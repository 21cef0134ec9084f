"""Taking in a merchant's scans."""

from datetime import datetime

from django.db import transaction

from catalog import uploads
from catalog.models import MerchantDocument


def add(*, merchant_id: int, content: bytes, name: str, actor: str, now: datetime) -> MerchantDocument:
    """Keep a file for a merchant; it is written before its row. Raises uploads.BadUpload."""
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
