"""What the office gives back, told to `checkout.purchase` verb by verb: all that is left, shipping, or an amount."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from catalog.money import to_decimal
from checkout import purchase
from checkout.models import Order, OrderLine, Refund
from checkout.rules import Code, PurchaseError
from storefront.office.base import yuan

ALL, SHIPPING, PART = "all", "shipping", "part"


class RefundForm(forms.Form):
    """What is given back, and why. `key` is made with the form, so that the form sent twice gives back once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("Give back"), widget=UnfoldAdminSelectWidget())
    line = forms.TypedChoiceField(
        label=_("Line (for a part)"), coerce=int, empty_value=None, required=False, widget=UnfoldAdminSelectWidget()
    )
    amount = forms.DecimalField(
        label=_("Amount in yuan (for a part)"),
        min_value=0.01,
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=UnfoldAdminDecimalFieldWidget(),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=UnfoldAdminTextInputWidget())

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, **kwargs)
        everything, left = _("All that is left"), yuan(order.total_minor - order.refunded_minor)
        cast(forms.ChoiceField, self.fields["what"]).choices = [
            (ALL, f"{everything} · {left}"),
            (SHIPPING, _("The shipping fees")),
            (PART, _("Part of one line")),
        ]
        lines = [(line.pk, _described(line)) for line in order.lines.all()]
        cast(forms.ChoiceField, self.fields["line"]).choices = [("", "—"), *lines]

    def clean(self) -> dict:
        """A part needs its line and its amount."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == PART and not (cleaned.get("line") and cleaned.get("amount")):
            self.add_error("line", _("A part needs a line and an amount."))
        return cleaned


def _described(line: OrderLine) -> str:
    return f"{line.product_zh} {line.variant_zh} × {line.quantity} · {yuan(_left(line))}"


def _left(line: OrderLine) -> int:
    return line.total_minor - line.refunded_minor


def give_back(order: Order, wanted: dict, *, by: str) -> list[str]:
    """Give back what the form says; return the refunds' ids. Raises PurchaseError when nothing is left of it."""
    key, reason = wanted["key"].hex[:20], wanted["reason"]
    done = Refund.objects.filter(order=order, idempotency_key__contains=key).values_list("token", flat=True)
    if done and wanted["what"] != ALL:
        return [str(token) for token in done]  # this very form was sent before

    def refund(part: str, **what) -> str:
        return purchase.refund(order.token, by=by, key=f"{key}{part}", reason=reason, **what)

    if wanted["what"] == PART:
        return [refund("", quantities={wanted["line"]: 1}, amount=f"{wanted['amount']:.2f}")]
    if wanted["what"] == SHIPPING:
        return [refund("", quantities={}, shipping=True)]
    if done and order.refunded_minor == order.total_minor:
        return [str(token) for token in done]  # sent before, and all of it went through
    if not order.refunded_minor:
        whole = {line.pk: line.quantity for line in order.lines.all()}
        return [refund("", quantities=whole, shipping=order.shipping_minor > 0)]
    return _the_rest(order, refund)


def _the_rest(order: Order, refund) -> list[str]:
    """Give back what earlier refunds left, each line by its amount: a refund names one amount at most."""
    done = [
        refund(f"-{line.pk}", quantities={line.pk: 1}, amount=str(to_decimal(_left(line))))
        for line in order.lines.all()
        if _left(line)
    ]
    fees = order.merchant_orders.all()
    if any(part.shipping_minor > part.shipping_refunded_minor for part in fees):
        done.append(refund("-shipping", quantities={}, shipping=True))
    if not done:
        raise PurchaseError(Code.CANNOT_REFUND, "Nothing is left to give back.", field="amount")
    return done
