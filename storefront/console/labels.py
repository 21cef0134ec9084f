"""What an application's fields are called, and what is wrong with them: for form, office and audit trail alike."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import BenefitReport, Merchant

APPLICATION: dict[str, Any] = {
    "legal_name": _("Legal name"),
    "name_en": _("English name"),
    "credit_code": _("Unified social credit code"),
    "region": _("County of registration"),
    "production_region": _("County of production"),
    "producer_type": _("Kind of applicant"),
    "producer_zh": _("Producer that it sells for"),
    "sells_food": _("Sells food"),
    "licence": _("Business licence"),
    "food_permit": _("Food permit"),
    "benefit_mode": _("How farming households benefit"),
    "benefit_households": _("Households"),
    "benefit_from": _("First day of the period"),
    "benefit_until": _("Last day of the period"),
    "benefit_evidence": _("Evidence of the benefit"),
}
PRODUCER_TYPES: dict[str, Any] = {
    Merchant.ProducerType.COOPERATIVE: _("Farmers’ cooperative"),
    Merchant.ProducerType.FAMILY_FARM: _("Family farm"),
    Merchant.ProducerType.ENTERPRISE: _("Enterprise"),
    Merchant.ProducerType.AGENT: _("Agent of a producer"),
}
BENEFIT_MODES: dict[str, Any] = {
    BenefitReport.Mode.CONTRACT_PURCHASE: _("Purchases by contract"),
    BenefitReport.Mode.EMPLOYMENT: _("Employment"),
    BenefitReport.Mode.SHAREHOLDING: _("Shares and dividends"),
    BenefitReport.Mode.LAND_LEASE: _("Lease of land"),
    BenefitReport.Mode.TECHNICAL_SERVICE: _("Technical service"),
}
_MISSING: dict[str, Any] = {
    "legal_name": _("Please give the name as it stands on the licence."),
    "credit_code": _("Please give the 18 characters of the unified social credit code."),
    "region": _("Please choose the county in which it is registered."),
    "production_region": _("Please choose the county in which it produces."),
    "producer_type": _("Please choose what the applicant is."),
    "producer_zh": _("An agent names the producer that it sells for."),
    "licence": _("Please add a scan of the business licence."),
    "food_permit": _("Who sells food adds the food permit."),
    "benefit_mode": _("Please choose how farming households benefit."),
    "benefit_households": _("Please give the number of households."),
    "benefit_from": _("Please give the first day of the period."),
    "benefit_until": _("Please give the last day of the period."),
    "benefit_evidence": _("Please add a document that shows the benefit."),
}
_WRONG: dict[str, Any] = {
    "length": _("A unified social credit code has 18 characters; please compare it with the licence."),
    "characters": _("This cannot be a unified social credit code: it has characters that none has."),
    "checksum": _("The check digit does not fit: one of the characters is wrong. Please compare it with the licence."),
    "period": _("The last day lies before the first."),
}
UPLOADS: dict[str, Any] = {
    "empty": _("This file is empty."),
    "large": _("This file is too large; 10 MB and 60 million pixels are the most."),
    "kind": _("Please choose a PDF, JPEG or PNG file; this is none of them."),
    "broken": _("This file cannot be read; please scan or save it again."),
    "many": _("Too many files were brought in today; go on tomorrow."),
}


def problem(field: str, reason: str) -> Any:
    """Return what to say of a field, for a reason of `catalog.onboarding.problems`."""
    return _MISSING[field] if reason == "missing" else _WRONG[reason]
