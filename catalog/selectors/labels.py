"""What the label of a food says, read beside its product."""

from collections.abc import Sequence
from typing import Any

from catalog.selectors.views import FoodLabelView

LABEL_COLUMNS = tuple(f"food_label__{name}" for name in FoodLabelView.__dataclass_fields__)  # of a query of products


def label_view(row: Sequence[Any]) -> FoodLabelView | None:
    """Return a label from `LABEL_COLUMNS`, or None for a product without one."""
    return None if row[0] is None else FoodLabelView(*row)
