"""The aid ledger: what counted toward which campaign, one row for each fact, chained by hash, only ever added to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aid_tracking.models.campaign import Campaign
from catalog.models import LineKind
from checkout.models import BuyerKind, SalesChannel


class Source(models.TextChoices):
    """Where the line that an entry counts is kept."""

    ORDER = "order"


class Basis(models.TextChoices):
    """Measured: our own orders. Declared: reported by a partner. Never merged silently."""

    MEASURED = "measured"
    DECLARED = "declared"


class Mode(models.TextChoices):
    """Direct purchase (直接采购) or helped sale (帮助销售)."""

    DIRECT = "direct"
    HELPED = "helped"


class LedgerEntry(models.Model):
    """One amount (CNY fen) that counted for one campaign, or, with `reverses`, was taken back again.

    Written by `aid_tracking.actions.ledger.append` alone. The database refuses changes and deletions, a second count of
    the same line, a reversal beyond what was counted, and an entry that does not follow the last one
    (`aid_tracking/sql/`). Evidence is a snapshot: ids and words, no keys into tables that may change. The bytes that
    `hash` covers are described in docs/ledger.md. A reversal repeats the evidence of the entry that it names, except
    for event, amount and times.
    """

    seq = models.BigIntegerField(primary_key=True)  # 1, 2, 3 … without gaps
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries", db_index=False)
    source = models.CharField(max_length=10, choices=Source, default=Source.ORDER)
    line_id = models.BigIntegerField()
    event_key = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField(
        default=0
    )  # a refund that came back, or a reviewed recount, opens the next
    amount_minor = models.BigIntegerField()
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="reversals", db_index=False, db_column="reverses_seq"
    )
    basis = models.CharField(max_length=10, choices=Basis)
    mode = models.CharField(max_length=10, choices=Mode)
    line_kind = models.CharField(max_length=10, choices=LineKind)
    region_id = models.BigIntegerField()
    province_code = models.CharField(max_length=6)
    merchant_id = models.BigIntegerField()
    category = models.CharField(max_length=40)
    buyer_kind = models.CharField(max_length=24, choices=BuyerKind)
    sales_channel = models.CharField(max_length=20, choices=SalesChannel)
    zone = models.CharField(max_length=60, blank=True)  # the tag, if the product carried it when the order was placed
    certified = models.BooleanField()
    rule_version = models.PositiveIntegerField()  # 0: no rule of its own matched, a descendant's did; or the root
    day = models.DateField()  # of occurred_at in Asia/Shanghai
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["seq"]
        constraints = [
            # The line comes first so that this one index also finds what a line has counted.
            models.UniqueConstraint(
                fields=["source", "line_id", "campaign", "event_key", "round"], name="ledger_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, amount_minor__gt=0) | Q(reverses__isnull=False, amount_minor__lt=0),
                name="ledger_entry_negative_iff_reversal",
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="ledger_entry_basis"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="ledger_entry_mode"),
            models.CheckConstraint(condition=Q(line_kind__in=LineKind.values), name="ledger_entry_line_kind"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="ledger_entry_from_one"),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq}"
