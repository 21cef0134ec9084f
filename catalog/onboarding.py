"""What an application must say before somebody looks at it. Pure: no database, no settings, no clock."""

from collections.abc import Mapping
from typing import Any

from catalog.companies import BadCreditCode, credit_code

# In the order of the form.
REQUIRED = (
    "legal_name",
    "credit_code",
    "region",
    "production_region",
    "producer_type",
    "benefit_mode",
    "benefit_households",
    "benefit_from",
    "benefit_until",
    "benefit_evidence",
    "licence",
)
FIELDS = (*REQUIRED, "name_en", "producer_zh", "sells_food", "food_permit")
AGENT = "agent"


def problems(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what keeps an application from being submitted: field → "missing", or why its value will not do.

    "length", "checksum" and "characters" are those of a credit code; "period" is one that ends before it begins. An
    agent names the producer that it sells for, who sells food has a permit (832平台: 代理商受供应商委托销售).
    """
    required = [*REQUIRED]
    if values.get("producer_type") == AGENT:
        required.append("producer_zh")
    if values.get("sells_food"):
        required.append("food_permit")
    found = {name: "missing" for name in required if values.get(name) in (None, "")}
    if "credit_code" not in found:
        try:
            credit_code(values["credit_code"])
        except BadCreditCode as error:
            found["credit_code"] = error.reason
    begins, ends = values.get("benefit_from"), values.get("benefit_until")
    if begins and ends and ends < begins:
        found["benefit_until"] = "period"
    return found
