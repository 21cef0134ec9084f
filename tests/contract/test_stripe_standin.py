"""Stripe's own behaviour, through the official SDK and over real HTTP.

These tests run against the stand-in always, and against Stripe's test mode when STRIPE_TEST_SECRET_KEY holds a test
key: that is what makes the stand-in a verified fake.
"""

# ruff: noqa: F811 - fixtures are imported, and named again as arguments

import re
import time

import pytest
import stripe

from tests.contract.stripe_process import (  # noqa: F401 - fixtures
    CREATE,
    DECLINED,
    VISA,
    fresh,
    paid,
    receiver,
    standin,
    standin_process,
    stripe_target,
)


def test_an_intent_waits_for_a_payment_method(stripe_target):
    intent = stripe_target.v1.payment_intents.create(CREATE)
    assert re.fullmatch(r"pi_\w{20,}", intent.id)
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    again = stripe_target.v1.payment_intents.retrieve(intent.id)
    assert (again.object, again.status, again.amount, again.currency) == (
        "payment_intent", "requires_payment_method", 12_800, "cny",
    )  # fmt: skip
    assert (again.amount_received, again.latest_charge, again.livemode) == (0, None, False)
    assert again.metadata["order"] == "B7"
    assert again.allowed_payment_method_types == again.payment_method_types == ["card"]


def test_the_parameter_of_older_versions_is_refused(stripe_target):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_target.v1.payment_intents.create({**CREATE, "payment_method_types": ["card"]})
    assert (refused.value.http_status, refused.value.code) == (400, "payment_method_types_no_longer_supported")


def test_metadata_comes_back_as_it_was_sent(stripe_target):
    sent = {"0": "first", "订单": "洛川苹果 & 5% [大]", "empty": ""}
    intent = stripe_target.v1.payment_intents.create({**CREATE, "metadata": sent})
    assert intent.metadata.to_dict() == {"0": "first", "订单": "洛川苹果 & 5% [大]"}


def test_confirming_takes_the_money(stripe_target):
    intent = stripe_target.v1.payment_intents.create(CREATE)
    intent = stripe_target.v1.payment_intents.confirm(intent.id, {"payment_method": VISA})
    assert (intent.status, intent.amount_received, intent.last_payment_error) == ("succeeded", 12_800, None)
    charge = stripe_target.v1.charges.retrieve(intent.latest_charge)
    assert (charge.amount, charge.amount_refunded, charge.paid, charge.refunded) == (12_800, 0, True, False)
    assert charge.payment_intent == intent.id


def test_a_payment_method_without_confirm_waits_for_confirmation(stripe_target):
    intent = stripe_target.v1.payment_intents.create({**CREATE, "payment_method": VISA})
    assert intent.status == "requires_confirmation"
    assert stripe_target.v1.payment_intents.confirm(intent.id).status == "succeeded"


def test_a_succeeded_intent_is_neither_confirmed_nor_canceled(stripe_target):
    intent = paid(stripe_target)
    for verb in (
        lambda: stripe_target.v1.payment_intents.confirm(intent.id, {"payment_method": VISA}),
        lambda: stripe_target.v1.payment_intents.cancel(intent.id),
    ):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            verb()
        assert (refused.value.http_status, refused.value.code) == (400, "payment_intent_unexpected_state")
        assert refused.value.error.payment_intent.id == intent.id


def test_a_decline_leaves_the_intent_open_for_another_card(stripe_target):
    intent = stripe_target.v1.payment_intents.create(CREATE)
    with pytest.raises(stripe.CardError) as declined:
        stripe_target.v1.payment_intents.confirm(intent.id, {"payment_method": DECLINED})
    assert (declined.value.http_status, declined.value.code) == (402, "card_declined")
    assert declined.value.error.decline_code == "generic_decline"
    assert declined.value.error.payment_intent.status == "requires_payment_method"
    intent = stripe_target.v1.payment_intents.retrieve(intent.id)
    assert (intent.status, intent.amount_received) == ("requires_payment_method", 0)
    assert (intent.last_payment_error.code, intent.last_payment_error.type) == ("card_declined", "card_error")
    assert stripe_target.v1.charges.retrieve(intent.latest_charge).status == "failed"
    intent = stripe_target.v1.payment_intents.confirm(intent.id, {"payment_method": VISA})
    assert (intent.status, intent.last_payment_error) == ("succeeded", None)


def test_authentication_redirects_the_buyer(stripe_target):
    intent = paid(
        stripe_target, payment_method="pm_card_threeDSecure2Required", return_url="http://localhost:8000/back"
    )
    assert intent.status == "requires_action"
    assert intent.next_action.type == "redirect_to_url"
    assert intent.next_action.redirect_to_url.return_url == "http://localhost:8000/back"
    assert stripe_target.v1.payment_intents.cancel(intent.id).status == "canceled"


def test_canceling_is_final(stripe_target):
    intent = stripe_target.v1.payment_intents.create(CREATE)
    intent = stripe_target.v1.payment_intents.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (intent.status, intent.cancellation_reason) == ("canceled", "abandoned")
    assert intent.canceled_at >= intent.created
    for verb in (
        lambda: stripe_target.v1.payment_intents.confirm(intent.id, {"payment_method": VISA}),
        lambda: stripe_target.v1.payment_intents.cancel(intent.id),
    ):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            verb()
        assert refused.value.code == "payment_intent_unexpected_state"


def test_refunds_end_when_nothing_is_left(stripe_target):
    intent = paid(stripe_target)
    part = stripe_target.v1.refunds.create({"payment_intent": intent.id, "amount": 2_800, "metadata": {"line": "3"}})
    assert (part.object, part.status, part.amount, part.currency) == ("refund", "succeeded", 2_800, "cny")
    assert (part.payment_intent, part.charge, part.metadata["line"]) == (intent.id, intent.latest_charge, "3")
    with pytest.raises(stripe.InvalidRequestError) as too_much:
        stripe_target.v1.refunds.create({"payment_intent": intent.id, "amount": 10_001})
    assert too_much.value.http_status == 400
    assert stripe_target.v1.charges.retrieve(intent.latest_charge).amount_refunded == 2_800
    rest = stripe_target.v1.refunds.create({"payment_intent": intent.id, "reason": "requested_by_customer"})
    assert (rest.amount, rest.reason) == (10_000, "requested_by_customer")
    charge = stripe_target.v1.charges.retrieve(intent.latest_charge)
    assert (charge.amount_refunded, charge.refunded) == (12_800, True)
    with pytest.raises(stripe.InvalidRequestError) as over:
        stripe_target.v1.refunds.create({"payment_intent": intent.id})
    assert over.value.code == "charge_already_refunded"
    assert [one.id for one in stripe_target.v1.refunds.list({"payment_intent": intent.id})] == [rest.id, part.id]
    assert stripe_target.v1.refunds.retrieve(part.id).amount == 2_800


def test_an_unpaid_intent_has_nothing_to_refund(stripe_target):
    intent = stripe_target.v1.payment_intents.create(CREATE)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_target.v1.refunds.create({"payment_intent": intent.id})
    assert refused.value.http_status == 400


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"amount": -1}, "amount"),
        ({"amount": 0}, "amount"),
        ({"amount": 100_000_000_000}, "amount"),
        ({"currency": "xxq"}, "currency"),
        ({"allowed_payment_method_types": ["shell"]}, "allowed_payment_method_types"),
        ({"payment_method": "pm_card_nonsense"}, "payment_method"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_parameters_are_named(stripe_target, changes, param):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_target.v1.payment_intents.create({**CREATE, **changes})
    assert refused.value.http_status == 400
    assert refused.value.param.split("[")[0] == param


@pytest.mark.parametrize("name", ["amount", "currency"])
def test_missing_parameters_are_named(stripe_target, name):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_target.v1.payment_intents.create({key: value for key, value in CREATE.items() if key != name})
    assert (refused.value.http_status, refused.value.code, refused.value.param) == (400, "parameter_missing", name)


def test_unknown_intents_are_missing(stripe_target):
    with pytest.raises(stripe.InvalidRequestError) as missing:
        stripe_target.v1.payment_intents.retrieve("pi_000000000000000000000000")
    assert (missing.value.http_status, missing.value.code) == (404, "resource_missing")


def test_one_key_one_effect(stripe_target):
    options = fresh()
    first = stripe_target.v1.payment_intents.create(CREATE, options)
    again = stripe_target.v1.payment_intents.create(CREATE, options)
    assert again.id == first.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert again.last_response.body == first.last_response.body


def test_a_key_belongs_to_one_body(stripe_target):
    options = fresh()
    first = stripe_target.v1.payment_intents.create(CREATE, options)
    with pytest.raises(stripe.IdempotencyError) as refused:
        stripe_target.v1.payment_intents.create({**CREATE, "amount": 1_000}, options)
    assert refused.value.http_status == 400
    assert stripe_target.v1.payment_intents.create(CREATE, options).id == first.id


def test_a_decline_is_repeated_to_the_same_key(stripe_target):
    intent = stripe_target.v1.payment_intents.create(CREATE)
    options, bodies = fresh(), []
    for _ in range(2):
        with pytest.raises(stripe.CardError) as declined:
            stripe_target.v1.payment_intents.confirm(intent.id, {"payment_method": DECLINED}, options)
        bodies.append(declined.value.http_body)
    assert bodies[0] == bodies[1]
    assert declined.value.headers["Idempotent-Replayed"] == "true"


def test_refused_parameters_do_not_use_up_the_key(stripe_target):
    options = fresh()
    with pytest.raises(stripe.InvalidRequestError):
        stripe_target.v1.payment_intents.create({**CREATE, "currency": "xxq"}, options)
    assert stripe_target.v1.payment_intents.create(CREATE, options).status == "requires_payment_method"


def test_events_tell_what_happened(stripe_target):
    intent = paid(stripe_target)
    stripe_target.v1.refunds.create({"payment_intent": intent.id, "amount": 1})
    wanted = {"payment_intent.succeeded", "charge.refunded", "refund.created"}
    deadline = time.monotonic() + 20
    found = {}
    while found.keys() != wanted and time.monotonic() < deadline:
        recent = stripe_target.v1.events.list({"limit": 50, "types": sorted(wanted)}).data
        found = {event.type: event for event in recent if intent.id in str(event.data.object)}
    assert found.keys() == wanted
    assert found["payment_intent.succeeded"].data.object.status == "succeeded"
    assert found["charge.refunded"].data.object.amount_refunded == 1
    assert stripe_target.v1.events.retrieve(found["refund.created"].id).type == "refund.created"
