"""Which version of each card was indexed, written down once the index is in use."""

from catalog.models import ProductCard

BATCH = 2000


class Marks:
    """Remembers versions while cards are read. A card that changes meanwhile has a newer one, and is found again."""

    def __init__(self) -> None:
        self.count = 0
        self._by_version: dict[int, list[int]] = {}

    def add(self, product_id: int, version: int) -> None:
        """Note the version that was read of a card."""
        self.count += 1
        self._by_version.setdefault(version, []).append(product_id)

    def write(self) -> None:
        """Store the noted versions, in batches."""
        for version, ids in self._by_version.items():
            for start in range(0, len(ids), BATCH):
                ProductCard.objects.filter(pk__in=ids[start : start + BATCH]).update(indexed_version=version)
