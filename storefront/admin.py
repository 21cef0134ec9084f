"""The programme office. Django looks for it here; its pages are in `storefront.office`.

Signing in goes through the shop's own page, whose limits on failed attempts hold here too.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from storefront.office import (
    applications,
    catalogue,
    certificates,
    counting,
    editorial,
    listings,
    money,
    orders,
    people,
    warehouses,
)
from storefront.office.script_words import script_words

__all__ = [
    "applications",
    "catalogue",
    "certificates",
    "counting",
    "editorial",
    "listings",
    "money",
    "orders",
    "people",
    "warehouses",
]

admin.site.i18n_javascript = script_words  # type: ignore[method-assign]
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
