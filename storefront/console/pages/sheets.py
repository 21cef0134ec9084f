"""Spreadsheets of a merchant: templates, uploads with their dry run, the choice, progress, exports, history."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog import tasks
from catalog.actions import sheet_jobs
from catalog.models import SheetJob
from catalog.sheets import books, pieces
from catalog.sheets.cells import Bad
from catalog.sheets.lookups import Lookups
from catalog.sheets.problems import text
from checkout.access import Seat
from checkout.models import Role
from storefront.console import sheet_view
from storefront.console.gate import console_page, show
from storefront.forms.sheets import ChoiceForm, ExportForm, UploadForm
from storefront.pages.private import see

_PAGE = 20
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def sheets(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what was sent in and out; take a file and let it be checked."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = sheet_jobs.send_in(
                merchant=seat.merchant,
                sheet=form.cleaned_data["sheet"],
                file=file,
                size=file.size,
                name=file.name,
                language=get_language() or "zh-hans",
                actor=seat.actor,
                now=timezone.now(),
            )
        except Bad as bad:
            form.add_error("file", text(form.cleaned_data["sheet"], bad.code, bad.details))
        else:
            tasks.wake_sheets()
            return see(resolve_url("console:sheet_job", seat.merchant.slug, job.pk))
    page = Paginator(SheetJob.objects.filter(merchant=seat.merchant), _PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "export_form": ExportForm(), "page": page, "kinds": SheetJob.Sheet.choices}
    status = 400 if form.errors else 200
    return show(request, seat, "sheets.html", context, entry="console:sheets", status=status)


@require_GET
@console_page(Role.LISTINGS)
def template(request: HttpRequest, seat: Seat, sheet: str) -> HttpResponse:
    """Send an empty file with the columns, lists to choose from, and explanations, in the reader's language."""
    if sheet not in SheetJob.Sheet:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        books.write_xlsx(path, sheet, [], Lookups(seat.merchant.pk))
        answer = HttpResponse(path.read_bytes(), content_type=_TYPES["xlsx"])
    name = f"{SheetJob.Sheet(sheet).label}-{gettext('template')}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


@require_POST
@console_page(Role.LISTINGS)
def export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Let an export be written."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Please choose what to export."))
        return see(resolve_url("console:sheets", seat.merchant.slug))
    job = sheet_jobs.export(
        merchant=seat.merchant,
        sheet=form.cleaned_data["sheet"],
        format_=form.cleaned_data["format"],
        language=get_language() or "zh-hans",
        actor=seat.actor,
        now=timezone.now(),
    )
    tasks.wake_sheets()
    return see(resolve_url("console:sheet_job", seat.merchant.slug, job.pk))


def find(seat: Seat, job: int) -> SheetJob:
    """Return a job of this merchant. Raises Http404."""
    found = SheetJob.objects.filter(merchant=seat.merchant, pk=job).first()
    if found is None:
        raise Http404
    return found


@require_GET
@console_page(Role.LISTINGS)
def sheet_job(request: HttpRequest, seat: Seat, job: int) -> HttpResponse:
    """Show how far a job is, what its check found, and what can be done now."""
    view = sheet_view.build(find(seat, job))
    return show(request, seat, "sheet_job.html", {"job": view.job, "view": view}, entry="console:sheets")


@require_GET
@console_page(Role.LISTINGS)
def sheet_state(request: HttpRequest, seat: Seat, job: int) -> JsonResponse:
    """Answer how far a job is; its page asks once a second and shows itself anew when `mark` changes."""
    found = find(seat, job)
    return JsonResponse({"mark": found.state, "percent": sheet_view.percent(found), "told": sheet_view.told(found)})


@require_POST
@console_page(Role.LISTINGS)
def sheet_decide(request: HttpRequest, seat: Seat, job: int) -> HttpResponse:
    """Let a checked file be written."""
    found, form = find(seat, job), ChoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Please choose which rows to import."))
    elif sheet_jobs.decide(job=found, choice=form.cleaned_data["choice"], actor=seat.actor, now=timezone.now()):
        tasks.wake_sheets()
    else:
        messages.warning(request, gettext("This file is not waiting for a decision any more."))
    return see(resolve_url("console:sheet_job", seat.merchant.slug, job))


@require_POST
@console_page(Role.LISTINGS)
def sheet_stop(request: HttpRequest, seat: Seat, job: int) -> HttpResponse:
    """Stop a job; what was written stays."""
    if not sheet_jobs.stop(job=find(seat, job), now=timezone.now()):
        messages.warning(request, gettext("It was over already."))
    return see(resolve_url("console:sheet_job", seat.merchant.slug, job))


@require_GET
@console_page(Role.LISTINGS)
def sheet_file(request: HttpRequest, seat: Seat, job: int) -> StreamingHttpResponse:
    """Send the file of an export, or the report of an import."""
    found = find(seat, job)
    if not pieces.has(found, pieces.Part.RESULT):
        raise Http404
    is_export = found.verb == SheetJob.Verb.EXPORT
    format_ = found.format if is_export else "xlsx"
    name = found.file_name if is_export else f"{Path(found.file_name).stem}-{gettext('report')}.xlsx"
    answer = StreamingHttpResponse(pieces.file_of(found, pieces.Part.RESULT), content_type=_TYPES[format_])
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
