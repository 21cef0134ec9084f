"""Certificates to be made. Numbers and issuers say plainly that they are not real. Pure."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from catalog.certification import Step
from storefront.demo.kinds import Kind
from storefront.demo.merchants import MerchantPlan

AID = "aid-product"
GREEN, ORGANIC, GI = "green-food", "organic", "geographical-indication"
ISSUER_ZH, ISSUER_EN = "演示认定机构（非真实）", "Demonstration certifier (not real)"
COVERS = 6  # products on one aid certificate
ZONE_DAYS = 20
EXAMINED_DAYS = 21
_PREFIX = {AID: "DEMO", GREEN: "DEMO-GF", ORGANIC: "DEMO-OG", GI: "DEMO-GI"}
SCHEMES = (AID, GREEN, ORGANIC, GI)  # as in catalog/data/certificate_schemes.csv
RECOMMENDED = (AID, GI)  # those for which the county speaks first


@dataclass(frozen=True, slots=True, eq=False)
class CertificatePlan:
    """A certificate to be made. Days count from `as_of`; `approved_day` None: still being examined."""

    number: str
    scheme: str
    merchant: MerchantPlan
    scope: str
    from_day: int
    until_day: int
    approved_day: int | None
    revoked_day: int | None

    @property
    def submitted_day(self) -> int:
        """The day on which it was sent in."""
        return self.from_day if self.approved_day is None else self.from_day - EXAMINED_DAYS

    @property
    def step(self) -> Step:
        """Where it stands: of those still being examined every second lies at the platform's desk."""
        if self.approved_day is not None:
            return Step.APPROVED
        return Step.RECOMMENDED if self.from_day % 2 and self.scheme in RECOMMENDED else Step.SUBMITTED


class Certifier:
    """Hands out certificates: one covers several products of a merchant that are in the same state."""

    def __init__(self) -> None:
        self._numbers: Counter[tuple[str, str]] = Counter()
        self._open: dict[str, tuple[CertificatePlan, int]] = {}
        self._extra: dict[tuple[str, str], CertificatePlan] = {}
        self._labels: frozenset[str] = frozenset()

    def open(self, merchant: MerchantPlan, dice: Random) -> None:
        """Begin with the next merchant: no certificate covers products of two."""
        self._open.clear()
        self._extra.clear()
        edible = merchant.kinds[0].category not in ("handicraft", "tourism")
        labels = ((GREEN, 0.16), (ORGANIC, 0.08))
        self._labels = frozenset(slug for slug, share in labels if edible and dice.random() < share)

    def certify(self, merchant: MerchantPlan, kind: Kind, state: str, dice: Random) -> tuple[CertificatePlan, ...]:
        """Return what covers a product of this kind in this state; the certificate that admits it to sale is first."""
        found = [self._aid(merchant, state, dice)]
        found += [self._label(merchant, kind, slug, "", dice) for slug in sorted(self._labels)]
        if merchant.place.code in kind.gi:
            found.append(self._label(merchant, kind, GI, f"{merchant.place.zh}行政区域", dice))
        return tuple(found)

    def _aid(self, merchant: MerchantPlan, state: str, dice: Random) -> CertificatePlan:
        standing = state if state in ("expired", "revoked", "pending") else "live"
        certificate, covered = self._open.get(standing, (None, COVERS))
        if certificate is None or covered == COVERS:
            certificate, covered = self._make_aid(merchant, standing, dice), 0
        self._open[standing] = certificate, covered + 1
        return certificate

    def _make_aid(self, merchant: MerchantPlan, standing: str, dice: Random) -> CertificatePlan:
        start, end = -dice.randint(45, 350), dice.randint(40, 700)
        if standing == "live" and dice.random() < 0.015:
            end = dice.randint(3, ZONE_DAYS - 1)  # some run out while the zone is open
        if standing == "expired":
            end = -dice.randint(1, 30)
        if standing == "pending":
            start = -dice.randint(1, 12)
        return CertificatePlan(
            number=self._number(AID, merchant.place.code),
            scheme=AID,
            merchant=merchant,
            scope="",
            from_day=start,
            until_day=end,
            approved_day=None if standing == "pending" else start,
            revoked_day=-dice.randint(2, 30) if standing == "revoked" else None,
        )

    def _label(self, merchant: MerchantPlan, kind: Kind, slug: str, scope: str, dice: Random) -> CertificatePlan:
        key = (slug, kind.slug)
        if key not in self._extra:
            start = -dice.randint(45, 500)
            self._extra[key] = CertificatePlan(
                number=self._number(slug, merchant.place.code),
                scheme=slug,
                merchant=merchant,
                scope=scope[:160],
                from_day=start,
                until_day=start + 1095,
                approved_day=start,
                revoked_day=None,
            )
        return self._extra[key]

    def _number(self, scheme: str, code: str) -> str:
        self._numbers[scheme, code] += 1
        return f"{_PREFIX[scheme]}-{code}-{self._numbers[scheme, code]:05d}"
