"""The site's own tables: its articles, and how far the demo has been seeded."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import AidedRegion


class ArticleKind(models.TextChoices):
    """What an article is."""

    POLICY = "policy", _("Policy news")
    CASE = "case", _("Good practice")
    STORY = "story", _("County and village stories")


class Articles(models.QuerySet["Article"]):
    """Articles, narrowed by who may read them."""

    def published(self, *, at: datetime) -> "Articles":
        """Return what everybody may read at `at` (UTC), the newest first."""
        begun, ended = Q(published_from__lte=at), Q(published_until__lte=at)
        return self.filter(begun).exclude(ended).order_by("-published_from", "-pk")


class Article(models.Model):
    """A text of the programme office. Without `published_from` (UTC) it is a draft; from `published_until` on, gone.

    Its texts are 简体; English and 繁體 are written by hand or left out. Bodies are HTML of `rich_text.clean`.
    """

    kind = models.CharField(_("Kind"), max_length=10, choices=ArticleKind.choices)
    slug = models.SlugField(_("Name in addresses"), unique=True, blank=True)
    region = models.ForeignKey(
        AidedRegion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("County")
    )
    village_zh = models.CharField(_("Village"), max_length=60, blank=True)
    village_en = models.CharField(_("Village (English)"), max_length=80, blank=True)
    title_zh = models.CharField(_("Title"), max_length=80)
    title_hant = models.CharField(_("Title (Traditional Chinese)"), max_length=80, blank=True)
    title_en = models.CharField(_("Title (English)"), max_length=160, blank=True)
    summary_zh = models.TextField(pgettext_lazy("article", "Summary"), max_length=200)
    summary_hant = models.TextField(_("Summary (Traditional Chinese)"), max_length=200, blank=True)
    summary_en = models.TextField(_("Summary (English)"), max_length=400, blank=True)
    body_zh = models.TextField(_("Text"))
    body_hant = models.TextField(_("Text (Traditional Chinese)"), blank=True)
    body_en = models.TextField(_("Text (English)"), blank=True)
    picture = models.CharField(max_length=32, blank=True)  # a token of `catalog.pictures`
    picture_zh = models.CharField(_("What the picture shows"), max_length=120, blank=True)
    picture_en = models.CharField(_("What the picture shows (English)"), max_length=160, blank=True)
    drawing = models.CharField(_("Drawing where there is no picture"), max_length=40, blank=True)  # a product kind
    published_from = models.DateTimeField(_("Published from"), null=True, blank=True)
    published_until = models.DateTimeField(_("Published until"), null=True, blank=True)
    changed_at = models.DateTimeField(_("Changed"), auto_now=True)

    objects = Articles.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = (models.Index("published_from", name="article_published"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(published_until=None) | Q(published_until__gt=F("published_from")),
                name="article_ends_after_it_begins",
                violation_error_message=_("The end must be after the beginning."),
            ),
        )

    def __str__(self) -> str:
        return self.title_zh


class DemoSeed(models.Model):
    """One row (id 1) once seeding has begun. What it was begun with is what it goes on with after a stop."""

    seed = models.IntegerField()
    as_of = models.DateField()  # the day that the demo's dates are laid around; `refresh` moves it
    products = models.PositiveIntegerField()
    orders = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"demo {self.seed} as of {self.as_of}"
