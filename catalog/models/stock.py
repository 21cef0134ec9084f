"""What is there to sell, and where. A stock can never be promised twice: the database itself refuses it (I1)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.merchant import Merchant
from catalog.models.product import ProductVariant
from catalog.models.region import Dated


class Operator(models.Model):
    """Who runs shared places: a cloud warehouse (共建云仓), smart cabinets, experience shops, a bonded warehouse.

    It owns no goods; it keeps and hands out those of many merchants, and ships on their behalf.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)

    class Meta:
        verbose_name = _("operator")
        verbose_name_plural = _("operators")

    def __str__(self) -> str:
        return self.name_zh


class Warehouse(models.Model):
    """A place where goods lie: a merchant's own, or one that an operator shares with many merchants.

    Orders are shipped from the kinds in `SHIPS`. Cabinets and experience shops have stock of their own, which is
    handed out there and is never promised to an order that is shipped.
    """

    class Kind(models.TextChoices):
        ORIGIN = "origin"
        COLD_STORE = "cold_store"
        CLOUD = "cloud"
        BONDED = "bonded"
        SMART_CABINET = "smart_cabinet"
        EXPERIENCE_SHOP = "experience_shop"

    SHIPS = (Kind.ORIGIN, Kind.COLD_STORE, Kind.CLOUD, Kind.BONDED)
    SHARED = (Kind.CLOUD, Kind.BONDED, Kind.SMART_CABINET, Kind.EXPERIENCE_SHOP)

    merchant = models.ForeignKey(Merchant, models.PROTECT, null=True, blank=True, related_name="warehouses")
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, blank=True, related_name="warehouses")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.ORIGIN)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160)
    division_code = models.CharField(max_length=6, blank=True)  # GB/T 2260 code of its county or district
    address = models.CharField(max_length=200, blank=True)
    storage = models.JSONField(default=list)  # of Product.Storage: what can be kept there; empty: anything
    closed_at = models.DateTimeField(null=True, blank=True)  # nothing is brought in or shipped from there any more

    class Meta:
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        constraints = [
            models.CheckConstraint(
                condition=Q(merchant=None, operator__isnull=False) | Q(merchant__isnull=False, operator=None),
                name="warehouse_has_one_keeper",
            )
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def is_shipping(self) -> bool:
        """Whether orders may be shipped from here."""
        return self.closed_at is None and self.kind in self.SHIPS

    def keeps(self, storage: str) -> bool:
        """Whether goods of this storage class (`Product.Storage`) can lie here."""
        return not self.storage or storage == "none" or storage in self.storage


class WarehouseTenancy(Dated):
    """A merchant may keep goods in a shared warehouse during a window."""

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="tenancies")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="tenancies")

    class Meta(Dated.Meta):
        verbose_name = _("tenancy")
        verbose_name_plural = _("tenancies")
        indexes = [models.Index(fields=["merchant", "warehouse"], name="tenancy_lookup")]


class Stock(models.Model):
    """Units of a variant in a warehouse: `on_hand` are there, `allocated` of these belong to orders not yet shipped."""

    variant = models.ForeignKey(ProductVariant, models.CASCADE, related_name="stocks")
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="stocks")
    on_hand = models.IntegerField(default=0)
    allocated = models.IntegerField(default=0)
    counted_on = models.DateField(null=True, blank=True)  # day of the last count that somebody sent in a file

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stocks")
        constraints = [
            models.UniqueConstraint(fields=["variant", "warehouse"], name="stock_once"),
            models.CheckConstraint(
                condition=Q(allocated__gte=0) & Q(allocated__lte=F("on_hand")), name="stock_allocated_within_on_hand"
            ),
        ]

    @property
    def available(self) -> int:
        """Units that can still be sold."""
        return self.on_hand - self.allocated


class StockTransfer(models.Model):
    """Units of a variant on their way from one warehouse to another. On the way they are in neither and not on sale."""

    class State(models.TextChoices):
        IN_TRANSIT = "in_transit"
        RECEIVED = "received"
        CANCELED = "canceled"

    variant = models.ForeignKey(ProductVariant, models.PROTECT, related_name="transfers")
    source = models.ForeignKey(Warehouse, models.PROTECT, related_name="transfers_out")
    destination = models.ForeignKey(Warehouse, models.PROTECT, related_name="transfers_in")
    quantity = models.PositiveIntegerField()
    received_quantity = models.PositiveIntegerField(null=True, blank=True)  # less than sent: the rest was lost
    state = models.CharField(max_length=12, choices=State, default=State.IN_TRANSIT)
    note = models.CharField(max_length=200, blank=True)
    sent_by = models.CharField(max_length=60)  # an opaque actor, e.g. "user 3"
    sent_at = models.DateTimeField()
    ended_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="transfer_of_something"),
            models.CheckConstraint(condition=~Q(source=F("destination")), name="transfer_between_two"),
            models.CheckConstraint(
                condition=Q(received_quantity=None) | Q(received_quantity__lte=F("quantity")),
                name="transfer_receives_no_more",
            ),
        ]
        indexes = [models.Index(fields=["destination", "state"], name="transfer_arriving")]


class StockMovement(models.Model):
    """Why `on_hand` of a stock changed, each time: the history of a shelf. Rows are written once.

    `on_hand` is the number after the change, so that the newest row of a stock says what should lie there now.
    """

    class Reason(models.TextChoices):
        RECEIPT = "receipt"
        COUNT = "count"
        DISPATCH = "dispatch"
        TRANSFER_OUT = "transfer_out"
        TRANSFER_IN = "transfer_in"
        TRANSFER_BACK = "transfer_back"

    stock = models.ForeignKey(Stock, models.CASCADE, related_name="movements")
    reason = models.CharField(max_length=16, choices=Reason)
    delta = models.IntegerField()
    on_hand = models.IntegerField()
    transfer = models.ForeignKey(StockTransfer, models.PROTECT, null=True, related_name="movements")
    actor = models.CharField(max_length=60)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        indexes = [models.Index(fields=["stock", "-id"], name="movement_of_stock")]
