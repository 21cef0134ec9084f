"""A delivery address in China: a person, a phone, three levels of divisions, a street."""

from dataclasses import asdict, dataclass

import phonenumbers

from catalog.models import Division
from catalog.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Address:
    """Where a parcel goes. Divisions carry their name as chosen; `division_code` is the lowest one's (GB/T 2260)."""

    name: str
    phone: str
    province: str
    city: str
    county: str
    street: str
    division_code: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the form in which it is stored with a checkout or an order."""
        return asdict(self)


LIMITS = {"name": 40, "phone": 20, "street": 120}


def problems(address: Address) -> dict[str, str]:
    """Return what is wrong as {field: "required" | "too_long" | "invalid"}; empty when nothing is."""
    found = {field: "required" for field in ("name", "phone", "street") if not getattr(address, field).strip()}
    for field, limit in LIMITS.items():
        if len(getattr(address, field)) > limit:
            found[field] = "too_long"
    if "phone" not in found and not is_phone(address.phone):
        found["phone"] = "invalid"
    if not address.division_code:
        found["division"] = "required"
    elif place(address.division_code) is None:
        found["division"] = "invalid"
    return found


_LOWEST = Prepared(
    lambda codes: Division.objects.filter(pk__in=codes, children=None, parent__isnull=False).values_list(
        "name", "parent__name", "parent__parent__name"
    )
)


def place(division_code: str) -> tuple[str, str, str] | None:
    """Return (province, city, county) of a division that has no smaller ones, or None. A city may have no counties."""
    found = _LOWEST.rows([division_code])
    if not found:
        return None
    name, parent, grandparent = found[0]
    return (grandparent, parent, name) if grandparent else (parent, name, "")


def is_phone(text: str) -> bool:
    """Whether the text is a possible Chinese number; the numbering plan is the library's."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "CN"))
    except phonenumbers.NumberParseException:
        return False
