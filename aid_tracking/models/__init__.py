"""Aid tracking's tables, one module for each noun."""

from aid_tracking.models.campaign import Campaign, CampaignRule
from aid_tracking.models.entry import Basis, LedgerEntry, Mode, Source
from aid_tracking.models.relay_lock import RelayFailure, RelayLock
from aid_tracking.models.total import DayTotal, SliceKind, Total
from aid_tracking.models.zone import Zone

__all__ = [
    "Basis",
    "Campaign",
    "CampaignRule",
    "DayTotal",
    "LedgerEntry",
    "Mode",
    "RelayFailure",
    "RelayLock",
    "SliceKind",
    "Source",
    "Total",
    "Zone",
]
