"""The reviewers' queue: cases beside their documents, decided one by one or several at once.

The county's people recommend, the platform's approve; each sees the cases of the desk they may sit at. Whoever was
slower is told so: what is decided on is what was looked at.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from unfold.admin import ModelAdmin

from catalog.actions import certificates
from catalog.certification import Desk, Move, desk
from catalog.models import Certificate, MerchantDocument
from catalog.selectors import certificate_queue
from catalog.selectors.certificate_queue import AGES, STATES, Filters
from checkout.selectors import actor, known_to
from storefront.console.scans import send
from storefront.office.certificate_forms import DecisionForm

MOST_AT_ONCE = 50
PERMISSIONS = {Desk.COUNTY: "catalog.recommend_certificate", Desk.PLATFORM: "catalog.approve_certificate"}
_STATES = (
    (Desk.PLATFORM, _("Waits for the platform")),
    (Desk.COUNTY, _("Waits for the county")),
    ("returned", _("Returned")),
    ("rejected", _("Rejected")),
    ("approved", _("Approved")),
)
_REFUSALS = {
    certificates.CHANGED: _("%(number)s: somebody else has decided in the meantime, or it was sent in anew."),
    certificates.OWN_CASE: _("%(number)s: you sent it in or recommended it; another person must decide."),
    certificates.NO_REASON: _("%(number)s: a reason is needed."),
    certificates.NUMBER_TAKEN: _("%(number)s: another certificate of this number is approved."),
}


def desks(request: HttpRequest) -> frozenset[Desk]:
    """Return the desks that this member of staff may sit at."""
    return frozenset(at for at, permission in PERMISSIONS.items() if request.user.has_perm(permission))


@require_GET
def queue(request: HttpRequest, page: ModelAdmin) -> HttpResponse:
    """Show what waits, and one case beside its document. `?case=` names it; else it is the first."""
    mine = _mine(request)
    now = timezone.now()
    filters = _filters(request, mine)
    rows = certificate_queue.waiting(filters, at=now)
    schemes, counties = certificate_queue.choices(filters, at=now)
    case = _chosen(request, rows)
    before, after = _neighbours(rows, case)
    kept = {"state": filters.state, "scheme": filters.scheme, "county": filters.county, "days": filters.days or ""}
    context = {
        **page.admin_site.each_context(request),
        "title": gettext("Review queue"),
        "rows": rows,
        "count": certificate_queue.count(filters, at=now),
        "counted": certificate_queue.COUNTED,
        "filters": filters,
        "query": urlencode(kept),
        "kept": kept,
        "states": _STATES,
        "schemes": schemes,
        "counties": counties,
        "ages": AGES,
        "case": case,
        "stamp": certificates.stamp(case.certificate) if case else "",
        "before": before,
        "after": after,
        "moves": _moves(case.certificate, mine) if case else (),
        "bulk": _bulk(filters, mine),
        "fields": DecisionForm.base_fields["field"].choices,  # type: ignore[attr-defined]
        "now": now,
    }
    return TemplateResponse(request, "office/certificate_queue.html", context)


def _mine(request: HttpRequest) -> frozenset[Desk]:
    mine = desks(request)
    if not mine and not request.user.has_perm("catalog.view_certificate"):
        raise PermissionDenied
    return mine


def _filters(request: HttpRequest, mine: frozenset[Desk]) -> Filters:
    asked = request.GET
    own = Desk.COUNTY if mine == {Desk.COUNTY} else Desk.PLATFORM
    days = asked.get("days", "")
    return Filters(
        state=asked["state"] if asked.get("state") in STATES else own.value,
        scheme=asked.get("scheme", "")[:40],
        county=asked.get("county", "")[:20],
        days=int(days) if days in {str(age) for age in AGES} else 0,
    )


def _chosen(request: HttpRequest, rows: list[Certificate]) -> certificate_queue.Case | None:
    asked = request.GET.get("case", "")
    if asked.isdecimal() and len(asked) < 18:
        return certificate_queue.case(int(asked))
    return certificate_queue.case(rows[0].pk) if rows else None


def _neighbours(rows: list[Certificate], case: certificate_queue.Case | None) -> tuple[int | None, int | None]:
    """Return the cases before and after; one that is not in the list stands before it."""
    keys = [row.pk for row in rows]
    if case is None or case.certificate.pk not in keys:
        return None, (keys[0] if keys else None)
    place = keys.index(case.certificate.pk)
    return (keys[place - 1] if place else None), (keys[place + 1] if place + 1 < len(keys) else None)


def _moves(certificate: Certificate, mine: frozenset[Desk]) -> tuple[str, ...]:
    at = desk(certificate.step, needs_county=certificate.scheme.needs_county)
    return _at(at) if at in mine else ()


def _bulk(filters: Filters, mine: frozenset[Desk]) -> tuple[str, ...]:
    return tuple(move for move in _at(filters.state) if move != Move.REJECT) if filters.state in mine else ()


def _at(at: str | None) -> tuple[str, ...]:
    if at == Desk.COUNTY:
        return (Move.RECOMMEND, Move.RETURN)
    return (Move.APPROVE, Move.RETURN, Move.REJECT) if at == Desk.PLATFORM else ()


@require_POST
def decide(request: HttpRequest, page: ModelAdmin) -> HttpResponse:
    """Decide on the cases that were marked, each by itself; say of each that could not be decided, why."""
    form = DecisionForm(request.POST)
    keys = [key for key in request.POST.getlist("case") if key.isdecimal()][:MOST_AT_ONCE]
    if not form.is_valid() or not keys:
        messages.warning(request, gettext("Nothing was marked."))
        return _back(request)
    chosen = Certificate.objects.select_related("scheme").in_bulk([int(key) for key in keys])
    done = 0
    for certificate in chosen.values():
        done += _decide(request, certificate, form.cleaned_data)
    if done:
        messages.success(
            request, ngettext("%(count)s case is decided.", "%(count)s cases are decided.", done) % {"count": done}
        )
    return _back(request)


def _decide(request: HttpRequest, certificate: Certificate, wanted: dict[str, Any]) -> bool:
    # The desk at which it lies now; the action compares it with what the reviewer saw.
    at = desk(certificate.step, needs_county=certificate.scheme.needs_county)
    if at in PERMISSIONS and not request.user.has_perm(PERMISSIONS[at]):
        raise PermissionDenied
    who = actor(request.user.pk)  # type: ignore[arg-type]  # of the staff, so signed in
    try:
        if who in known_to(certificate.merchant_id):  # nobody decides on a merchant that they work for
            raise certificates.Refused(certificates.OWN_CASE)
        certificates.decide(
            certificate_id=certificate.pk,
            move=Move(wanted["move"]),
            desk=at or Desk.PLATFORM,
            actor=who,
            seen=request.POST.get(f"seen-{certificate.pk}", ""),
            now=timezone.now(),
            reason=wanted["reason"],
            field=wanted["field"],
        )
    except certificates.Refused as refused:
        messages.error(request, _REFUSALS[refused.code] % {"number": certificate.number})
        return False
    return True


def _back(request: HttpRequest) -> HttpResponse:
    """Go back to the list as it was filtered, to the case after the one that was decided."""
    known: Iterable[str] = ("state", "scheme", "county", "days", "next")
    kept = {name: request.POST.get(name, "")[:40] for name in known}
    following = kept.pop("next")
    query = {name: value for name, value in kept.items() if value} | ({"case": following} if following else {})
    return HttpResponseRedirect(f"{reverse('admin:catalog_certificate_queue')}?{urlencode(query)}")


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the scan of a certificate to somebody who may decide on it."""
    _mine(request)
    scan = MerchantDocument.objects.filter(pk__in=Certificate.objects.filter(pk=pk).values("document")).first()
    if scan is None:
        raise Http404
    return send(scan)
