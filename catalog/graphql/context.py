"""What every resolver is given as `info.context`, over HTTP and in process."""

from dataclasses import dataclass, field
from datetime import datetime

from catalog.graphql.loaders import Loaders

ENGLISH = "en"
MOST_FOR_ANYONE = 50
MOST_FOR_STAFF = 100


@dataclass(frozen=True, slots=True)
class Context:
    """One execution: its moment (UTC), its reader's language, who asks, and what was loaded so far.

    It also answers what `checkout.access.Caller` answers, so that resolvers of every room can ask it.
    """

    at: datetime
    language: str = "zh-hans"
    user_id: int | None = None
    is_staff: bool = False
    is_app: bool = False
    permissions: frozenset[str] = frozenset()
    actor: str = "anonymous"
    idempotency_key: str = ""
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        """Give this execution loaders of its own, so that nothing is remembered between two requests."""
        object.__setattr__(self, "loaders", Loaders(at=self.at, english=self.english))

    @property
    def english(self) -> bool:
        """Say whether names are wanted in English."""
        return self.language.startswith(ENGLISH)

    @property
    def page_size_max(self) -> int:
        """Return how many rows one page of a list may have."""
        return MOST_FOR_STAFF if self.is_staff else MOST_FOR_ANYONE
