"""Certificates and their schemes in the office; those that wait are decided in the queue (`certificate_review`)."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSplitDateTimeWidget

from catalog.actions import certificates, schemes
from catalog.models import Certificate, CertificateProduct, CertificateScheme, QualityPaper
from checkout.selectors import actor
from storefront.office import certificate_review
from storefront.office.base import ReasonForm, Rows, Table, confirm, found_or_404, posted
from storefront.office.certificate_forms import SchemeForm


class CoverageRows(Rows):
    """What a certificate covers."""

    model = CertificateProduct
    verbose_name_plural = _("Products")
    fields = ("product", "certified_name", "scope")


class RevokeForm(ReasonForm):
    """Why a certificate ends, and when, if not at once."""

    at = forms.SplitDateTimeField(label=_("At (empty: now)"), required=False, widget=UnfoldAdminSplitDateTimeWidget())


@admin.register(Certificate)
class CertificateAdmin(Table):
    """Certificates."""

    list_display = ("number", "scheme", "merchant", "region", "step", "valid_from", "valid_until", "revoked_at")
    list_filter = ("step", "scheme", "valid_until", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("scheme", "merchant", "region")
    search_fields = ("number", "merchant__name_zh", "coverage__certified_name")
    inlines = (CoverageRows,)
    actions_list = ("to_queue",)
    actions_detail = ("revoke",)

    def get_urls(self) -> list:
        """Put the queue before Django's own pages, whose last address takes any word."""
        guard, own = self.admin_site.admin_view, certificate_review
        return [
            path("queue/", guard(own.queue), {"page": self}, name="catalog_certificate_queue"),
            path("queue/decide/", guard(own.decide), {"page": self}, name="catalog_certificate_decide"),
            path("queue/<int:pk>/document/", guard(own.document), name="catalog_certificate_document"),
            *super().get_urls(),
        ]

    def has_revoke_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether this member of staff may; a name with a dot would be looked up before there are tables."""
        return request.user.has_perm("catalog.change_certificate")

    @action(description=_("Review queue"), url_path="to-queue")
    def to_queue(self, request: HttpRequest) -> HttpResponse:
        """Go to the queue."""
        return redirect("admin:catalog_certificate_queue")

    @action(description=_("Revoke"), url_path="revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """End a certificate."""
        certificate = found_or_404(Certificate, object_id)

        def act(wanted: dict) -> list[str]:
            done = certificates.revoke(
                certificate_id=certificate.pk,
                now=timezone.now(),
                at=wanted["at"],
                actor=actor(request.user.pk),  # type: ignore[arg-type]  # of the staff, so signed in
                reason=wanted["reason"],
            )
            told = gettext("The certificate is revoked.")
            return [told if done else gettext("Nothing changed: somebody had done it already.")]

        return confirm(
            self,
            request,
            obj=certificate,
            permission="catalog.change_certificate",
            title=gettext("Revoke %(number)s") % {"number": certificate.number},
            text=gettext(
                "What it alone admits leaves the shop at that moment. This cannot be taken back. The reason is public."
            ),
            form=RevokeForm(posted(request)),
            act=act,
        )


@admin.register(CertificateScheme)
class SchemeAdmin(Table):
    """Kinds of certificates. What differs between them is edited here; a new one needs no code."""

    form = SchemeForm
    list_display = ("name_zh", "name_en", "admits_sale", "issuer_kind", "needs_county", "validity_months")
    search_fields = ("slug", "name_zh", "name_en")
    ordering = ("position", "slug")
    has_add_permission = ModelAdmin.has_add_permission
    has_change_permission = ModelAdmin.has_change_permission

    def get_fields(self, request: HttpRequest, obj=None) -> list:
        """Show the form's own fields, which can be edited."""
        if self.has_change_permission(request, obj):
            return list(SchemeForm.Meta.fields)
        return super().get_fields(request, obj)

    def get_form(self, request: HttpRequest, obj=None, change: bool = False, **kwargs):
        """Label the fields in the form's own words."""
        return super(Table, self).get_form(request, obj, change, labels=SchemeForm.Meta.labels, **kwargs)

    def changeform_view(self, request: HttpRequest, object_id=None, form_url: str = "", extra_context=None):
        """Do what Django does, outside its transaction: the action opens its own."""
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: CertificateScheme, form, change: bool) -> None:
        """Keep it; what it admits to sale moves at once."""
        schemes.edited(scheme=obj, now=timezone.now())


@admin.register(QualityPaper)
class QualityPaperAdmin(Table):
    """承诺达标合格证 that merchants recorded."""

    list_display = ("product", "lot", "producer", "weight_grams", "issued_on")
    list_select_related = ("product",)
    search_fields = ("lot", "producer", "product__name_zh")
