"""A merchant's certificates: drafted, sent in, returned with reasons, followed until they end; and quality papers."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import uploads
from catalog.actions import certificates, documents, drafts
from catalog.certification import REMIND_DAYS, WITHDRAWABLE, Step, reminder_due
from catalog.models import Certificate, MerchantDocument, QualityPaper
from catalog.rules import certificate_state
from checkout.access import Seat
from checkout.models import Role
from storefront.console import labels
from storefront.console.certificate_forms import PROBLEMS, CertificateForm, PaperForm
from storefront.console.gate import console_page, show
from storefront.console.scans import send
from storefront.pages.private import see

ENTRY = "console:certificates"
_PAGE = 30
_DAY = timedelta(days=1)


def _own(seat: Seat, pk: int) -> Certificate:
    found = Certificate.objects.filter(pk=pk, merchant=seat.merchant).select_related("scheme", "region", "document")
    row = found.first()
    if row is None:
        raise Http404
    return row


@require_GET
@console_page(Role.LISTINGS)
def listing(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the certificates, those that end soon first, then what the merchant has to do."""
    now = timezone.now()
    rows = Certificate.objects.filter(merchant=seat.merchant).select_related("scheme", "region").order_by("-pk")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    soon = rows.filter(
        step=Step.APPROVED, revoked_at=None, valid_until__gt=now, valid_until__lte=now + max(REMIND_DAYS) * _DAY
    ).order_by("valid_until")[:_PAGE]
    context = {
        "page": page,
        "rows": [(row, _state(row, now)) for row in page],
        "soon": [(row, reminder_due(row.valid_until, now)) for row in soon],
    }
    return show(request, seat, "certificates.html", context, entry=ENTRY)


def _state(row: Certificate, now: datetime) -> str:
    """Return the step, or what an approved certificate says now."""
    if row.step != Step.APPROVED:
        return row.step
    return certificate_state(row.valid_from, row.valid_until, row.approved_at, row.revoked_at, now)


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Draft a certificate."""
    return _form(request, seat, None)


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def one(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Show one: as a form while it may be written, as it stands otherwise."""
    row = _own(seat, pk)
    if row.step in drafts.EDITABLE:
        return _form(request, seat, row)
    context = {
        "row": row,
        "state": _state(row, timezone.now()),
        "covered": row.coverage.select_related("product"),
        "log": row.events.all(),
        "may_withdraw": row.step in WITHDRAWABLE,
    }
    return show(request, seat, "certificate_seen.html", context, entry=ENTRY)


def _form(request: HttpRequest, seat: Seat, row: Certificate | None) -> HttpResponse:
    if request.method == "POST":
        form = CertificateForm(request.POST, request.FILES, merchant=seat.merchant, row=row)
        if form.is_valid() and _take(request, seat, form):
            return _write(request, seat, row, form)
    else:
        form = CertificateForm(merchant=seat.merchant, row=row)
    return _shown(request, seat, row, form)


def _shown(request: HttpRequest, seat: Seat, row: Certificate | None, form: CertificateForm) -> HttpResponse:
    for name, reason in (row.reasons if row and request.method == "GET" else {}).items():
        if name in form.fields:
            form.fields[name].returned = reason  # type: ignore[attr-defined]  # shown at the field
    context = {"row": row, "form": form, "whole": (row.reasons.get("") if row else ""), "reasons": row and row.reasons}
    status = 422 if form.errors or getattr(form, "refused", None) else 200
    return show(request, seat, "certificate.html", context, entry=ENTRY, status=status)


def _take(request: HttpRequest, seat: Seat, form: CertificateForm) -> bool:
    """Keep the scan that came along, if one did; say beside its field why it cannot be kept."""
    file = request.FILES.get("document")
    form.scan = None  # type: ignore[attr-defined]
    if file is None:
        return True
    try:
        if (file.size or 0) > uploads.MOST_BYTES:
            raise uploads.BadUpload("large")
        form.scan = documents.add(  # type: ignore[attr-defined]
            merchant_id=seat.merchant.pk,
            content=file.read(),
            name=file.name or "",
            actor=seat.actor,
            now=timezone.now(),
        )
    except uploads.BadUpload as error:
        form.add_error("document", labels.UPLOADS[error.reason])
        return False
    return True


def _write(request: HttpRequest, seat: Seat, row: Certificate | None, form: CertificateForm) -> HttpResponse:
    """Save; then send it in, if that is asked and it is whole. What is missing is said at its field."""
    scan: MerchantDocument | None = form.scan  # type: ignore[attr-defined]
    now = timezone.now()
    try:
        saved = drafts.save(
            merchant_id=seat.merchant.pk,
            certificate_id=row.pk if row else None,
            draft=form.draft(),
            document=scan,
            actor=seat.actor,
            now=now,
        )
    except drafts.NotEditable:
        messages.error(request, _("It is being reviewed; it was not changed."))
        return see(resolve_url(ENTRY, seat.merchant.slug))
    if "submit" not in request.POST:
        messages.success(request, _("The draft is saved."))
        return see(resolve_url("console:certificate", seat.merchant.slug, saved.pk))
    found = drafts.problems(saved, now=now)
    if not found and certificates.submit(certificate_id=saved.pk, actor=seat.actor, now=now):
        messages.success(request, _("The certificate is sent in. It is listed here until it is decided."))
        return see(resolve_url(ENTRY, seat.merchant.slug))
    if row is None:  # it exists now: what is still missing is asked for on its own page
        messages.warning(request, _("The draft is saved. Before it can be sent in:"))
        for name, reason in found.items():
            messages.warning(request, PROBLEMS[name, reason])
        return see(resolve_url("console:certificate", seat.merchant.slug, saved.pk))
    fresh = _own(seat, saved.pk)
    form.fields["document"].document = fresh.document  # type: ignore[attr-defined]
    for name, reason in found.items():
        form.add_error(name if name in form.fields else None, PROBLEMS[name, reason])
    return _shown(request, seat, fresh, form)


@require_POST
@console_page(Role.LISTINGS)
def withdraw(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Make what waits a draft again."""
    row = _own(seat, pk)
    if certificates.withdraw(certificate_id=row.pk, actor=seat.actor, now=timezone.now()):
        messages.success(request, _("It is a draft again."))
    else:
        messages.error(request, _("It has been decided meanwhile."))
    return see(resolve_url("console:certificate", seat.merchant.slug, row.pk))


@require_GET
@console_page(Role.LISTINGS)
def document(request: HttpRequest, seat: Seat, pk: int) -> HttpResponse:
    """Send the scan of one of the merchant's own certificates."""
    row = _own(seat, pk)
    if row.document is None:
        raise Http404
    return send(row.document)


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def papers(request: HttpRequest, seat: Seat) -> HttpResponse:
    """List the quality papers of lots, and record one."""
    form = PaperForm(request.POST if request.method == "POST" else None, merchant=seat.merchant)
    if request.method == "POST" and form.is_valid():
        values = form.values()
        if drafts.record_paper(merchant_id=seat.merchant.pk, actor=seat.actor, now=timezone.now(), **values):
            messages.success(request, _("The quality paper is recorded."))
            return see(resolve_url("console:papers", seat.merchant.slug))
        form.add_error("lot", _("This lot of the product is recorded already."))
    rows = QualityPaper.objects.filter(product__merchant=seat.merchant).select_related("product")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return show(request, seat, "papers.html", context, entry=ENTRY, status=422 if form.errors else 200)
