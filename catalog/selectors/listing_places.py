"""Where a merchant may say that something comes from."""

from catalog.models import AidedRegion, Certificate, Merchant, MerchantApplication


def counties_of(merchant: Merchant, *, besides: int | None = None) -> list[AidedRegion]:
    """Return the counties of production that a merchant may name, by code, and the one named already (two queries).

    The county of its registration, and that of production in an approved application; an agent's, who sells what
    others make, also those that its approved certificates name (832平台: 代理商受供应商委托销售).
    """
    approved = MerchantApplication.objects.filter(merchant=merchant, state=MerchantApplication.State.APPROVED)
    stated = approved.exclude(production_region=None).values_list("production_region__pk", flat=True)
    allowed = {merchant.region_id, besides or merchant.region_id, *stated}
    if merchant.producer_type == Merchant.ProducerType.AGENT:
        named = Certificate.objects.filter(merchant=merchant).exclude(approved_at=None)
        allowed |= set(named.values_list("region", flat=True))
    return list(AidedRegion.objects.filter(pk__in=allowed).order_by("code", "slug"))
