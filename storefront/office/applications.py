"""Merchants' applications: the queue, one of them with its papers beside it, and the decisions."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from catalog.actions import reviews
from catalog.models import ChangeRecord, MerchantApplication
from catalog.selectors import applications
from checkout import selectors
from storefront.console import mail
from storefront.console.labels import APPLICATION
from storefront.console.presenting import statement
from storefront.console.scans import send
from storefront.console.words import told
from storefront.office.base import Table, confirm, posted

RECOMMEND = "catalog.recommend_merchantapplication"
DECIDE = "catalog.decide_merchantapplication"
_TRAIL = 30
State = MerchantApplication.State


class DecisionForm(forms.Form):
    """A decision names the revision that was looked at: what was changed meanwhile is not decided on unseen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def arguments(cls, cleaned: dict) -> dict[str, Any]:
        """Return what the action is called with."""
        return dict(cleaned)


class OfficeForm(DecisionForm):
    """Which department recommends."""

    office = forms.CharField(label=_("Recommending department"), max_length=120, widget=UnfoldAdminTextInputWidget())


class NoteForm(DecisionForm):
    """A word to the applicant."""

    note = forms.CharField(
        label=_("Note to the applicant"), max_length=500, required=False, widget=UnfoldAdminTextareaWidget()
    )


class RejectForm(NoteForm):
    """A rejection gives its reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = True


class ReturnForm(NoteForm):
    """What is wrong, field by field; at least one thing is said."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in APPLICATION.items():
            self.fields[f"reason_{name}"] = forms.CharField(
                label=label, max_length=200, required=False, widget=UnfoldAdminTextInputWidget()
            )

    def clean(self) -> dict:
        """Ask for a reason."""
        cleaned = super().clean() or {}
        if not self.reasons(cleaned) and not cleaned.get("note"):
            raise forms.ValidationError(_("Please say what is wrong: in a note, or beside a field."))
        return cleaned

    @classmethod
    def arguments(cls, cleaned: dict) -> dict[str, Any]:
        """Return what the action is called with: the reasons in one."""
        return {"revision": cleaned["revision"], "note": cleaned["note"], "reasons": cls.reasons(cleaned)}

    @staticmethod
    def reasons(cleaned: dict) -> dict[str, str]:
        """Return field → what is wrong with it."""
        return {name: cleaned[f"reason_{name}"] for name in APPLICATION if cleaned.get(f"reason_{name}")}


def _actor(request: HttpRequest) -> str:
    return selectors.actor(request.user.pk)  # type: ignore[arg-type]  # of the staff, so signed in


@admin.register(MerchantApplication)
class ApplicationAdmin(Table):
    """The queue: what waits for the programme office first, then what waits for counties, oldest first."""

    list_display = ("legal_name", "region", "producer_type", "state", "submitted_at", "recommending_office")
    list_filter = ("state", "producer_type", "region__province_zh")
    list_select_related = ("region", "merchant")
    search_fields = ("legal_name", "credit_code", "merchant__name_zh", "region__name_zh")
    show_facets = admin.ShowFacets.ALWAYS

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave out what was never handed in: a draft is its writer's business."""
        return super().get_queryset(request).filter(revision__gt=0)

    def get_ordering(self, request: HttpRequest) -> list:
        """Put what waits first."""
        waits = {State.RECOMMENDED: 0, State.SUBMITTED: 1, State.RETURNED: 2, State.DRAFT: 2}
        whens = [When(state=state, then=Value(rank)) for state, rank in waits.items()]
        return [Case(*whens, default=Value(3)).asc(), "submitted_at"]

    def get_urls(self) -> list:
        """Add the decisions and the documents."""
        decisions = {
            "recommend": self.recommend,
            "approve": self.approve,
            "return": self.give_back,
            "reject": self.reject,
        }
        view = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{verb}/", view(page), name=f"catalog_merchantapplication_{verb}")
            for verb, page in decisions.items()
        ]
        name = "catalog_merchantapplication_document"
        return [*own, path("<int:pk>/documents/<slug:token>/", view(self.document), name=name), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        """Show an application: what is stated, the papers beside it, what was done, and what may be decided."""
        if not self.has_view_permission(request) or request.method != "GET":
            raise PermissionDenied
        row = self._get(object_id)
        trail = list(ChangeRecord.objects.filter(merchant=row.merchant_id)[:_TRAIL])
        people = selectors.named(each.actor for each in trail)
        context = {
            **self.admin_site.each_context(request),
            "title": row.legal_name or row.merchant.name_zh,
            "opts": self.model._meta,
            "row": row,
            "statement": statement(row),
            "decisions": list(self._open(request, row)),
            "trail": [told(each, people) for each in trail],
        }
        return TemplateResponse(request, "office/application.html", context)

    @staticmethod
    def _get(object_id: int | str) -> MerchantApplication:
        row = applications.application_for_review(int(object_id)) if str(object_id).isdecimal() else None
        if row is None or not row.revision:
            raise Http404
        return row

    @staticmethod
    def _open(request: HttpRequest, row: MerchantApplication) -> Iterable[tuple[str, str, bool]]:
        """Yield (address, words, whether it is the way on) of the decisions that this person may take now."""
        can_recommend, can_decide = request.user.has_perm(RECOMMEND), request.user.has_perm(DECIDE)
        verbs = []
        if row.state == State.SUBMITTED and can_recommend:
            verbs.append(("recommend", gettext("Recommend"), True))
        if row.state == State.RECOMMENDED and can_decide:
            verbs.append(("approve", gettext("Approve the application"), True))
        is_county_s = row.state == State.SUBMITTED and can_recommend
        if row.state in MerchantApplication.IN_REVIEW and (can_decide or is_county_s):
            verbs.append(("return", gettext("Return"), False))
        if row.state in MerchantApplication.IN_REVIEW and can_decide:
            verbs.append(("reject", gettext("Reject"), False))
        for verb, words, is_main in verbs:
            address = reverse(f"admin:catalog_merchantapplication_{verb}", args=[row.pk])
            yield f"{address}?revision={row.revision}", words, is_main

    def document(self, request: HttpRequest, pk: int, token: str) -> HttpResponse:
        """Send a scan that this application shows."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self._get(pk)
        shown = (row.licence, row.food_permit, row.benefit_evidence)
        found = next((each for each in shown if each is not None and each.token == token), None)
        if found is None:
            raise Http404
        return send(found)

    def recommend(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A county's department stands for the applicant."""
        return self._decide(
            request,
            pk,
            form=OfficeForm,
            permission=RECOMMEND,
            title=gettext("Recommend %(name)s"),
            text=gettext(
                "The department answers for origin, supply and benefit. The programme office decides after that."
            ),
            act=reviews.recommend,
            done=gettext("The recommendation is recorded."),
        )

    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The programme office approves."""
        return self._decide(
            request,
            pk,
            form=NoteForm,
            permission=DECIDE,
            title=gettext("Approve the application of %(name)s"),
            text=gettext("The merchant becomes what it stated, and may sell its certified products."),
            act=reviews.approve,
            done=gettext("The application is approved."),
        )

    def give_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Something is wrong that the applicant can mend. What a county has recommended is the office's to return."""
        is_county_s = self._get(pk).state == State.SUBMITTED and not request.user.has_perm(DECIDE)
        return self._decide(
            request,
            pk,
            form=ReturnForm,
            permission=RECOMMEND if is_county_s else DECIDE,
            title=gettext("Return %(name)s"),
            text=gettext("The applicant reads each reason beside its field, and hands the application in again."),
            act=reviews.give_back,
            done=gettext("The application is returned."),
        )

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The applicant is refused."""
        return self._decide(
            request,
            pk,
            form=RejectForm,
            permission=DECIDE,
            title=gettext("Reject %(name)s"),
            text=gettext("The application ends. What was approved before stays; the applicant may apply anew."),
            act=reviews.reject,
            done=gettext("The application is rejected."),
        )

    def _decide(
        self,
        request: HttpRequest,
        pk: int,
        *,
        form: type[DecisionForm],
        permission: str,
        title: str,
        text: str,
        act: Callable[..., None],
        done: str,
    ) -> HttpResponse:
        """Ask, then decide and write to the applicant. Nobody decides on a merchant that they work for."""
        row = self._get(pk)
        if _actor(request) in selectors.known_to(row.merchant_id):
            raise PermissionDenied
        seen = request.GET.get("revision", "")
        initial = {"revision": int(seen) if seen.isdecimal() else row.revision}

        def decide(given: dict) -> list[str]:
            act(application_id=pk, actor=_actor(request), now=timezone.now(), **form.arguments(given))
            told_them = gettext("The applicant is written to.")
            return [done, told_them if mail.tell_decision(pk) else gettext("The applicant could not be written to.")]

        return confirm(
            self,
            request,
            obj=row,
            permission=permission,
            title=title % {"name": row.legal_name},
            text=text,
            form=form(posted(request), initial=initial),
            act=decide,
            refusal=reviews.AlreadyDecided,
        )


@admin.register(ChangeRecord)
class ChangeAdmin(Table):
    """The audit trail of all merchants."""

    list_display = ("at", "merchant", "actor", "action", "subject_label")
    list_filter = ("action", "at")
    list_select_related = ("merchant",)
    search_fields = ("merchant__name_zh", "subject_label", "actor")
