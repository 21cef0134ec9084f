"""Refunds, payments, the provider's notices, facts on their way, and the money journal: looked at, never edited."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from checkout.models import JournalPosting, JournalTransaction, OutboxRow, Refund, TransactionItem, WebhookEvent
from storefront.office.base import Rows, Table, told, yuan


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
