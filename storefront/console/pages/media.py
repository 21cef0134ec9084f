"""The pictures of a product: adding several at once, putting them in order, saying what they show, deleting."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalog import pictures
from catalog.actions import media as actions
from catalog.models import Product
from catalog.selectors.media import media_of
from checkout.access import Seat
from checkout.models import Role
from storefront.console.gate import console_page, show
from storefront.console.listing import own_product
from storefront.pages.private import see

ENTRY = "console:listings"
_REFUSALS: dict[str, Any] = {
    "empty": gettext_lazy("the file is empty."),
    "large": gettext_lazy("the file is too large: 10 MB and 60 million pixels at most."),
    "small": gettext_lazy("the picture is too small: it must be at least 640 pixels wide."),
    "shape": gettext_lazy("the picture is too long and narrow."),
    "kind": gettext_lazy("this is no JPEG, PNG or WebP picture, whatever its name says."),
    "broken": gettext_lazy("the picture is damaged and cannot be read."),
    "many": gettext_lazy("there are already as many pictures as a product may have."),
    "twice": gettext_lazy("this picture is there already."),
}


class DescriptionForm(forms.Form):
    """What a picture shows, in both languages."""

    alt_zh = forms.CharField(label=gettext_lazy("What the picture shows"), max_length=120, required=False)
    alt_en = forms.CharField(label=gettext_lazy("What the picture shows (English)"), max_length=160, required=False)


def media_context(product: Product) -> dict[str, Any]:
    """Return what `console/listing_media.html` shows, for every page that includes it."""
    rows = media_of([product.pk]).get(product.pk, ())
    described = [
        (row, DescriptionForm(initial={"alt_zh": row.alt_zh, "alt_en": row.alt_en}, auto_id=f"id_{row.id}_%s"))
        for row in rows
    ]
    return {"product": product, "pictures": described, "most_pictures": actions.MOST}


@require_http_methods(["GET", "POST"])
@console_page(Role.LISTINGS)
def pictures_of(request: HttpRequest, seat: Seat, product: int) -> HttpResponse:
    """Show the pictures; POST adds those that are sent, and says of each one that is refused why."""
    found = own_product(seat, product)
    if request.method == "POST":
        _add(request, found, request.FILES.getlist("files"), seat.actor)
        return see(resolve_url("console:listing_media", seat.merchant.slug, found.pk))
    return show(request, seat, "listing_media_page.html", media_context(found), entry=ENTRY)


def _add(request: HttpRequest, product: Product, files: list[UploadedFile], actor: str) -> None:
    if not files:
        messages.error(request, _("Please choose pictures, 40 MB together at most."))
    added = 0
    for file in files[: actions.MOST]:
        try:
            if (file.size or 0) > pictures.MOST_BYTES:
                raise pictures.BadPicture("large")
            actions.add(product_id=product.pk, content=file.read(), actor=actor, now=timezone.now())
            added += 1
        except (pictures.BadPicture, actions.MediaError) as error:
            name = (file.name or "")[-60:]
            messages.error(request, f"{name}{_(': ')}{_REFUSALS[error.reason]}")
    if added:
        told = ngettext("%(count)s picture is added.", "%(count)s pictures are added.", added)
        messages.success(request, told % {"count": added})


@require_POST
@console_page(Role.LISTINGS)
def picture(request: HttpRequest, seat: Seat, product: int, media: int) -> HttpResponse:
    """Change one picture: `action` is "forward", "back", "delete", or "describe" with the words of the form."""
    found = own_product(seat, product)
    which: dict[str, Any] = {"product_id": found.pk, "media_id": media, "actor": seat.actor, "now": timezone.now()}
    try:
        match request.POST.get("action"):
            case "forward":
                actions.move(by=-1, **which)
            case "back":
                actions.move(by=1, **which)
            case "delete":
                actions.delete(**which)
                messages.success(request, _("The picture is deleted."))
            case _other:
                _describe(request, which)
    except actions.MediaError:
        messages.error(request, _("This picture is not there any more."))
    return see(resolve_url("console:listing_media", seat.merchant.slug, found.pk))


def _describe(request: HttpRequest, which: dict[str, Any]) -> None:
    form = DescriptionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The description is too long."))
        return
    actions.describe(**which, **form.cleaned_data)
    messages.success(request, _("The description is saved."))
