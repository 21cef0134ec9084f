"""The terms of a product: prices by quantity, how much one order may hold, where it is delivered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from catalog.actions import terms as actions
from catalog.models import Product, ProductVariant
from catalog.money import to_decimal, to_minor
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, show
from storefront.console.listing import own_product
from storefront.pages.private import see
from storefront.provinces import PROVINCES
from storefront.templatetags.shop import plain

ENTRY = "console:listings"
_REFUSALS: dict[str, Any] = {
    "range": gettext_lazy(
        "The minimum may not be above the maximum, and each tier begins above the minimum and within the maximum."
    ),
    "twice": gettext_lazy("Two tiers begin at the same quantity."),
    "free": gettext_lazy("A price must be more than nothing."),
    "rising": gettext_lazy("Prices must fall from tier to tier, and the first below the price of a single one."),
}


class QuantityForm(forms.Form):
    """How much of one size an order may hold, and its prices by quantity: pairs of fields, empty ones left out."""

    min_quantity = forms.IntegerField(label=gettext_lazy("Least in an order"), min_value=1, max_value=999)
    max_quantity = forms.IntegerField(
        label=gettext_lazy("Most in an order"), min_value=1, max_value=999, required=False
    )

    def __init__(self, variant: ProductVariant, data: Any = None):
        tiers = list(variant.tiers.all())
        initial: dict[str, Any] = {"min_quantity": variant.min_quantity, "max_quantity": variant.max_quantity}
        for place, tier in enumerate(tiers):
            initial[f"from_{place}"], initial[f"price_{place}"] = tier.minimum_quantity, to_decimal(tier.price_minor)
        super().__init__(data, initial=initial, auto_id=f"id_{variant.pk}_%s")
        self.variant = variant
        for place in range(actions.MOST_TIERS):
            self.fields[f"from_{place}"] = forms.IntegerField(
                label=gettext_lazy("From (units)"), min_value=2, max_value=999, required=False
            )
            self.fields[f"price_{place}"] = forms.DecimalField(
                label=gettext_lazy("Unit price (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False
            )

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the tiers."""
        return [(self[f"from_{place}"], self[f"price_{place}"]) for place in range(actions.MOST_TIERS)]

    def clean(self) -> dict[str, Any]:
        """Put the pairs together; half a pair is none."""
        cleaned = super().clean() or {}
        tiers = []
        for place in range(actions.MOST_TIERS):
            quantity, price = cleaned.get(f"from_{place}"), cleaned.get(f"price_{place}")
            if (quantity is None) != (price is None) and not self.errors:
                empty = f"from_{place}" if quantity is None else f"price_{place}"
                self.add_error(empty, _("Please give both the quantity and the price, or neither."))
            elif quantity is not None and price is not None:
                tiers.append((quantity, to_minor(price)))
        return {**cleaned, "tiers": tiers}


class ProvincesForm(forms.Form):
    """Where a product is delivered to; nothing chosen: everywhere."""

    provinces = forms.MultipleChoiceField(
        label=gettext_lazy("Provinces"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [(code, plain(name)) for code, name in PROVINCES.items()]
        self.fields["provinces"].choices = choices  # type: ignore[attr-defined]


def terms_context(product: Product, bound: forms.Form | None = None) -> dict[str, Any]:
    """Return what `console/listing_terms.html` shows; `bound` is the one of its forms that was sent and refused."""
    forms_of_sizes = [QuantityForm(variant) for variant in product.variants.prefetch_related("tiers")]
    where = ProvincesForm(initial={"provinces": product.sales_provinces})
    if isinstance(bound, QuantityForm):
        forms_of_sizes = [bound if form.variant.pk == bound.variant.pk else form for form in forms_of_sizes]
    return {
        "product": product,
        "terms_of_sizes": forms_of_sizes,
        "where": bound if isinstance(bound, ProvincesForm) else where,
    }


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def terms(request: HttpRequest, seat: Seat, product: int) -> HttpResponse:
    """Show the terms; POST changes those of one size (`variant`), or the provinces."""
    found = own_product(seat, product)
    bound = None
    if request.method == "POST":
        bound = _size(request, seat, found) if "variant" in request.POST else _where(request, seat, found)
        if not bound.errors:
            messages.success(request, _("The terms are saved; they hold at once."))
            return see(resolve_url("console:listing_terms", seat.merchant.slug, found.pk))
    status = 422 if bound else 200
    context = {**terms_context(found, bound), "bound": bound}
    return show(request, seat, "listing_terms_page.html", context, entry=ENTRY, status=status)


def _size(request: HttpRequest, seat: Seat, product: Product) -> QuantityForm:
    """Take in the form of one size; what is refused is an error of the form."""
    named = request.POST["variant"]
    variant = product.variants.filter(pk=named).first() if named.isdecimal() and len(named) <= 18 else None
    if variant is None:
        raise Http404
    form = QuantityForm(variant, request.POST)
    if form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("min_quantity", "max_quantity", "tiers")}
        try:
            actions.set_quantities(
                product_id=product.pk, variant_id=variant.pk, actor=seat.actor, now=timezone.now(), **wanted
            )
        except actions.TermsError as error:
            form.add_error(None, str(_REFUSALS[error.reason]))
    return form


def _where(request: HttpRequest, seat: Seat, product: Product) -> ProvincesForm:
    form = ProvincesForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["provinces"]
        actions.set_provinces(product_id=product.pk, provinces=wanted, actor=seat.actor, now=timezone.now())
    return form
