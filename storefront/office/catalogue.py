"""Merchants and products: looked at, and stopped where the programme's rules ask for it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from catalog.actions import merchants, products
from catalog.models import (
    AidedRegion,
    BenefitReport,
    Category,
    FoodLabel,
    Merchant,
    MerchantApproval,
    Product,
    ProductTag,
    ProductVariant,
)
from checkout import selectors
from storefront.console import mail
from storefront.office.base import ReasonForm, Rows, Table, confirm, found_or_404, posted, yuan


def _told(done: bool, line: str) -> list[str]:
    return [line if done else gettext("Nothing changed: somebody had done it already.")]


class ApprovalRows(Rows):
    """When a merchant may sell."""

    model = MerchantApproval
    verbose_name_plural = _("Approvals")
    fields = ("valid_from", "valid_until", "reason")


class BenefitRows(Rows):
    """What it does for farming households, the newest report first."""

    model = BenefitReport
    verbose_name_plural = _("benefit reports")
    fields = ("mode", "households", "period_from", "period_until", "reporter_zh", "reporter_en", "reported_on")


@admin.register(Merchant)
class MerchantAdmin(Table):
    """Merchants."""

    list_display = ("name_zh", "name_en", "region", "producer_type", "fee")
    list_filter = ("producer_type", "region__province_zh")
    list_select_related = ("region",)
    search_fields = ("name_zh", "name_en", "slug", "region__name_zh")
    exclude = ("shipping_fee_minor",)
    readonly_fields = ("fee",)
    inlines = (ApprovalRows, BenefitRows)
    actions_detail = ("suspend", "resume")

    def has_decide_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether this member of staff may; a name with a dot would be looked up before there are tables."""
        return request.user.has_perm("catalog.change_merchantapproval")

    @display(description=_("Delivery"), ordering="shipping_fee_minor")
    def fee(self, merchant: Merchant) -> str:
        """The flat fee of an order."""
        return yuan(merchant.shipping_fee_minor)

    @action(description=_("Suspend"), url_path="suspend", permissions=["decide"])
    def suspend(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Stop a merchant selling."""
        title = gettext("Suspend %(name)s")
        text = gettext("All its products leave the shop at once. Orders that were placed go on.")
        return self._decide(request, object_id, title=title, text=text, is_open=False)

    @action(description=_("Admit again"), url_path="resume", permissions=["decide"])
    def resume(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Let a suspended merchant sell again."""
        title = gettext("Admit %(name)s again")
        text = gettext("Its certified products come back on sale. A merchant is first admitted by its application.")
        return self._decide(request, object_id, title=title, text=text, is_open=True)

    def _decide(self, request: HttpRequest, object_id: int, *, title: str, text: str, is_open: bool) -> HttpResponse:
        merchant = found_or_404(Merchant, object_id)
        return confirm(
            self,
            request,
            obj=merchant,
            permission="catalog.change_merchantapproval",
            title=title % {"name": merchant.name_zh},
            text=text,
            form=ReasonForm(posted(request)),
            act=lambda wanted: self._move(request, merchant, wanted["reason"], is_open=is_open),
        )

    @staticmethod
    def _move(request: HttpRequest, merchant: Merchant, reason: str, *, is_open: bool) -> list[str]:
        """Suspend or resume, and write to the merchant's owners if this call did it."""
        act = merchants.resume if is_open else merchants.suspend
        who = selectors.actor(request.user.pk)  # type: ignore[arg-type]  # of the staff, so signed in
        done = act(merchant_id=merchant.pk, reason=reason, now=timezone.now(), actor=who)
        if done:
            mail.tell_standing(merchant, is_open=is_open, reason=reason)
        return _told(done, gettext("The merchant may sell.") if is_open else gettext("The merchant is suspended."))


class VariantRows(Rows):
    """Sizes and prices."""

    model = ProductVariant
    verbose_name_plural = _("Sizes")
    fields = ("sku", "name_zh", "name_en", "price", "weight_grams")
    readonly_fields = ("price",)

    @display(description=_("Price"))
    def price(self, variant: ProductVariant) -> str:
        """What one costs."""
        return yuan(variant.price_minor)


class LabelRows(Rows):
    """What the label of a food says."""

    model = FoodLabel
    verbose_name_plural = _("Food label")
    fields = (
        *("ingredients_zh", "ingredients_en", "allergens_zh", "allergens_en", "storage_zh", "storage_en"),
        *("licence_number", "standard"),
    )


class TagRows(Rows):
    """The zones that a product was or is in."""

    model = ProductTag
    verbose_name_plural = _("Zones")
    fields = ("tag", "valid_from", "valid_until")


@admin.register(Product)
class ProductAdmin(Table):
    """Products."""

    list_display = ("name_zh", "name_en", "merchant", "region", "category", "line_kind", "status")
    list_filter = ("status", "line_kind", "processing", "return_rule", "category", "region__province_zh")
    list_select_related = ("merchant", "region", "category")
    search_fields = ("name_zh", "name_en", "slug")
    inlines = (VariantRows, LabelRows, TagRows)
    actions_detail = ("pause", "resume")

    def has_pause_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether this member of staff may; a name with a dot would be looked up before there are tables."""
        return request.user.has_perm("catalog.change_product")

    @action(description=_("Pause"), url_path="pause", permissions=["pause"])
    def pause(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Take it off sale."""
        return self._move(
            request, object_id, products.stop, gettext("Pause %(name)s"), gettext("It leaves the shop now.")
        )

    @action(description=_("Put back on sale"), url_path="resume", permissions=["pause"])
    def resume(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Put it back on sale."""
        text = gettext("It comes back if its certificate and its merchant’s approval hold.")
        return self._move(request, object_id, products.resume, gettext("Put %(name)s back on sale"), text)

    def _move(self, request: HttpRequest, object_id: int, move, title: str, text: str) -> HttpResponse:
        product = found_or_404(Product, object_id)
        return confirm(
            self,
            request,
            obj=product,
            permission="catalog.change_product",
            title=title % {"name": product.name_zh},
            text=text,
            form=ReasonForm(posted(request)),
            act=lambda wanted: _told(
                move(
                    product_id=product.pk,
                    now=timezone.now(),
                    actor=selectors.actor(request.user.pk),  # type: ignore[arg-type]  # of the staff, so signed in
                    reason=wanted["reason"],
                ),
                gettext("Done."),
            ),
        )


@admin.register(AidedRegion)
class RegionAdmin(Table):
    """Aided counties."""

    list_display = ("name_zh", "name_en", "code", "prefecture_zh", "province_zh", "exit_year", "is_key_county")
    list_filter = ("province_zh", "is_key_county", "exit_year")
    search_fields = ("name_zh", "name_en", "code")


@admin.register(Category)
class CategoryAdmin(Table):
    """Shelves."""

    list_display = ("name_zh", "name_en", "slug", "position")
