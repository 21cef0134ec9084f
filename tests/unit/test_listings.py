"""A listing's way: draft, review, sale, pause, end. What was on sale says the old until the new is approved."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import selectors
from catalog.actions import listing_reviews, listings, products
from catalog.actions.listings import Refused, Size
from catalog.models import Certificate, ChangeRecord, FoodLabel, ListingRevision, MerchantApproval, Product, ProductCard
from catalog.selectors.listing_states import listings_of, obstacles, waiting
from tests.factories import DAY, NOW, certificate, merchant
from tests.listings import ACTOR, approve, asked, draft, on_sale, save, submit

pytestmark = pytest.mark.django_db
State = ListingRevision.State


def status(row) -> str:
    return Product.objects.values_list("status", flat=True).get(pk=row.pk)


def whose(row) -> dict:
    return {"product_id": row.pk, "merchant_id": row.merchant_id, "actor": ACTOR, "now": NOW}


def test_a_listing_is_written_returned_mended_approved_and_found():
    row = draft()
    certificate(row)
    assert selectors.product_detail(row.slug, at=NOW) is None
    first = submit(row)
    assert (status(row), first.state) == ("in_review", "submitted")
    assert selectors.product_detail(row.slug, at=NOW) is None
    reasons = {"name_zh": "与包装不符"}
    listing_reviews.give_back(revision_id=first.pk, revision=1, reasons=reasons, note="请修改", actor="user 2", now=NOW)
    assert (status(row), asked(row).state, asked(row).reasons) == ("draft", "returned", reasons)
    save(row, name_zh="延长苹果")
    submit(row)
    assert asked(row).reasons == {} and asked(row).revision == 2
    approve(row)
    shown = selectors.product_detail(row.slug, at=NOW)
    assert shown.sellable and shown.name_zh == "延长苹果"
    assert ProductCard.objects.get(pk=row.pk).sellable_until is not None
    steps = ChangeRecord.objects.filter(merchant=row.merchant).order_by("pk").values_list("action", flat=True)
    wanted = ["listing.begun", "size.added", "listing.submitted", "listing.returned", "listing.changed"]
    assert list(steps) == [*wanted, "listing.submitted", "listing.approved"]


def test_what_is_not_whole_is_not_handed_in():
    row = draft(description_zh="", label_ingredients_zh="")
    with pytest.raises(listing_reviews.Incomplete) as refused:
        submit(row)
    assert refused.value.problems == {"description_zh": "missing", "label_ingredients_zh": "missing"}
    assert status(row) == "draft" and not ListingRevision.objects.filter(state="submitted").exists()


def test_nothing_goes_on_sale_without_certificate_and_approval():
    row = draft(merchant(approved=False))
    submit(row)
    with pytest.raises(listing_reviews.NotReady) as refused:
        approve(row)
    assert refused.value.obstacles == ("merchant", "certificate")
    assert (status(row), asked(row).state) == ("in_review", "submitted")
    MerchantApproval.objects.create(merchant=row.merchant, valid_from=NOW)
    paper = certificate(row, valid_from=NOW + DAY)
    assert obstacles(row.pk, merchant_id=row.merchant_id, at=NOW) == ("certificate_pending",)
    Certificate.objects.filter(pk=paper.pk).update(valid_from=NOW - 9 * DAY, valid_until=NOW)
    assert obstacles(row.pk, merchant_id=row.merchant_id, at=NOW) == ("certificate_expired",)
    Certificate.objects.filter(pk=paper.pk).update(valid_until=NOW + DAY, revoked_at=NOW)
    assert obstacles(row.pk, merchant_id=row.merchant_id, at=NOW) == ("certificate_revoked",)
    Certificate.objects.filter(pk=paper.pk).update(revoked_at=None)
    approve(row)
    assert status(row) == "on_sale"


def test_what_is_on_sale_says_the_old_until_the_new_is_approved():
    row = on_sale()
    save(row, name_zh="新名", label_ingredients_zh="红富士苹果", dispatch_hours=24)
    assert asked(row).fields == {"name_zh": "新名", "label_ingredients_zh": "红富士苹果"}
    submit(row)
    shown = selectors.product_detail(row.slug, at=NOW)
    assert (shown.name_zh, shown.food_label.ingredients_zh, shown.dispatch_hours) == ("延长红富士", "苹果", 24)
    assert shown.sellable
    save(row, name_zh="别的")  # what is being reviewed stays as the reviewer sees it
    assert asked(row).fields["name_zh"] == "新名"
    approve(row)
    shown = selectors.product_detail(row.slug, at=NOW)
    assert (shown.name_zh, shown.food_label.ingredients_zh) == ("新名", "红富士苹果")
    assert ProductCard.objects.get(pk=row.pk).name_zh == "新名"


def test_a_change_that_is_undone_or_dropped_is_asked_no_more():
    row = on_sale()
    save(row, name_zh="新名")
    save(row, name_zh="延长红富士")
    assert not row.revisions.filter(state__in=ListingRevision.OPEN).exists()
    save(row, name_zh="新名")
    listing_reviews.drop(**whose(row))
    assert asked(row).state == "dropped"
    with pytest.raises(Refused):
        listing_reviews.submit(**whose(row))


def test_price_and_sizes_change_at_once_and_a_size_in_use_stays():
    row = on_sale()
    size = row.variants.get()
    listings.reprice(**whose(row), prices={size.pk: 6000})
    assert ProductCard.objects.get(pk=row.pk).price_minor == 6000
    save(row, sizes=[Size(None, "B", "1kg", "", 1500, 1000), Size(size.pk, "A", "5kg", "", 6000, 5000)])
    assert [each.name_zh for each in row.variants.all()] == ["1kg", "5kg"]
    size.stocks.create(warehouse=_warehouse(row), on_hand=1)
    with pytest.raises(Refused) as refused:
        save(row, removed=[size.pk])
    assert refused.value.code == "size_in_use" and row.variants.count() == 2
    with pytest.raises(Refused) as refused:
        save(row, sizes=[Size(None, "A", "2kg", "", 1500, 1000)])
    assert (refused.value.code, refused.value.size) == ("sku_taken", 0)


def _warehouse(row):
    from catalog.models import Warehouse

    return Warehouse.objects.create(merchant=row.merchant, name_zh="仓", name_en="Store")


def test_two_merchants_may_use_the_same_number_and_neither_touches_the_other():
    one, other = draft(), draft()
    for row in (one, other):
        save(row, sizes=[Size(row.variants.get().pk, "A-1", "5kg", "", 5990, 5000)])
    for act in (listings.reprice, listing_reviews.submit, listing_reviews.take_back, listings.discard):
        arguments = {**whose(one), "merchant_id": other.merchant_id}
        if act is listings.reprice:
            arguments["prices"] = {one.variants.get().pk: 1}
        with pytest.raises(Refused):
            act(**arguments)
    with pytest.raises(Refused):
        listings.reprice(**whose(one), prices={other.variants.get().pk: 1})
    assert {each.price_minor for row in (one, other) for each in row.variants.all()} == {5990}


def test_a_copy_is_a_draft_with_everything_but_numbers_and_stock():
    row = on_sale()
    made = listings.copy(product_id=row.pk, merchant_id=row.merchant_id, suffix="（副本）", actor=ACTOR, now=NOW)
    made.refresh_from_db()
    assert (made.status, made.name_zh) == ("draft", "延长红富士（副本）")
    assert FoodLabel.objects.get(pk=made.pk).ingredients_zh == "苹果"
    assert made.variants.get().price_minor == 5990 and made.variants.get().sku != row.variants.get().sku
    listings.discard(product_id=made.pk, merchant_id=row.merchant_id, actor=ACTOR, now=NOW)
    assert not Product.objects.filter(pk=made.pk).exists()
    with pytest.raises(Refused):
        listings.discard(**whose(row))


def test_withdrawn_is_for_good_and_what_was_asked_falls():
    row = on_sale()
    save(row, name_zh="新名")
    found = submit(row)
    assert products.withdraw(product_id=row.pk, now=NOW, actor=ACTOR, reason="不再生产")
    assert asked(row).state == "dropped"
    assert not products.resume(product_id=row.pk, now=NOW) and not products.pause(product_id=row.pk, now=NOW)
    with pytest.raises(listing_reviews.AlreadyDecided):
        listing_reviews.approve(revision_id=found.pk, revision=1, actor="user 2", now=NOW)
    with pytest.raises(Refused):
        save(row, name_zh="x")
    assert ChangeRecord.objects.filter(after__reason="不再生产").exists()


def test_a_decision_on_what_was_taken_back_and_handed_in_anew_is_refused():
    row = draft()
    certificate(row)
    seen = submit(row)
    listing_reviews.take_back(**whose(row))
    save(row, name_zh="别的")
    submit(row)
    with pytest.raises(listing_reviews.AlreadyDecided):
        listing_reviews.approve(revision_id=seen.pk, revision=seen.revision, actor="user 2", now=NOW)
    assert status(row) == "in_review"


def test_editing_one_of_a_hundred_moves_none():
    shop = merchant()
    rows = [draft(shop, name_zh=f"苹果{number}") for number in range(100)]
    for row in rows:
        submit(row)
    console = [row.pk for row in listings_of(shop.pk)]
    office = [row.product_id for row in waiting(_all(), at=NOW)]
    assert len(console) == len(office) == 100
    save(rows[50], sizes=[Size(rows[50].variants.get().pk, "Z", "9kg", "", 1, 1)], dispatch_hours=12)
    assert [row.pk for row in listings_of(shop.pk)] == console
    assert [row.product_id for row in waiting(_all(), at=NOW)] == office


def _all():
    from catalog.selectors.listing_states import Filters

    return Filters()


STEPS = ("submit", "take_back", "approve", "give_back", "pause", "resume", "withdraw", "edit", "drop")
AFTER = {
    ("draft", "submit"): "in_review",
    ("in_review", "take_back"): "draft",
    ("in_review", "approve"): "on_sale",
    ("in_review", "give_back"): "draft",
    ("on_sale", "pause"): "paused",
    ("paused", "resume"): "on_sale",
    ("on_sale", "withdraw"): "withdrawn",
    ("paused", "withdraw"): "withdrawn",
}


def step(row, name: str, number: int) -> None:
    last = ListingRevision.objects.filter(product=row).order_by("-pk").first()
    decision = {"revision_id": last.pk if last else 0, "revision": last.revision if last else 0}
    decision |= {"actor": "user 2", "now": NOW}
    acts = {
        "submit": lambda: listing_reviews.submit(**whose(row)),
        "take_back": lambda: listing_reviews.take_back(**whose(row)),
        "drop": lambda: listing_reviews.drop(**whose(row)),
        "approve": lambda: listing_reviews.approve(**decision),
        "give_back": lambda: listing_reviews.give_back(reasons={}, note="x", **decision),
        "pause": lambda: products.pause(product_id=row.pk, now=NOW),
        "resume": lambda: products.resume(product_id=row.pk, now=NOW),
        "withdraw": lambda: products.withdraw(product_id=row.pk, now=NOW, actor=ACTOR, reason="x"),
        "edit": lambda: save(row, name_zh=f"名{number}"),
    }
    with suppress(Refused, listing_reviews.AlreadyDecided):
        acts[name]()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12))
def test_whatever_is_tried_in_whatever_order_only_known_steps_are_taken(steps):
    row = draft()
    certificate(row)
    for number, name in enumerate(steps):
        before, shown = status(row), Product.objects.get(pk=row.pk).name_zh
        step(row, name, number)
        assert status(row) == AFTER.get((before, name), before)
        if before != "draft" and name != "approve":
            assert Product.objects.get(pk=row.pk).name_zh == shown  # only an approval changes what buyers read
        assert row.revisions.filter(state__in=ListingRevision.OPEN).count() <= 1
        waits = row.revisions.filter(state="submitted").exists()
        assert status(row) != "in_review" or waits
        sold = selectors.product_detail(row.slug, at=NOW)
        assert bool(sold and sold.sellable) == (status(row) == "on_sale")


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_wins():
    row = draft()
    certificate(row)
    found = submit(row)
    done: list[str] = []
    barrier = threading.Barrier(2, timeout=20)

    def decide(name: str) -> None:
        barrier.wait()
        decision = {"revision_id": found.pk, "revision": found.revision, "actor": f"user {name}", "now": NOW}
        try:
            if name == "2":
                listing_reviews.approve(**decision)
            else:
                listing_reviews.give_back(reasons={}, note="x", **decision)
            done.append(name)
        except listing_reviews.AlreadyDecided:
            pass
        finally:
            connections.close_all()

    people = [threading.Thread(target=decide, args=(name,)) for name in ("2", "3")]
    for each in people:
        each.start()
    for each in people:
        each.join(timeout=30)
    assert len(done) == 1 and connection.vendor in ("sqlite", "postgresql")
    assert (status(row), asked(row).decided_by) == ({"2": "on_sale", "3": "draft"}[done[0]], f"user {done[0]}")
