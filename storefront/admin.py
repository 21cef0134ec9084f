"""The programme office. Django looks for it here; its pages are in `storefront.office`.

Signing in goes through the shop's own page, whose limits on failed attempts hold here too.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from storefront.office import catalogue, counting, orders, people, warehouses

__all__ = ["catalogue", "counting", "orders", "people", "warehouses"]

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
