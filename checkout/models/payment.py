"""Money: payments, refunds, the provider's notices, and the journal that must always sum to zero."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Merchant
from checkout.models.order import MerchantOrder, Order, OrderLine


class TransactionStatus(models.TextChoices):
    """The life of one payment with the provider."""

    INITIALIZED = "initialized"  # our row is stored; the provider may or may not know of it yet
    PENDING = "pending"  # the provider has it and waits for the buyer
    CHARGED = "charged"
    FAILED = "failed"  # declined; the buyer may try again with the same payment
    CANCELED = "canceled"


class TransactionItem(models.Model):
    """One payment of an order (Saleor's name). `psp_reference` is the provider's id of it."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="transactions")
    idempotency_key = models.CharField(max_length=80, unique=True)
    psp_reference = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001
    client_secret = models.CharField(max_length=200, blank=True)
    amount_minor = models.BigIntegerField()
    charged_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="CNY")
    status = models.CharField(max_length=12, choices=TransactionStatus, default=TransactionStatus.INITIALIZED)
    message = models.CharField(max_length=200, blank=True)  # the provider's reason code of the last decline
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField()  # when the provider was last asked; reconciliation takes the oldest first

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                name="transaction_one_open",
                condition=Q(status__in=["initialized", "pending", "failed"]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["checked_at"],
                name="transaction_open",
                condition=Q(status__in=["initialized", "pending", "failed"]),
            )
        ]

    def __str__(self) -> str:
        return str(self.token)


class RefundStatus(models.TextChoices):
    """REQUESTED is retried until the provider answers; only SUCCEEDED lowers totals.

    FAILED also after SUCCEEDED: a bank may send the money back weeks later.
    """

    REQUESTED = "requested"
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Refund(models.Model):
    """Money on its way back to the buyer. The amounts it takes from lines and shipping are its `parts`."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    transaction = models.ForeignKey(TransactionItem, models.PROTECT, related_name="refunds")
    order = models.ForeignKey(Order, models.PROTECT, related_name="refunds")
    idempotency_key = models.CharField(max_length=80, unique=True)
    psp_reference = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    status = models.CharField(max_length=10, choices=RefundStatus, default=RefundStatus.REQUESTED)
    reason = models.CharField(max_length=200, blank=True)
    requested_by = models.CharField(max_length=80)  # "user 3", "provider", "system": whose act it was
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_positive")]
        indexes = [
            models.Index(fields=["created_at"], name="refund_open", condition=Q(status__in=["requested", "pending"]))
        ]

    def __str__(self) -> str:
        return str(self.token)


class RefundPart(models.Model):
    """The share of a refund that one line, or one merchant's shipping fee, gives back."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="parts")
    line = models.ForeignKey(OrderLine, models.PROTECT, null=True, related_name="refund_parts")
    merchant_order = models.ForeignKey(MerchantOrder, models.PROTECT, null=True, related_name="refund_parts")
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_part_positive"),
            models.CheckConstraint(
                condition=Q(line=None, merchant_order__isnull=False) | Q(line__isnull=False, merchant_order=None),
                name="refund_part_of_one_thing",
            ),
        ]


class WebhookEvent(models.Model):
    """The inbox: a notice of the provider is stored once, by its id, before anything is done about it."""

    event_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice of the provider")
        verbose_name_plural = _("notices of the provider")
        indexes = [
            models.Index(fields=["received_at"], name="webhook_unhandled", condition=Q(handled_at=None)),
            models.Index(fields=["handled_at"], name="webhook_handled", condition=Q(handled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.event_id


class JournalTransaction(models.Model):
    """A movement of money, double entry: its postings sum to zero. Append-only; the database refuses changes."""

    key = models.CharField(max_length=80, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="journal")
    occurred_at = models.DateTimeField()

    class Meta:
        verbose_name = _("journal transaction")
        verbose_name_plural = _("journal transactions")

    def __str__(self) -> str:
        return self.key


class JournalPosting(models.Model):
    """One leg. Positive amounts are debits, negative ones credits (CNY, minor units)."""

    class Account(models.TextChoices):
        CASH = "cash"  # what the provider holds for us
        MERCHANT_PAYABLE = "merchant_payable"
        SHIPPING = "shipping"  # shipping fees owed to the merchant
        UNAPPLIED = "unapplied"  # money that came for an order which had ended; it goes back

    transaction = models.ForeignKey(JournalTransaction, models.PROTECT, related_name="postings")
    account = models.CharField(max_length=20, choices=Account)
    merchant = models.ForeignKey(Merchant, models.PROTECT, null=True, related_name="+")
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount_minor=0), name="posting_not_zero")]
