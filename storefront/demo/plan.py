"""What a demo is made from, and the moments that follow from its day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from catalog.actions.regions import midnight

ZONE = "spring-open"
KEY_COUNTY_ZONE = "key-counties"


@dataclass(frozen=True)
class Plan:
    """A demo: `products` in all (goods and services), `orders` in the month before `as_of`."""

    seed: int
    as_of: date
    products: int
    orders: int

    def day(self, offset: int) -> datetime:
        """Return the first moment (UTC) of the Chinese day that is `offset` days after `as_of`."""
        return midnight(self.as_of + timedelta(days=offset))

    @property
    def year(self) -> int:
        """The year of the spring festival that is nearest: from July on it is next year's."""
        return self.as_of.year + (self.as_of.month >= 7)

    @property
    def services(self) -> int:
        """How many of the products are rural-tourism services; at most 60."""
        return min(60, self.products // 20)

    @property
    def outside(self) -> int:
        """How many goods are not in the zone: one in twenty, in all the states that goods can be in."""
        return (self.products - self.services) // 20

    @property
    def goods(self) -> int:
        """How many of the products are goods."""
        return self.products - self.services
