"""Articles: written here in an editor, looked at in a preview, and published by their dates."""

import csv
import secrets

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_noop, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.contrib.forms.widgets import WysiwygWidget
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget, UnfoldBooleanSwitchWidget

from catalog import pictures
from catalog.illustrations import KINDS_FILE
from storefront import rich_text
from storefront.models import Article
from storefront.office.base import column

_BODIES = ("body_zh", "body_hant", "body_en")
_FOLDED: dict[str, tuple[str, ...]] = {"classes": ("collapse",)}
_REFUSALS = {
    "large": _("The picture is too large: at most 10 MB."),
    "small": _("The picture is too small: it must be at least 640 pixels wide."),
    **dict.fromkeys(
        ("kind", "empty", "broken"), _("This is no picture that can be read. Please choose a JPEG, PNG or WebP file.")
    ),
    "shape": _("The picture is too long and narrow."),
}
_SHAPE, _WIDTHS = (1280, 720), (480, 1280)  # px; the widths are named in `parts/article_picture.html`

# What the editor's buttons and the fields say. The admin comes without Chinese for them, and looks into our catalogue.
EDITOR = (
    *(gettext_noop("Choose file to upload"), gettext_noop("Date")),
    *(gettext_noop("Paragraph"), gettext_noop("Underlined"), gettext_noop("Bold"), gettext_noop("Italic")),
    *(gettext_noop("Strike"), gettext_noop("Link"), gettext_noop("Unlink"), gettext_noop("Enter an URL")),
    *(gettext_noop("Heading"), gettext_noop("Quote"), gettext_noop("Code"), gettext_noop("Unordered list")),
    *(gettext_noop("Ordered list"), gettext_noop("Indent increase"), gettext_noop("Indent decrease")),
    *(gettext_noop("Undo"), gettext_noop("Redo")),
)


def _drawings() -> list[tuple[str, str]]:
    """Return the kinds of products that have a drawing, in the reader's language."""
    field = "name_en" if get_language() == "en" else "name_zh"
    with KINDS_FILE.open(encoding="utf-8", newline="") as file:
        return [("", "—"), *((row["kind"], row[field]) for row in csv.DictReader(file))]


class ArticleForm(forms.ModelForm):
    """What the office writes. Texts are cleaned and a picture is decoded before anything is kept."""

    upload = forms.FileField(
        label=pgettext_lazy("article", "Picture"),
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        help_text=_("JPEG, PNG or WebP, at least 640 pixels wide. It is cut to 16:9 around its middle."),
    )
    remove_picture = forms.BooleanField(label=_("Remove the picture"), required=False, widget=UnfoldBooleanSwitchWidget)
    drawing = forms.ChoiceField(
        label=_("Drawing where there is no picture"),
        required=False,
        choices=_drawings,
        widget=UnfoldAdminSelectWidget,
    )

    class Meta:
        model = Article
        fields = _BODIES  # the fieldsets of the page name the others
        widgets = dict.fromkeys(_BODIES, WysiwygWidget)

    def clean_slug(self) -> str:
        """Return the name in addresses; a new one where it was left empty."""
        return self.cleaned_data["slug"] or f"{timezone.localdate():%Y%m%d}-{secrets.token_hex(3)}"

    def clean_upload(self):
        """Return the picture as it will be kept."""
        given = self.cleaned_data["upload"]
        if not given:
            return None
        try:
            if given.size > pictures.MOST_BYTES:
                raise pictures.BadPicture("large")
            return pictures.cropped(pictures.examine(given.read()), _SHAPE)
        except pictures.BadPicture as error:
            raise forms.ValidationError(_REFUSALS[error.reason]) from None

    def clean(self) -> dict:
        """Clean the texts, and refuse one that is empty without its markup."""
        found = super().clean() or self.cleaned_data
        for name in _BODIES:
            if name in found:
                found[name] = rich_text.clean(found[name])
        if not found.get("body_zh") and "body_zh" not in self.errors:
            self.add_error("body_zh", forms.Field.default_error_messages["required"])
        return found


@admin.register(Article)
class ArticleAdmin(ModelAdmin):
    """Articles. None is deleted: a published address stays known, and an end takes it off the site."""

    form = ArticleForm
    list_display = ("title_zh", column("kind"), column("region"), "state", "published_from")
    list_filter = ("kind",)
    list_select_related = ("region",)
    search_fields = ("title_zh", "title_en", "slug", "region__name_zh")
    ordering = ("-changed_at",)
    autocomplete_fields = ("region",)
    readonly_fields = ("shown_picture",)
    actions_detail = ("preview",)
    fieldsets = (
        (None, {"fields": ("kind", "title_zh", "summary_zh", "body_zh")}),
        (_("Place"), {"fields": ("region", "village_zh", "village_en")}),
        (
            pgettext_lazy("article", "Picture"),
            {"fields": ("shown_picture", "upload", "remove_picture", "picture_zh", "picture_en", "drawing")},
        ),
        (_("Publication"), {"fields": ("published_from", "published_until", "slug")}),
        (pgettext_lazy("article", "English"), {**_FOLDED, "fields": ("title_en", "summary_en", "body_en")}),
        (_("Traditional Chinese"), {**_FOLDED, "fields": ("title_hant", "summary_hant", "body_hant")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool) -> None:
        """Keep the article, and its picture where one was uploaded or taken away."""
        if form.cleaned_data["upload"]:
            obj.picture = pictures.keep(form.cleaned_data["upload"], owner="article", widths=_WIDTHS)
        elif form.cleaned_data["remove_picture"]:
            obj.picture = ""
        super().save_model(request, obj, form, change)

    @display(description=_("State"))
    def state(self, article: Article) -> str:
        """Say who sees it now."""
        now = timezone.now()
        if article.published_from is None:
            return gettext("Draft")
        if article.published_until and article.published_until <= now:
            return gettext("Ended")
        return pgettext("article", "Published") if article.published_from <= now else gettext("Scheduled")

    @display(description=_("Present picture"))
    def shown_picture(self, article: Article) -> str:
        """Show the picture that is kept."""
        if not article.picture:
            return "—"
        return format_html('<img src="/pictures/{}-480.jpg" alt="" width="240" height="135">', article.picture)

    @action(description=_("Preview"), url_path="preview", permissions=["view"])
    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Lead to the article as it will look."""
        return redirect("article_preview", slug=get_object_or_404(Article, pk=object_id).slug)
