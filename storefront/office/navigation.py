"""The office's side bar: what a person may see, in the words of the programme."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from storefront import languages

_GROUPS = (
    (
        _("Orders and money"),
        (
            ("checkout", "order", _("Orders"), "receipt_long"),
            ("checkout", "refund", _("Refunds"), "undo"),
            ("checkout", "transactionitem", _("Payments"), "credit_card"),
            ("checkout", "webhookevent", _("Provider’s notices"), "inbox"),
            ("checkout", "journaltransaction", _("Money journal"), "account_balance"),
        ),
    ),
    (
        _("Who sells what"),
        (
            ("catalog", "merchantapplication", _("Merchant applications"), "how_to_reg"),
            ("catalog", "listingrevision", _("Listings to review"), "rate_review"),
            ("catalog", "merchant", _("Merchants"), "storefront"),
            ("catalog", "certificate", _("Certificates"), "verified"),
            ("catalog", "certificatescheme", _("Certificate schemes"), "rule"),
            ("catalog", "product", _("Products"), "inventory_2"),
            ("catalog", "warehouse", _("Warehouses"), "warehouse"),
            ("catalog", "stocktransfer", _("Transfers"), "local_shipping"),
            ("catalog", "operator", _("Operators"), "groups"),
            ("catalog", "aidedregion", _("Counties"), "map"),
            ("catalog", "changerecord", _("Audit trail"), "history"),
        ),
    ),
    (
        _("What is told"),
        (("storefront", "article", _("Articles"), "article"),),
    ),
    (
        _("What it counts"),
        (
            ("aid_tracking", "campaign", _("Campaigns"), "flag"),
            ("aid_tracking", "zone", _("Zones"), "festival"),
            ("aid_tracking", "ledgerentry", _("Aid ledger"), "link"),
            ("checkout", "outboxrow", _("Facts on their way"), "outbox"),
            ("aid_tracking", "relayfailure", _("Facts that failed"), "error"),
        ),
    ),
    (
        _("Accounts"),
        (("checkout", "user", _("People"), "person"), ("auth", "group", _("Groups"), "group")),
    ),
)


def navigation(request: HttpRequest) -> list[dict]:
    """Return the groups of links for the side bar."""
    return [
        {
            "title": title,
            "separator": True,
            "items": [
                {"title": label, "icon": icon, "link": reverse(f"admin:{app}_{model}_changelist")}
                for app, model, label, icon in entries
                if request.user.has_perm(f"{app}.view_{model}")
            ],
        }
        for title, entries in _GROUPS
    ]


def elsewhere(request: HttpRequest) -> list[dict]:
    """Return the links behind the site's name: the shop, and the office in each language."""
    return [
        {"title": _("To the shop"), "link": "/", "icon": "storefront"},
        *(
            {"title": language.name, "link": f"{language.prefix}/admin/", "icon": "translate"}
            for language in languages.LANGUAGES
        ),
    ]
