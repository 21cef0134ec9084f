"""A merchant's own SKU and the shop's. Two merchants may both call something "A-1"; the shop's SKU is unique (Saleor).

The shop's SKU is the merchant's number, a hyphen, and the own SKU. Older ones have no number in front; they are their
own SKU as they stand. Everybody who makes a variant takes its SKU from here. Pure.
"""

LONGEST = 30  # of an own SKU: with the merchant's number it fits into the shop's 40 characters


def shop_sku(merchant_id: int, own: str) -> str:
    """Return the shop's SKU of a merchant's own: (12, "A-1") → "12-A-1"."""
    return f"{merchant_id}-{own}"


def own_sku(merchant_id: int, sku: str) -> str:
    """Return what the merchant calls a variant: (12, "12-A-1") → "A-1"; an older "D0001" stays as it is."""
    return sku.removeprefix(f"{merchant_id}-")


def candidates(merchant_id: int, own: str) -> tuple[str, str]:
    """Return the shop's SKUs under which a merchant's own may stand; `own_sku` decides which of them it is."""
    return own, shop_sku(merchant_id, own)
