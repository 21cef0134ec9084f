"""Orders, payments and refunds; giving money back and sending off."""

import uuid
from typing import cast

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from checkout import access, purchase
from checkout.models import (
    JournalPosting,
    JournalTransaction,
    MerchantOrder,
    Order,
    OrderLine,
    OutboxRow,
    Refund,
    TransactionItem,
    WebhookEvent,
)
from checkout.rules import PurchaseError
from storefront.office.base import Rows, Table, confirm, posted, told, yuan
from storefront.office.refunding import RefundForm, give_back


class LineRows(Rows):
    """What was bought."""

    model = OrderLine
    verbose_name_plural = _("Lines")
    fields = ("product_zh", "variant_zh", "quantity", "amount", "given_back", "region", "tag")
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


class RefundWords:
    """What the shop itself wrote into a refund, in the reader's words."""

    @display(description=_("Reason"))
    def why(self, refund: Refund) -> str:
        """Why, in the reader's words where the shop wrote it."""
        return told(refund.reason)

    @display(description=_("By"))
    def who(self, refund: Refund) -> str:
        """Who asked for it: a user by id, the provider or the shop itself."""
        role, _space, user = refund.requested_by.partition(" ")
        return f"{told(role)} {user}".strip()


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

    list_display = ("number", "placed_at", "status", "charge_status", "total", "given_back", "buyer_kind")
    list_filter = ("charge_status", "status", "buyer_kind", "placed_at")
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
    actions_detail = ("refund", "send")

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


def _order(object_id: int) -> Order:
    order = access.order_for_office(object_id)
    if order is None:
        raise Http404
    return order


@admin.register(Refund)
class RefundAdmin(RefundWords, Table):
    """Refunds: failed ones need somebody."""

    list_display = ("id", "order", "amount", "status", "why", "who", "created_at", "settled_at")
    list_filter = ("status", "created_at")
    list_select_related = ("order",)
    search_fields = ("order__number", "psp_reference")
    ordering = ("-created_at",)
    exclude = ("amount_minor", "reason", "requested_by")
    readonly_fields = ("amount", "why", "who")

    @display(description=_("Amount"), ordering="amount_minor")
    def amount(self, refund: Refund) -> str:
        """The whole refund."""
        return yuan(refund.amount_minor)


@admin.register(TransactionItem)
class PaymentAdmin(Table):
    """Payments. The key for the pay page is not shown."""

    list_display = ("order", "amount", "status", "message", "created_at", "checked_at")
    list_filter = ("status", "created_at")
    list_select_related = ("order",)
    search_fields = ("order__number", "psp_reference")
    ordering = ("-created_at",)
    exclude = ("client_secret", "amount_minor", "charged_minor")
    readonly_fields = ("amount",)

    @display(description=_("Amount"), ordering="amount_minor")
    def amount(self, item: TransactionItem) -> str:
        """What is to be paid."""
        return yuan(item.amount_minor)


@admin.register(WebhookEvent)
class NoticeAdmin(Table):
    """The provider's notices: ids and kinds."""

    list_display = ("event_id", "kind", "received_at", "handled_at")
    list_filter = ("kind", "received_at")
    ordering = ("-received_at",)


@admin.register(OutboxRow)
class FactAdmin(Table):
    """Facts on their way to the aid ledger."""

    list_display = ("key", "kind", "created_at", "processed_at")
    list_filter = ("kind", "created_at")
    search_fields = ("key",)
    ordering = ("-id",)


class PostingRows(Rows):
    """The legs of a movement."""

    model = JournalPosting
    verbose_name_plural = _("Postings")
    fields = ("account", "merchant", "amount")
    readonly_fields = ("amount",)

    @display(description=_("Amount"))
    def amount(self, posting: JournalPosting) -> str:
        """Debit positive, credit negative."""
        return yuan(posting.amount_minor)


@admin.register(JournalTransaction)
class JournalAdmin(Table):
    """The money journal; nothing in it is ever changed."""

    list_display = ("key", "order", "occurred_at")
    list_select_related = ("order",)
    search_fields = ("key", "order__number")
    ordering = ("-id",)
    inlines = (PostingRows,)
