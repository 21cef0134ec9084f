"""Whole purchases, by the API: cart, order, payment, webhook, return of the browser, counting by the relay."""

import json
import random
import threading
import time

import stripe

from benchmarks.load import request, send
from benchmarks.servers import Servers

CREATE = (
    """mutation($input: CheckoutCreateInput!) { checkoutCreate(input: $input) { checkout { id } errors { code } } }"""
)
COMPLETE = """mutation($id: ID!) { checkoutComplete(id: $id) { order { id } errors { code } } }"""
INITIALIZE = """mutation($id: ID!) { transactionInitialize(id: $id, paymentGateway: {id: "stripe"}) {
  transaction { id pspReference } errors { code } } }"""
PROCESS = """mutation($id: ID!) { transactionProcess(id: $id) { transaction { id } errors { code } } }"""


def buy(servers: Servers, variants: list[str], chosen: random.Random) -> None:
    """Buy one unit each of two products and pay; raises AssertionError when anything is refused."""
    lines = [
        {"variantId": variant, "quantity": 1, "metadata": [{"key": "tag", "value": "spring-open"}]}
        for variant in chosen.sample(variants, 2)
    ]
    address = {
        "firstName": "收货人",
        "phone": "13800000000",
        "streetAddress1": "一号院",
        "metadata": [{"key": "divisionCode", "value": "110101"}],
    }
    given = {"email": "bench@example.com", "lines": lines, "shippingAddress": address}
    cart = ask(servers, CREATE, {"input": given}, "checkoutCreate")["checkout"]["id"]
    order = ask(servers, COMPLETE, {"id": cart}, "checkoutComplete")["order"]["id"]
    payment = ask(servers, INITIALIZE, {"id": order}, "transactionInitialize")["transaction"]
    client = stripe.StripeClient(servers.secret, base_addresses={"api": servers.env["STRIPE_API_BASE"]})
    client.v1.payment_intents.confirm(payment["pspReference"], {"payment_method": "pm_card_visa"})
    ask(servers, PROCESS, {"id": payment["id"]}, "transactionProcess")


def ask(servers: Servers, query: str, variables: dict, field: str) -> dict:
    """Send one mutation and return its payload."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    status, answer = send("127.0.0.1", servers.port, request("127.0.0.1", servers.port, "POST", "/graphql/", body))
    payload = json.loads(answer.split(b"\r\n\r\n", 1)[1])
    assert status == 200, payload
    assert "errors" not in payload, payload
    assert not payload["data"][field]["errors"], payload
    return payload["data"][field]


def run(servers: Servers, variants: list[str], *, purchases: int, clients: int, seed: int) -> dict[str, float]:
    """Make so many purchases; return CPU milliseconds of web and relay for each, and purchases a second."""
    before = servers.cpu("web", "relay")
    begin = time.monotonic()
    failed: list[BaseException] = []

    def client(number: int) -> None:
        chosen = random.Random(f"{seed}-{number}")
        try:
            for _ in range(max(1, purchases // clients)):
                buy(servers, variants, chosen)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    elapsed = time.monotonic() - begin
    time.sleep(1.5)  # webhooks on their way, and the relay's next rounds, belong to the purchases
    made = max(1, purchases // clients) * clients
    return {
        "cpu": (servers.cpu("web", "relay") - before) / made * 1000,
        "rate": made / elapsed,
    }
