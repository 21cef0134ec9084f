"""Accounts. What somebody may do in the office is given here: staff, and groups with permissions."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from checkout.models import User
from storefront.office.base import column
from storefront.office.rights import ChoosesRights

_EMAIL = column("email")

admin.site.unregister([Group, EmailAddress])  # the library’s own pages for them let rows be edited


@admin.register(User)
class UserAdmin(ChoosesRights, ModelAdmin):
    """Accounts; only their rights are changed here, and only by a superuser."""

    list_display = (_EMAIL, "is_staff", "is_superuser", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active")
    search_fields = ("email",)
    ordering = ("email",)
    fieldsets = (
        (None, {"fields": (_EMAIL, "is_active", "date_joined", "last_login")}),
        (_("Rights"), {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")}),
    )
    readonly_fields = (_EMAIL, "date_joined", "last_login")
    filter_horizontal = ("groups", "user_permissions")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made by their owners, or on the command line."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """An account is made inactive, never deleted here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Only a superuser gives rights."""
        return request.user.is_active and request.user.is_superuser


@admin.register(Group)
class GroupAdmin(ChoosesRights, ModelAdmin):
    """Groups of rights."""

    search_fields = ("name",)
    filter_horizontal = ("permissions",)
