"""A buyer in front of the pages: Django's test client, and the hands that fill forms and press buttons."""

import html
import re
import urllib.parse
import urllib.request

from django.test import Client

ORIGIN = "http://testserver"
DELIVERY = {
    "name": "张三丰",
    "phone": "13812341234",
    "province": "110000",
    "city": "110100",
    "county": "110101",
    "street": "景山前街4号",
    "email": "buyer@example.com",
    "remark": "请轻放",
}


class Shopper:
    """One browser. `prefix` is "" for Chinese pages, "/en" for English ones."""

    def __init__(self, prefix: str = "", client: Client | None = None):
        self.prefix = prefix
        self.client = client or Client()

    def add(self, variant, quantity: int = 1, *, tag: str = "", **extra):
        """Press “add to cart” on a product page; return the answer."""
        data = {"variant": variant.pk, "quantity": quantity, **({"tag": tag} if tag else {}), **extra}
        return self.client.post(f"{self.prefix}/cart/add/", data, headers={"sec-fetch-site": "same-origin"})

    def cart(self) -> str:
        """Return the cart's page."""
        return self.client.get(f"{self.prefix}/cart/").content.decode()

    def change(self, action: str, **data):
        """Press a button of the cart; return the page that follows."""
        return self.client.post(f"{self.prefix}/cart/", {"action": action, **data}, follow=True)

    def line(self, variant) -> int:
        """Return the id of the cart line of a variant, as the page's forms carry it."""
        from checkout.models import CheckoutLine

        return CheckoutLine.objects.get(variant=variant).pk

    def form(self) -> dict[str, str]:
        """Open the checkout; return its hidden fields."""
        page = self.client.get(f"{self.prefix}/checkout/").content.decode()
        return {name: field(page, name) for name in ("checkout", "total")}

    def send(self, form: dict[str, str], *, button: str = "place", **changes):
        """Send the checkout's form; return the answer."""
        return self.client.post(f"{self.prefix}/checkout/", {**DELIVERY, **form, button: "1", **changes})

    def order(self) -> str:
        """Place the order; return the address of its pay page."""
        answer = self.send(self.form())
        assert answer.status_code == 303, answer.content.decode()[:3000]
        return answer["Location"]


def field(page: str, name: str) -> str:
    """Return the value of the first input of that name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return html.unescape(found[1])


def pay_link(shopper: Shopper, page: str) -> str:
    """Press “go to the payment page” on a pay page; return the address of the stand-in's page."""
    found = re.search(r'href="([^"]*/pay/begin/)"', page)
    assert found, page
    return shopper.client.get(found[1])["Location"]


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def choose(link: str, choice: str) -> str:
    """Approve or decline on the stand-in's page; return the path by which the browser comes back."""
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))
    body = urllib.parse.urlencode({**query, "choice": choice}).encode()
    try:
        urllib.request.build_opener(_Stay).open(link.partition("?")[0], body, timeout=5)
    except urllib.error.HTTPError as answer:
        assert answer.code == 303
        back = urllib.parse.urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"
    raise AssertionError("the stand-in did not send the browser back")
