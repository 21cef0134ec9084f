"""Which version of each card was indexed, written down once the index is in use."""

from catalog.models import ProductCard

BATCH = 2000


class Marks:
    """Remembers versions while cards are read. A card that changes meanwhile has a newer one, and is found again."""

    def __init__(self, state: dict | None = None) -> None:
        """Begin with nothing, or go on with what `state` returned."""
        self._by_version: dict[int, list[int]] = {int(version): ids for version, ids in (state or {}).items()}
        self.count = sum(map(len, self._by_version.values()))

    def state(self) -> dict:
        """Return all that was noted, as JSON can hold it."""
        return self._by_version

    def ids(self) -> set[int]:
        """Return the products of which a version was noted."""
        return {product_id for ids in self._by_version.values() for product_id in ids}

    def add(self, product_id: int, version: int) -> None:
        """Note the version that was read of a card."""
        self.count += 1
        self._by_version.setdefault(version, []).append(product_id)

    def write(self) -> None:
        """Store the noted versions, in batches."""
        for version, ids in self._by_version.items():
            for start in range(0, len(ids), BATCH):
                ProductCard.objects.filter(pk__in=ids[start : start + BATCH]).update(indexed_version=version)
