"""Orders: giving money back, sending off, and seeing to what did not reach its buyer."""

import uuid
from typing import cast

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from checkout import access, purchase
from checkout.actions import orders
from checkout.models import MerchantOrder, Order, OrderLine, Refund
from checkout.rules import PurchaseError
from storefront.office.base import Rows, Table, confirm, posted, yuan
from storefront.office.money import RefundWords
from storefront.office.refunding import RefundForm, give_back


class LineRows(Rows):
    """What was bought."""

    model = OrderLine
    verbose_name_plural = _("Lines")
    fields = ("product_zh", "variant_zh", "quantity", "amount", "given_back", "return_days", "region", "tag")
    readonly_fields = ("amount", "given_back")

    @display(description=_("Amount"))
    def amount(self, line: OrderLine) -> str:
        """What the line cost."""
        return yuan(line.total_minor)

    @display(description=_("Given back"))
    def given_back(self, line: OrderLine) -> str:
        """What of it went back, or is on its way."""
        return yuan(line.refunded_minor)


class PartRows(Rows):
    """What each merchant sends."""

    model = MerchantOrder
    verbose_name_plural = _("Shops")
    fields = ("merchant_zh", "amount", "shipping", "sent")
    readonly_fields = ("amount", "shipping", "sent")

    @display(description=_("Goods"))
    def amount(self, part: MerchantOrder) -> str:
        """The goods of this merchant."""
        return yuan(part.subtotal_minor)

    @display(description=_("Delivery"))
    def shipping(self, part: MerchantOrder) -> str:
        """Its shipping fee."""
        return yuan(part.shipping_minor)

    @display(description=_("Sent"), boolean=True)
    def sent(self, part: MerchantOrder) -> bool:
        """Whether its parcel has left."""
        return hasattr(part, "fulfillment")


class RefundRows(RefundWords, Rows):
    """What went back."""

    model = Refund
    verbose_name_plural = _("Refunds")
    fields = ("amount", "status", "why", "who", "created_at", "settled_at")
    readonly_fields = ("amount", "why", "who")

    @display(description=_("Amount"))
    def amount(self, refund: Refund) -> str:
        """The whole refund."""
        return yuan(refund.amount_minor)


class SendForm(forms.Form):
    """Whose parcel left, and under which number."""

    part = forms.TypedChoiceField(label=_("Shop"), coerce=int, widget=UnfoldAdminSelectWidget())
    tracking_number = forms.CharField(
        label=_("Parcel number"), max_length=60, required=False, widget=UnfoldAdminTextInputWidget()
    )

    def __init__(self, *args, order: Order, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = order.merchant_orders.filter(fulfillment=None)
        cast(forms.ChoiceField, self.fields["part"]).choices = [(part.pk, part.merchant_zh) for part in waiting]


@admin.register(Order)
class OrderAdmin(Table):
    """Orders."""

    list_display = ("number", "placed_at", "status", "charge_status", "total", "given_back", "needs_office")
    list_filter = ("needs_office", "charge_status", "status", "buyer_kind", "placed_at")
    search_fields = ("number", "email")
    date_hierarchy = "placed_at"
    ordering = ("-placed_at",)
    exclude = (
        "checkout_token",
        "shipping_address",
        "subtotal_minor",
        "shipping_minor",
        "total_minor",
        "refunded_minor",
    )
    readonly_fields = ("total", "given_back", "goes_to")
    inlines = (LineRows, PartRows, RefundRows)
    actions_detail = ("refund", "send", "attend")

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Say above the list how many orders wait for a person."""
        waiting = access.orders_waiting_for_office().count() if request.method == "GET" else 0
        if waiting and "needs_office__exact" not in request.GET:
            told = ngettext(
                "The money of %(count)s order did not reach its buyer. The filter “Needs the office” shows it.",
                "The money of %(count)s orders did not reach the buyers. The filter “Needs the office” shows them.",
                waiting,
            )
            messages.warning(request, told % {"count": waiting})
        return super().changelist_view(request, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Say above an order that waits for a person what to do."""
        if object_id.isdecimal() and access.orders_waiting_for_office().filter(pk=int(object_id)).exists():
            messages.warning(
                request,
                gettext(
                    "A refund of this order did not reach the buyer. Give the money back again, or settle it with the "
                    "buyer by other means; then mark it as seen to."
                ),
            )
        return super().change_view(request, object_id, form_url, extra_context)

    def has_attend_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether this member of staff may; a name with a dot would be looked up before there are tables."""
        return request.user.has_perm("checkout.add_refund")

    def has_refund_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether this member of staff may; a name with a dot would be looked up before there are tables."""
        return request.user.has_perm("checkout.add_refund")

    def has_send_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether this member of staff may; a name with a dot would be looked up before there are tables."""
        return request.user.has_perm("checkout.add_fulfillment")

    @display(description=_("Total"), ordering="total_minor")
    def total(self, order: Order) -> str:
        """Goods and delivery."""
        return yuan(order.total_minor)

    @display(description=_("Given back"), ordering="refunded_minor")
    def given_back(self, order: Order) -> str:
        """What of it went back, or is on its way."""
        return yuan(order.refunded_minor)

    @display(description=_("Goes to"))
    def goes_to(self, order: Order) -> str:
        """Whom the parcels are for."""
        return " ".join(
            order.shipping_address.get(name, "") for name in ("name", "phone", "province", "city", "county", "street")
        )

    @action(description=_("Give money back"), url_path="refund", permissions=["refund"])
    def refund(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Give back all that is left, the shipping fees or part of a line; a form sent twice gives back once."""
        order = _order(object_id)
        form = RefundForm(posted(request), order=order, initial={"key": uuid.uuid4()})

        def act(wanted: dict) -> list[str]:
            give_back(order, wanted, by=f"user {request.user.pk}")
            return [gettext("The refund is recorded; it counts once the provider has confirmed it.")]

        return confirm(
            self,
            request,
            obj=order,
            permission="checkout.add_refund",
            title=gettext("Give money back: order %(number)s") % {"number": order.number},
            text=gettext(
                "The money goes back the way it was paid, and what the order counted falls by the same amount."
            ),
            form=form,
            act=act,
            refusal=PurchaseError,
        )

    @action(description=_("Send off"), url_path="send", permissions=["send"])
    def send(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Record that a merchant's parcel has left."""
        order = _order(object_id)

        def act(wanted: dict) -> list[str]:
            lines = [line.pk for line in order.lines.all() if line.merchant_order_id == wanted["part"]]
            purchase.fulfil(order.token, line_ids=lines, tracking_number=wanted["tracking_number"])
            return [gettext("The parcel is recorded as sent.")]

        return confirm(
            self,
            request,
            obj=order,
            permission="checkout.add_fulfillment",
            title=gettext("Send off: order %(number)s") % {"number": order.number},
            text=gettext("The part of one shop leaves as a whole."),
            form=SendForm(posted(request), order=order),
            act=act,
            refusal=PurchaseError,
        )

    @action(description=_("Mark as seen to"), url_path="attend", permissions=["attend"])
    def attend(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Record that a person has seen to a refund that did not reach the buyer."""

        def act(wanted: dict) -> list[str]:
            orders.attended(order_id=object_id)
            return [gettext("The order no longer waits for the office.")]

        order = _order(object_id)
        return confirm(
            self,
            request,
            obj=order,
            permission="checkout.add_refund",
            title=gettext("Mark as seen to: order %(number)s") % {"number": order.number},
            text=gettext("Do this once the buyer has the money, or has agreed to something else."),
            form=forms.Form(posted(request)),
            act=act,
        )


def _order(object_id: int) -> Order:
    order = access.order_for_office(object_id)
    if order is None:
        raise Http404
    return order
