"""The merchant's application: filled in over several days, handed in, and looked at while others decide."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog import uploads
from catalog.actions import applications, documents
from catalog.models import MerchantApplication
from catalog.selectors.applications import latest_application
from checkout.access import Seat
from checkout.models import Role
from storefront.console import labels
from storefront.console.forms import SCANS, ApplicationForm
from storefront.console.gate import console_page, show
from storefront.console.presenting import statement
from storefront.pages.private import see

ENTRY = "console:application"


@require_http_methods(["GET", "POST"])
@console_page(Role.OWNER)
def application(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the application: as a form while it may be written, as it stands otherwise. POST saves, or hands it in."""
    row = latest_application(seat.merchant.pk)
    if row is None or row.state not in MerchantApplication.EDITABLE:
        return show(request, seat, "application_seen.html", {"row": row, "statement": statement(row)}, entry=ENTRY)
    if request.method == "POST":
        return _write(request, seat, row)
    form = ApplicationForm(application=row)
    return show(request, seat, "application.html", {"row": row, "form": form, "reasons": _reasons(row)}, entry=ENTRY)


def _write(request: HttpRequest, seat: Seat, row: MerchantApplication) -> HttpResponse:
    """Save all that was understood, scans too: no error costs what was typed. Then hand it in, if that is asked."""
    form = ApplicationForm(request.POST, request.FILES, application=row)
    form.is_valid()
    whose: dict[str, Any] = {
        "application_id": row.pk,
        "merchant_id": seat.merchant.pk,
        "actor": seat.actor,
        "now": timezone.now(),
    }
    values = {**form.values(), **_take_scans(request, seat, form)}
    try:
        applications.save(values=values, **whose)
        if "submit" in request.POST and not form.errors:
            applications.submit(language=get_language() or "", **whose)
            messages.success(request, _("The application is handed in. We write to you as soon as it is decided."))
            return see(resolve_url("console:overview", seat.merchant.slug))
    except applications.NotEditable:
        messages.error(request, _("The application is being reviewed; it was not changed."))
        return see(resolve_url(ENTRY, seat.merchant.slug))
    except applications.Incomplete as error:
        for field, reason in error.problems.items():
            form.add_error(field, labels.problem(field, reason))
    if not form.errors:
        messages.success(request, _("The draft is saved."))
        return see(resolve_url(ENTRY, seat.merchant.slug))
    kept = latest_application(seat.merchant.pk)
    for name in SCANS:
        form.fields[name].document = getattr(kept, name)  # type: ignore[attr-defined]
    return show(request, seat, "application.html", {"row": row, "form": form, "reasons": _reasons(row)}, entry=ENTRY)


def _take_scans(request: HttpRequest, seat: Seat, form: ApplicationForm) -> dict[str, object]:
    """Keep the scans that came along; one that cannot be kept is said beside its field."""
    taken: dict[str, object] = {}
    for name in SCANS:
        file = request.FILES.get(name)
        if file is None:
            continue
        try:
            if (file.size or 0) > uploads.MOST_BYTES:
                raise uploads.BadUpload("large")
            taken[name] = documents.add(
                merchant_id=seat.merchant.pk,
                content=file.read(),
                name=file.name or "",
                actor=seat.actor,
                now=timezone.now(),
            )
        except uploads.BadUpload as error:
            form.add_error(name, labels.UPLOADS[error.reason])
    return taken


def _reasons(row: MerchantApplication) -> list[tuple[str, str, str]]:
    """Return why it was returned, as (field, its label, reason) in the order of the form."""
    return [(name, label, row.reasons[name]) for name, label in labels.APPLICATION.items() if name in row.reasons]


@require_POST
@console_page(Role.OWNER)
def take_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Make an application that waits a draft again."""
    row = latest_application(seat.merchant.pk)
    if row is None:
        raise Http404
    try:
        applications.take_back(
            application_id=row.pk, merchant_id=seat.merchant.pk, actor=seat.actor, now=timezone.now()
        )
    except applications.NotEditable:
        messages.error(request, _("It has been decided meanwhile."))
    return see(resolve_url(ENTRY, seat.merchant.slug))


@require_POST
@console_page(Role.OWNER)
def change(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask for a change of what was approved, or apply anew: a draft that begins with what was stated last."""
    applications.begin_again(
        merchant_id=seat.merchant.pk, language=get_language() or "", actor=seat.actor, now=timezone.now()
    )
    return see(resolve_url(ENTRY, seat.merchant.slug))
