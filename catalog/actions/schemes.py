"""Kinds of certificates: rows that a data file brings and the office edits. Nothing else needs to know a new one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.actions import cards
from catalog.actions.regions import Loaded, read_table
from catalog.models import CertificateScheme, Product


def load_schemes() -> Loaded:
    """Bring the schemes to what `certificate_schemes.csv` says. Those that the office has edited stay as they are."""
    created = updated = 0
    with transaction.atomic(durable=True):
        known = {scheme.slug: scheme for scheme in CertificateScheme.objects.all()}
        for position, row in enumerate(read_table("certificate_schemes.csv"), 1):
            values = {**_values(row), "position": position}
            scheme = known.get(row["slug"])
            if scheme is None:
                CertificateScheme.objects.create(slug=row["slug"], **values)
                created += 1
            elif scheme.edited_at is None and any(getattr(scheme, name) != value for name, value in values.items()):
                CertificateScheme.objects.filter(pk=scheme.pk, edited_at=None).update(**values)
                updated += 1
    return Loaded(created, updated)


def _values(row: dict[str, str]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("name_zh", "name_en", "issuer_kind", "number_pattern")},
        **{name: row[name] == "yes" for name in ("admits_sale", "needs_county", "is_geographical")},
        **{name: row[name].replace("|", "\n") for name in ("evidence_zh", "evidence_en")},
        "validity_months": int(row["validity_months"]) if row["validity_months"] else None,
    }


def edited(*, scheme: CertificateScheme, now: datetime) -> None:
    """Keep what the office has changed of a scheme, or a scheme that it made; what it admits to sale moves at once."""
    scheme.edited_at = now
    covered = Product.objects.filter(coverage__certificate__scheme=scheme.pk).distinct()
    with transaction.atomic(durable=True):
        scheme.save()
        cards.bump_catalog()
        covered.update(updated_at=now)  # the sweep of cards goes by this moment: it sees to them if this process dies
        if not scheme.admits_sale:
            cards.close(covered)
    cards.rebuild(product_ids=list(covered.values_list("pk", flat=True)), now=now)
