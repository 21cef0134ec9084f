"""Why a purchase cannot go on, in the reader's words."""

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from checkout.rules import MAX_LINES, MAX_QUANTITY, Code, PurchaseError

# By code and field; a code alone stands for all its other fields.
_WORDS = {
    Code.INSUFFICIENT_STOCK: _("Somebody was faster: there are not enough left of the marked products."),
    Code.PRODUCT_UNAVAILABLE_FOR_PURCHASE: _("The marked products cannot be bought today."),
    (Code.INVALID, "lines.price"): _(
        "A price has changed since you saw it. Please look at the new price and accept it."
    ),
    (Code.INVALID, "lines.minimum"): _("Of the marked products an order must hold more."),
    (Code.QUANTITY_GREATER_THAN_LIMIT, "lines.quantity"): _("Of the marked products an order may not hold so many."),
    Code.SHIPPING_METHOD_NOT_APPLICABLE: _(
        "Some products are not delivered to the province that you chose. Choose another address, or take them out."
    ),
    (Code.INVALID, "certificate"): _(
        "The certificate of something in this order has ended, so it can no longer be paid. Nothing was charged."
    ),
    (Code.INVALID, "provider"): _(
        "The payment service does not answer right now. Your order is kept; please try again in a moment."
    ),
    (Code.QUANTITY_GREATER_THAN_LIMIT, "lines"): format_lazy(
        _("A cart holds at most {count} products."), count=MAX_LINES
    ),
    Code.QUANTITY_GREATER_THAN_LIMIT: format_lazy(
        _("At most {count} of one product can be bought at once."), count=MAX_QUANTITY
    ),
    Code.NO_LINES: _("Your cart is empty."),
    Code.CANNOT_CANCEL_ORDER: _("This order has been paid in the meantime, so it was not cancelled."),
}
TOO_OFTEN = _("That was too often in a minute. Please wait a moment and repeat it.")
_OTHER = _("That did not work. Please look at the page again and repeat it.")


def words(error: PurchaseError, *, least: int = 1, most: int | None = None) -> str:
    """Return the sentence to show for a refusal of `checkout.purchase`.

    `least` and `most` are how many units of the product that it is about one order may hold, where that is known.
    """
    if (error.code, error.field) == (Code.INVALID, "quantity"):
        return gettext("An order holds at least %(least)s of this product.") % {"least": least}
    if (error.code, error.field) == (Code.QUANTITY_GREATER_THAN_LIMIT, "quantity") and most:
        return gettext("An order holds at most %(most)s of this product.") % {"most": most}
    return str(_WORDS.get((error.code, error.field)) or _WORDS.get(error.code) or _OTHER)
