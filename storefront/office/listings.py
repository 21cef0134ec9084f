"""The queue of listings: what is asked, beside what was said before, decided one by one or several at once.

Whoever was slower is told so: what is decided on is what was looked at. Nobody decides for a merchant that they work
for. A listing that has never been on sale goes there only with its merchant's approval and a certificate (rule 9).
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from catalog import listings
from catalog.actions import listing_reviews as actions
from catalog.kinds import kinds
from catalog.listing_content import content_of
from catalog.models import AidedRegion, Category, ListingRevision
from catalog.selectors import listing_states as queue
from catalog.selectors.applications import region_label
from catalog.selectors.listing_states import Filters, obstacles
from checkout import selectors
from storefront.console.listing_labels import LISTING, OBSTACLES, PROCESSING, RETURN_RULES, STORAGE
from storefront.listing_preview import preview
from storefront.office.base import Table

DECIDE = "catalog.decide_listingrevision"
MOST_AT_ONCE = 100
_SHOWN = 100
_AGES = (1, 3, 7, 30)
State = ListingRevision.State
_STATES = ((State.SUBMITTED, _("In review")), (State.RETURNED, _("Returned")), (State.APPROVED, _("Approved")))
_CHOICES: dict[str, dict] = {"storage": STORAGE, "processing": PROCESSING, "return_rule": RETURN_RULES}
_CHANGED = _("%(name)s: somebody else has decided in the meantime, or the merchant has taken it back.")
_OWN = _("%(name)s: you work for this merchant; another person must decide.")


class DecisionForm(forms.Form):
    """What is decided, and what is wrong: in a note, or field by field."""

    move = forms.ChoiceField(choices=[("approve", "approve"), ("return", "return")])
    note = forms.CharField(max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in LISTING:
            self.fields[f"reason_{name}"] = forms.CharField(max_length=200, required=False)

    def reasons(self) -> dict[str, str]:
        """Return field → what is wrong with it."""
        return {name: self.cleaned_data[f"reason_{name}"] for name in LISTING if self.cleaned_data[f"reason_{name}"]}


@dataclass(frozen=True)
class Line:
    """A field as the reviewer sees it; `before` is what buyers read now, None where nothing of it changes."""

    name: str
    label: str
    text: str
    before: str | None
    reason: str


@admin.register(ListingRevision)
class ListingAdmin(Table):
    """Listings that merchants handed in."""

    def get_urls(self) -> list:
        """Add the decision and the preview; the list is the queue."""
        view = self.admin_site.admin_view
        name = "catalog_listingrevision"
        return [
            path("decide/", view(self.decide), name=f"{name}_decide"),
            path("<int:pk>/preview/", view(self.preview), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show what waits, and one case. `?case=` names it; else it is the first."""
        _may_look(self, request)
        now = timezone.now()
        filters = _filters(request)
        found = queue.waiting(filters, at=now)
        rows = list(found[:_SHOWN])
        case = _chosen(request, rows)
        before, after = _neighbours([row.pk for row in rows], case.pk if case else None)
        kept = {
            "state": filters.state,
            "category": filters.category,
            "province": filters.province,
            "days": filters.days or "",
        }
        may_decide = request.user.has_perm(DECIDE)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Listings to review"),
            "opts": self.model._meta,
            "rows": rows,
            "count": found.count(),
            "filters": filters,
            "kept": kept,
            "query": urlencode(kept),
            "states": _STATES,
            "categories": Category.objects.all(),
            "provinces": _provinces(),
            "ages": _AGES,
            "case": case,
            "lines": _lines(case) if case else (),
            "obstacles": _obstacles(case, now) if case else (),
            "before": before,
            "after": after,
            "may_decide": may_decide and case is not None and case.state == State.SUBMITTED,
            "bulk": may_decide and filters.state == State.SUBMITTED,
        }
        return TemplateResponse(request, "office/listing_queue.html", context)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        """Lead to the case in the queue."""
        _may_look(self, request)
        row = queue.case(int(object_id)) if object_id.isdecimal() else None
        if row is None:
            raise Http404
        query = urlencode({"state": row.state, "case": row.pk})
        return HttpResponseRedirect(f"{reverse('admin:catalog_listingrevision_changelist')}?{query}")

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page that a buyer would see."""
        _may_look(self, request)
        row = queue.case(pk)
        if row is None:
            raise Http404
        back = f"{reverse('admin:catalog_listingrevision_changelist')}?{urlencode({'state': row.state, 'case': pk})}"
        fields = row.fields if row.state in ListingRevision.OPEN else {}
        return preview(request, row.product, fields, back=back, at=timezone.now())

    def decide(self, request: HttpRequest) -> HttpResponse:
        """Decide on the cases that were marked, each by itself; say of each that could not be decided, why."""
        if request.method != "POST" or not request.user.has_perm(DECIDE):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        keys = [int(key) for key in request.POST.getlist("case") if key.isdecimal()][:MOST_AT_ONCE]
        chosen = queue.revisions(keys)
        if not form.is_valid() or not chosen:
            messages.warning(request, gettext("Nothing was marked."))
            return _back(request, following="")
        if form.cleaned_data["move"] == "return" and not (form.cleaned_data["note"] or form.reasons()):
            messages.error(request, gettext("Please say what is wrong: in a note, or beside a field."))
            return _back(request, following=str(keys[0]))
        done = sum(_decide(request, chosen[key], form) for key in keys if key in chosen)
        if done:
            words = ngettext("%(count)s listing is decided.", "%(count)s listings are decided.", done)
            messages.success(request, words % {"count": done})
        return _back(request, following=request.POST.get("next", "")[:20])


def _may_look(page: ModelAdmin, request: HttpRequest) -> None:
    if not page.has_view_permission(request):
        raise PermissionDenied


def _filters(request: HttpRequest) -> Filters:
    asked = request.GET
    days = asked.get("days", "")
    return Filters(
        state=asked["state"] if asked.get("state") in dict(_STATES) else State.SUBMITTED,
        category=asked.get("category", "")[:40],
        province=asked.get("province", "")[:6],
        days=int(days) if days in {str(age) for age in _AGES} else 0,
    )


def _provinces() -> list[tuple[str, str]]:
    name = "province_en" if get_language() == "en" else "province_zh"
    return list(AidedRegion.objects.order_by("province_code").values_list("province_code", name).distinct())


def _chosen(request: HttpRequest, rows: list[ListingRevision]) -> ListingRevision | None:
    asked = request.GET.get("case", "")
    if asked.isdecimal() and len(asked) < 18:
        return queue.case(int(asked))
    return queue.case(rows[0].pk) if rows else None


def _neighbours(keys: list[int], case: int | None) -> tuple[int | None, int | None]:
    """Return the cases before and after; one that is not in the list stands before it."""
    if case not in keys:
        return None, (keys[0] if keys else None)
    place = keys.index(case)
    return (keys[place - 1] if place else None), (keys[place + 1] if place + 1 < len(keys) else None)


def _lines(case: ListingRevision) -> list[Line]:
    """Return what a case says, field by field; of a change what it changes, first."""
    content = content_of(case.product)
    own = listings.fields_of_kind(case.product.line_kind)
    is_open = case.state in ListingRevision.OPEN
    found = []
    for name in (name for name in LISTING if name in own):
        is_changed = is_open and name in case.fields
        text = _text(name, case.fields[name] if is_changed else content[name])
        if text or is_changed:
            before = _text(name, content[name]) if is_changed else None
            found.append(Line(name, str(LISTING[name]), text, before, case.reasons.get(name, "")))
    return sorted(found, key=lambda line: line.before is None)


def _text(name: str, value: Any) -> str:
    english = get_language() == "en"
    if value in (None, ""):
        return ""
    if name == "category":
        row = Category.objects.get(pk=value)
        return row.name_en if english else row.name_zh
    if name == "region":
        return region_label(AidedRegion.objects.get(pk=value), english=english)
    if name == "kind" and value in kinds():
        return kinds()[value].name_en if english else kinds()[value].name_zh
    return str(_CHOICES.get(name, {}).get(value, value))


def _obstacles(case: ListingRevision, now) -> list:
    product = case.product
    return [OBSTACLES[code] for code in obstacles(product.pk, merchant_id=product.merchant_id, at=now)]


def _decide(request: HttpRequest, row: ListingRevision, form: DecisionForm) -> bool:
    named = {"name": row.product.name_zh}
    actor = selectors.actor(request.user.pk)  # type: ignore[arg-type]  # of the staff, so signed in
    if actor in selectors.known_to(row.product.merchant_id):
        messages.error(request, _OWN % named)
        return False
    seen = request.POST.get(f"seen-{row.pk}", "")
    whose: dict[str, Any] = {
        "revision_id": row.pk,
        "revision": int(seen) if seen.isdecimal() and len(seen) < 9 else -1,
        "actor": actor,
        "now": timezone.now(),
    }
    try:
        if form.cleaned_data["move"] == "approve":
            actions.approve(**whose)
        else:
            actions.give_back(reasons=form.reasons(), note=form.cleaned_data["note"], **whose)
    except actions.AlreadyDecided:
        messages.error(request, _CHANGED % named)
        return False
    except actions.NotReady as error:
        messages.error(request, " ".join([f"{row.product.name_zh}:", *(str(OBSTACLES[c]) for c in error.obstacles)]))
        return False
    return True


def _back(request: HttpRequest, *, following: str) -> HttpResponse:
    """Go back to the list as it was filtered, to the case after the one that was decided."""
    kept = {name: request.POST.get(name, "")[:40] for name in ("state", "category", "province", "days")}
    query = {name: value for name, value in kept.items() if value} | ({"case": following} if following else {})
    return HttpResponseRedirect(f"{reverse('admin:catalog_listingrevision_changelist')}?{urlencode(query)}")
