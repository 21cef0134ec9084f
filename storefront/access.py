"""Who may do what, for every address and every field of the API; one test walks them all and fails on one without.

public   the answer is the same for everybody
session  it shows what belongs to the browser that asks: its cart, its sign-in
token    the address or the id holds a token that nobody can guess; who has it, may
owner    it needs a signed-in account, and shows that account's own
merchant it needs a signed-in account; what is a merchant's needs a seat there, and the role that the page names
staff    it needs the rights of the office
signed   it needs a signature of the payment provider
"""

from aid_tracking import access as aid_tracking
from catalog import access as catalog
from checkout import access as checkout

RULES = {"public", "session", "token", "owner", "merchant", "staff", "signed"}

API_RULES = catalog.API_RULES | checkout.API_RULES | aid_tracking.API_RULES
API_TYPES = catalog.API_TYPES | checkout.API_TYPES | aid_tracking.API_TYPES

NAMESPACES = {"admin": "staff", "console": "merchant"}
ADDRESSES = {
    "art": "public",
    "article": "public",
    "article_preview": "staff",
    "articles": "public",
    "campaign": "public",
    "campaigns": "public",
    "categories": "public",
    "category": "public",
    "certificate": "public",  # approved ones; a claim has no page
    "certificate_qr": "public",
    "certificates": "public",
    "divisions": "public",
    "graphql": "public",  # each of its fields has a rule of its own
    "health_ping": "public",
    "health_ready": "public",
    "health_status": "public",
    "home": "public",
    "live": "public",
    "manifest": "public",
    "picture": "public",
    "privacy": "public",
    "product": "public",
    "provinces": "public",
    "region": "public",
    "robots": "public",
    "search": "public",
    "suggest": "public",
    "zone": "public",
    "zones": "public",
    "cart": "session",
    "cart_add": "session",
    "checkout": "session",
    "account_confirm_login_code": "session",
    "account_email_verification_sent": "session",
    "account_inactive": "session",
    "account_login": "session",
    "account_logout": "session",
    "account_reset_password": "session",
    "account_reset_password_done": "session",
    "account_reset_password_from_key_done": "session",
    "account_signup": "session",
    "account_confirm_email": "token",
    "account_reset_password_from_key": "token",
    "order": "token",
    "order_cancel": "token",
    "order_pay": "token",
    "order_pay_begin": "token",
    "order_return": "token",
    "order_state": "token",
    "account": "owner",
    "account_change_password": "owner",
    "account_email": "owner",
    "account_reauthenticate": "owner",
    "account_set_password": "owner",
    "webhooks_stripe": "signed",
}


def address_rule(name: str | None, namespace: str = "") -> str | None:
    """Return the rule of an address by its name, or None where nobody has stated one."""
    return NAMESPACES.get(namespace) if namespace else ADDRESSES.get(name or "")


def api_rule(kind: str, name: str) -> str | None:
    """Return the rule of a field of the API, or None where nobody has stated one; elsewhere its type's rule holds."""
    if kind in ("Query", "Mutation"):
        return API_RULES.get(f"{kind}.{name}")
    return API_TYPES.get(kind)
