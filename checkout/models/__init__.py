"""The checkout's tables, one module for each noun."""

from checkout.models.bank import BankAccount
from checkout.models.checkout import Checkout, CheckoutLine
from checkout.models.order import (
    Allocation,
    BuyerKind,
    ChargeStatus,
    Fulfillment,
    MerchantOrder,
    Order,
    OrderLine,
    OrderStatus,
    SalesChannel,
)
from checkout.models.outbox import OutboxRow
from checkout.models.payment import (
    JournalPosting,
    JournalTransaction,
    Refund,
    RefundPart,
    RefundStatus,
    TransactionItem,
    TransactionStatus,
    WebhookEvent,
)
from checkout.models.staff import MerchantStaff, Role, StaffInvitation
from checkout.models.user import User

__all__ = [
    "Allocation",
    "BankAccount",
    "BuyerKind",
    "ChargeStatus",
    "Checkout",
    "CheckoutLine",
    "Fulfillment",
    "JournalPosting",
    "JournalTransaction",
    "MerchantOrder",
    "MerchantStaff",
    "Order",
    "OrderLine",
    "OrderStatus",
    "OutboxRow",
    "Refund",
    "RefundPart",
    "RefundStatus",
    "Role",
    "SalesChannel",
    "StaffInvitation",
    "TransactionItem",
    "TransactionStatus",
    "User",
    "WebhookEvent",
]
