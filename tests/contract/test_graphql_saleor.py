"""What is served under Saleor's names has Saleor's types, and nothing changes without the committed schema changing.

saleor_subset.tsv is the part of Saleor's published schema (3.24.0-a.0, BSD-3-Clause) that the shop implements.
"""

import csv
from pathlib import Path

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType

from storefront.commands.schema import FILE, printed
from storefront.schema import schema

TYPES = {name: kind for name, kind in schema.graphql_schema.type_map.items() if not name.startswith("__")}
# The shop's own: types that Saleor does not have, and fields added to types that it has.
OWN_TYPES = {
    "AidDay",
    "AidTotal",
    "AidedRegion",
    "BenefitMode",
    "BenefitReport",
    "Campaign",
    "Certificate",
    "CertificateCoverage",
    "CertificateDesk",
    "CertificateEvent",
    "CertificateMove",
    "CertificateStatus",
    "FacetValue",
    "FoodLabel",
    "Highlight",
    "Listing",
    "ListingFacet",
    "ListingFilter",
    "ListingSort",
    "Merchant",
    "NamePart",
    "PriceTier",
    "Processing",
    "Province",
    "ReturnRule",
    "Zone",
}
OWN_FIELDS = {
    "Product": {
        "availability",
        "badges",
        "certificates",
        "county",
        "dispatchHours",
        "foodLabel",
        "isKeyCounty",
        "kind",
        "lineKind",
        "merchant",
        "prefecture",
        "pricePer500g",
        "processing",
        "province",
        "region",
        "returnRule",
        "salesProvinces",
        "sellableUntil",
        "shelfLifeDays",
        "spec",
        "storage",
        "tags",
    },
    "ProductVariant": {"availability", "minQuantity", "pricePer500g", "priceTiers"},
    "Query": {"campaign", "campaigns", "certificate", "listing", "provinces", "region", "regions", "zone", "zones"},
}


def subset() -> list[dict[str, str]]:
    """Return the rows of the table."""
    with (Path(__file__).parent / "saleor_subset.tsv").open() as file:
        return list(csv.DictReader(file, delimiter="\t"))


SIGNATURES = {(row["type"], row["member"], row["argument"]): row["signature"] for row in subset()}


def served() -> dict[tuple[str, str, str], str]:
    """Return what the shop serves under Saleor's names: (type, member, argument) → signature."""
    found: dict[tuple[str, str, str], str] = {}
    for name, kind in TYPES.items():
        if name in OWN_TYPES:
            continue
        if isinstance(kind, GraphQLEnumType):
            found |= {(name, value, ""): "" for value in kind.values}
        elif isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            for member, field in kind.fields.items():
                if member not in OWN_FIELDS.get(name, ()):
                    found[name, member, ""] = str(field.type)
                    found |= {(name, member, key): str(arg.type) for key, arg in getattr(field, "args", {}).items()}
    return found


def test_every_type_and_field_under_saleors_names_has_saleors_signature():
    expected = {key: signature.split(" = ")[0] for key, signature in SIGNATURES.items()}
    assert served() == expected


def test_the_table_holds_no_type_of_our_own():
    assert OWN_TYPES.isdisjoint(name for name, _, _ in SIGNATURES)
    assert not [(kind, name) for kind, names in OWN_FIELDS.items() for name in names if (kind, name, "") in SIGNATURES]


def test_the_committed_schema_is_what_the_code_says():
    assert FILE.read_text() == printed(), "run `bangmai schema` and commit schema.graphql"


@pytest.mark.parametrize("name", ["Money"])
def test_only_saleors_money_is_a_float(name):
    """The shop's own sums are exact: decimal strings, never Float, never the 32 bits of Int."""
    floats = {
        f"{kind.name}.{member}"
        for kind in TYPES.values()
        if isinstance(kind, GraphQLObjectType)
        for member, field in kind.fields.items()
        if "Float" in str(field.type)
    }
    assert floats == {f"{name}.amount", "Weight.value"}
