"""Spreadsheets that come in and go out: a job is a row, so that a lost message or a killed worker loses nothing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.merchant import Merchant


class SheetJob(models.Model):
    """An import or an export of a merchant's. A worker holds it by a lease and moves `position` chunk by chunk.

    An import is read, checked (a dry run that writes nothing to the catalogue) and waits as CHECKED for somebody's
    choice; then it is written. `found` and `written` count its rows: {"new": …, "changed": …, "same": …, "bad": …}.
    """

    class Verb(models.TextChoices):
        IMPORT = "import", _("Import")
        EXPORT = "export", _("Export")

    class Sheet(models.TextChoices):
        LISTINGS = "listings", _("Listings")
        STOCK = "stock", _("Stock")
        PRICES = "prices", _("Prices")

    class State(models.TextChoices):
        READING = "reading", _("Reading the file")
        CHECKING = "checking", _("Checking")
        CHECKED = "checked", _("Checked, waiting for you")
        WRITING = "writing", _("Writing")
        EXPORTING = "exporting", _("Exporting")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")
        FAILED = "failed", _("Failed")

    class Choice(models.TextChoices):
        NONE = "", _("Not decided")
        ALL = "all", _("All rows or none")
        GOOD = "good", _("The good rows")

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="sheet_jobs")
    verb = models.CharField(max_length=6, choices=Verb)
    sheet = models.CharField(max_length=8, choices=Sheet)
    format = models.CharField(max_length=4)  # xlsx or csv
    file_name = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    created_by = models.CharField(max_length=40)  # whose act it is, as the audit trail says it: "user 3"
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State)
    choice = models.CharField(max_length=4, choices=Choice, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    header = models.JSONField(default=dict)  # {"labels": of the file, "keys": of our columns or null, "row": number}
    rows = models.PositiveIntegerField(default=0)
    chunks = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)  # chunks of the present step that are done
    found = models.JSONField(default=dict)
    written = models.JSONField(default=dict)
    failure = models.JSONField(default=list)  # why nothing could be done: [code, {details}]
    holder = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField()  # in the past: nobody holds it, and whoever waited longest comes first
    tries = models.PositiveSmallIntegerField(default=0)  # turns that broke off since the last one that got on

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                name="sheet_job_open",
                condition=Q(state__in=["reading", "checking", "writing", "exporting"]),
            ),
            models.Index(fields=["merchant", "-id"], name="sheet_job_history"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}: {self.file_name}"


class SheetChunk(models.Model):
    """A piece of a job's data, in the database, so that any worker on any machine can go on with it."""

    class Part(models.TextChoices):
        UPLOAD = "upload"
        ROWS = "rows"
        PROBLEMS = "problems"  # found by the check
        REFUSED = "refused"  # rows that could not be written although the check found nothing
        RESULT = "result"  # the file to download: an export, or the report of an import

    job = models.ForeignKey(SheetJob, models.CASCADE, related_name="pieces")
    part = models.CharField(max_length=8, choices=Part)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "part", "number"], name="sheet_chunk_once")]

    def __str__(self) -> str:
        return f"{self.part} {self.number} of {self.job_id}"
