"""The console's forms about certificates and quality papers."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.actions.drafts import Covers, Draft, Indication
from catalog.models import AidedRegion, Certificate, CertificateScheme, GeographicalIndication, Product
from catalog.selectors.applications import region_label

SHANGHAI = ZoneInfo("Asia/Shanghai")
MOST_PRODUCTS = 200
NAME_MAX = 160
_CHOOSE = ("", _("Please choose"))
KINDS = (
    ("pgi", _("Protected product (PGI)")),
    ("trademark", _("Certification mark")),
    ("agi", _("Farm product (AGI)")),
)
STATES = (
    ("registered", _("registered")),
    ("moving", _("being moved to the common system")),
    ("cancelled", _("cancelled")),
)
PROBLEMS: dict[tuple[str, str], Any] = {
    ("number", "pattern"): _("A number of this scheme has another form; please compare it with the paper."),
    ("number", "taken"): _("A certificate of this number is approved already. Please compare it with the paper."),
    ("valid_until", "over"): _("This certificate has ended; only one that still holds can be sent in."),
    ("valid_until", "long"): _("The scheme allows no such long term; please compare the dates with the paper."),
    ("products", "missing"): _("Please mark at least one product that the certificate covers."),
    ("document", "missing"): _("Please add a scan of the certificate."),
    ("kind", "missing"): _("Please say which kind of geographical indication it is, and whose."),
}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Please give the day that stands on the paper."),
            "invalid": _("Please give a day as in 2026-01-31."),
        },
    )


class CertificateForm(forms.Form):
    """One certificate as it stands on its paper. The products come with it, each with the name that was certified."""

    scheme = forms.ModelChoiceField(
        CertificateScheme.objects.none(),
        label=_("Scheme"),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose the kind of certificate.")},
    )
    number = forms.CharField(
        label=_("Certificate no."),
        max_length=60,
        error_messages={"required": _("Please give the number that stands on the paper.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    issuer_zh = forms.CharField(
        label=_("Issuer"), max_length=120, error_messages={"required": _("Please say who issued it.")}
    )
    issuer_en = forms.CharField(label=_("Issuer (English)"), max_length=160, required=False)
    region = forms.ModelChoiceField(
        AidedRegion.objects.none(),
        label=_("County"),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose the county.")},
    )
    valid_from = _day(_("First day"))
    valid_until = _day(_("Last day"))
    document = forms.FileField(
        label=_("Scan of the certificate"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    kind = forms.ChoiceField(label=_("Kind of indication"), choices=[_CHOOSE, *KINDS], required=False)
    holder = forms.CharField(label=_("Holder"), max_length=120, required=False)
    licensed_user = forms.CharField(label=_("Licensed user"), max_length=120, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False, initial="registered")

    def __init__(self, data: QueryDict | None = None, files=None, *, merchant, row: Certificate | None):
        super().__init__(data, files, initial=_initial(row, merchant))
        self._sent = data
        english = get_language() == "en"
        self.schemes = list(CertificateScheme.objects.all())
        self.fields["scheme"].queryset = CertificateScheme.objects.all()  # type: ignore[attr-defined]
        self.fields["scheme"].label_from_instance = lambda one: (  # type: ignore[attr-defined]
            one.name_en if english else one.name_zh
        )
        self.fields["region"].queryset = _regions(merchant)  # type: ignore[attr-defined]
        self.fields["region"].label_from_instance = lambda one: (  # type: ignore[attr-defined]
            region_label(one, english=english)
        )
        self.fields["document"].document = row.document if row else None  # type: ignore[attr-defined]
        self.products = list(Product.objects.filter(merchant=merchant).order_by("name_zh", "pk")[:MOST_PRODUCTS])
        self._covered = {each.product_id: each for each in row.coverage.all()} if row else {}

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first; an indication has its holder and user."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", _("The last day lies before the first."))
        if cleaned.get("kind"):
            for name in ("holder", "licensed_user"):
                if not cleaned.get(name):
                    self.add_error(name, _("Please say who, as it was registered."))
        return cleaned

    def rows(self) -> list[dict[str, Any]]:
        """Return the merchant's products as the form shows them: marked or not, with the name that was certified."""
        marked = set(self._sent.getlist("product")) if self._sent is not None else {str(key) for key in self._covered}
        return [
            {
                "product": each,
                "marked": str(each.pk) in marked,
                "name": self._text("name", each, "certified_name") or each.name_zh,
                "scope": self._text("scope", each, "scope"),
            }
            for each in self.products
        ]

    def _text(self, name: str, product: Product, field: str) -> str:
        if self.is_bound:
            return self.data.get(f"{name}-{product.pk}", "").strip()[:NAME_MAX]
        return getattr(self._covered.get(product.pk), field, "")

    def draft(self) -> Draft:
        """Return what a valid form says. A paper's last day is a whole day in China."""
        told = self.cleaned_data
        indication = None
        if told["kind"]:
            indication = Indication(told["kind"], told["holder"], told["licensed_user"], told["state"] or "registered")
        return Draft(
            number=told["number"],
            scheme_id=told["scheme"].pk,
            region_id=told["region"].pk,
            issuer_zh=told["issuer_zh"],
            issuer_en=told["issuer_en"],
            valid_from=_midnight(told["valid_from"]),
            valid_until=_midnight(told["valid_until"] + timedelta(days=1)),
            covers=tuple(Covers(row["product"].pk, row["name"], row["scope"]) for row in self.rows() if row["marked"]),
            indication=indication,
        )


def _initial(row: Certificate | None, merchant) -> dict[str, Any]:
    if row is None:
        return {"region": merchant.region_id}
    indication = GeographicalIndication.objects.filter(certificate=row).first()
    names = ("kind", "holder", "licensed_user", "state")
    return {
        **{name: getattr(row, name) for name in ("number", "issuer_zh", "issuer_en")},
        "scheme": row.scheme_id,
        "region": row.region_id,
        "valid_from": row.valid_from.astimezone(SHANGHAI).date(),
        "valid_until": (row.valid_until - timedelta(microseconds=1)).astimezone(SHANGHAI).date(),
        **({name: getattr(indication, name) for name in names} if indication else {}),
    }


def _regions(merchant):
    """Return the counties that a merchant's certificates may be about: its own, and those of its products."""
    own = Product.objects.filter(merchant=merchant).values("region")
    found = AidedRegion.objects.filter(pk__in=own) | AidedRegion.objects.filter(pk=merchant.region_id)
    return found.order_by("code")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


class PaperForm(forms.Form):
    """A 承诺达标合格证 of a lot."""

    product = forms.ModelChoiceField(
        Product.objects.none(),
        label=_("Product"),
        empty_label=_("Please choose"),
        error_messages={"required": _("Please choose the product.")},
    )
    lot = forms.CharField(label=_("Lot"), max_length=40, error_messages={"required": _("Please give the lot.")})
    producer = forms.CharField(
        label=_("Producer"), max_length=120, error_messages={"required": _("Please say who produced it.")}
    )
    weight = forms.DecimalField(
        label=_("Weight (kg)"),
        min_value=0.001,
        max_value=1_000_000,
        max_digits=10,
        decimal_places=3,
        error_messages={
            **dict.fromkeys(
                ("invalid", "min_value", "max_value", "required"), _("Please give the weight in kilograms.")
            ),
            **dict.fromkeys(
                ("max_digits", "max_decimal_places", "max_whole_digits"), _("Please give the weight in kilograms.")
            ),
        },
    )
    issued_on = _day(_("Issued on"))

    def __init__(self, *args, merchant, **kwargs):
        super().__init__(*args, **kwargs)
        english = get_language() == "en"
        own = Product.objects.filter(merchant=merchant).order_by("name_zh", "pk")
        self.fields["product"].queryset = own  # type: ignore[attr-defined]
        self.fields["product"].label_from_instance = lambda one: (  # type: ignore[attr-defined]
            one.name_en if english else one.name_zh
        )

    def values(self) -> dict[str, Any]:
        """Return what a valid form says; the weight in grams."""
        told = self.cleaned_data
        return {
            "product_id": told["product"].pk,
            "lot": told["lot"],
            "producer": told["producer"],
            "weight_grams": int(told["weight"] * 1000),
            "issued_on": told["issued_on"],
        }
