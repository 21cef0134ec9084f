"""How large the demo is unless somebody asks for another size."""

PRODUCTS = 8300  # so that at least 7,600 are in the zone until it closes
ORDERS = 20_000
