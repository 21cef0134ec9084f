"""What the console's pages about one product share: the product, where it is the merchant's own."""

from django.http import Http404

from catalog.models import Product
from checkout.access import Seat


def own_product(seat: Seat, product_id: int) -> Product:
    """Return a product of the merchant at whose console somebody sits. Raises Http404 for any other."""
    found = Product.objects.filter(pk=product_id, merchant=seat.merchant).first()
    if found is None:
        raise Http404
    return found
