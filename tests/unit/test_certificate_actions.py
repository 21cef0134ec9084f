"""Deciding about certificates: the desks, the persons, the log, and hypothesis walking about in the database."""

import sys
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.actions import cards, certificates, schemes
from catalog.actions.certificates import Refused, decide, stamp
from catalog.certification import Desk, Move, Step, moves
from catalog.models import Certificate, CertificateEvent, CertificateScheme, Product, ProductCard
from tests.factories import DAY, NOW, certificate, merchant, product, scheme

pytestmark = pytest.mark.django_db
MERCHANT, COUNTY, PLATFORM = "user 1", "user 2", "user 3"


@pytest.fixture
def case() -> Certificate:
    """A product that waits for its certificate; a draft of its merchant."""
    row = product(certified=False)
    made = certificate(row, approved_at=None, step=Step.DRAFT)
    cards.rebuild(now=NOW)
    return made


def make(case: Certificate, move: Move, actor: str = "", **values) -> Certificate:
    """Make a move as the person whose turn it is."""
    case.refresh_from_db()
    at = Desk.COUNTY if case.step == Step.SUBMITTED and case.scheme.needs_county else Desk.PLATFORM
    given = {"reason": "看不清", "seen": stamp(case), "now": NOW, "desk": at, **values}
    person = actor or {Desk.COUNTY: COUNTY, Desk.PLATFORM: PLATFORM}[given["desk"]]
    return decide(certificate_id=case.pk, move=move, actor=person, **given)


def submit(case: Certificate, now=NOW) -> None:
    assert certificates.submit(certificate_id=case.pk, actor=MERCHANT, now=now)


def refused(case: Certificate, move: Move, *args, **values) -> str:
    before = Certificate.objects.filter(pk=case.pk).values().get(), CertificateEvent.objects.count()
    with pytest.raises(Refused) as error:
        make(case, move, *args, **values)
    assert (Certificate.objects.filter(pk=case.pk).values().get(), CertificateEvent.objects.count()) == before
    return error.value.code


def test_two_steps_by_two_people_open_the_shops_door(case):
    assert not Product.objects.sellable(at=NOW).exists()
    submit(case)
    make(case, Move.RECOMMEND)
    assert not Product.objects.sellable(at=NOW).exists()
    make(case, Move.APPROVE)
    assert Product.objects.sellable(at=NOW).exists()
    assert ProductCard.objects.get().sellable_until == case.valid_until
    told = CertificateEvent.objects.values_list("move", "desk", "actor")
    assert list(told) == [
        ("submit", "merchant", MERCHANT),
        ("recommend", "county", COUNTY),
        ("approve", "platform", PLATFORM),
    ]


def test_nobody_decides_twice_nor_on_their_own(case):
    submit(case)
    assert refused(case, Move.RECOMMEND, MERCHANT) == "own_case"
    make(case, Move.RECOMMEND)
    assert refused(case, Move.APPROVE, COUNTY) == "own_case"
    assert refused(case, Move.APPROVE, MERCHANT) == "own_case"


def test_a_desk_does_not_do_the_others_work(case):
    submit(case)
    assert refused(case, Move.APPROVE, PLATFORM, desk=Desk.PLATFORM) == "changed"
    assert refused(case, Move.APPROVE, PLATFORM, desk=Desk.COUNTY) == "changed"
    make(case, Move.RECOMMEND)
    assert refused(case, Move.RETURN, COUNTY, desk=Desk.COUNTY) == "changed"


def test_a_scheme_without_a_county_step_goes_straight_to_the_platform(case):
    CertificateScheme.objects.update(needs_county=False)
    submit(case)
    assert make(case, Move.APPROVE).step == Step.APPROVED


def test_what_is_returned_tells_why_and_comes_again(case):
    submit(case)
    assert refused(case, Move.RETURN, reason="  ") == "no_reason"
    seen = stamp(Certificate.objects.get())
    assert make(case, Move.RETURN, field="number").reasons == {"number": "看不清"}
    submit(case, now=NOW + DAY)
    assert Certificate.objects.get().reasons == {}
    assert refused(case, Move.RECOMMEND, seen=seen) == "changed"  # it was sent in anew since that reviewer looked
    make(case, Move.RECOMMEND)


def test_a_withdrawn_case_is_nobodys(case):
    submit(case)
    seen = stamp(Certificate.objects.get())
    assert certificates.withdraw(certificate_id=case.pk, actor=MERCHANT, now=NOW)
    assert refused(case, Move.RECOMMEND, seen=seen) == "changed"
    assert not certificates.withdraw(certificate_id=case.pk, actor=MERCHANT, now=NOW)


def test_a_number_is_approved_once(case):
    other = certificate(product(certified=False, merchant=merchant()), number=case.number, approved_at=None)
    submit(case)
    make(case, Move.RECOMMEND)
    make(case, Move.APPROVE)
    make(other, Move.RECOMMEND)
    assert refused(other, Move.APPROVE) == "number_taken"
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=other.pk).update(approved_at=NOW)


def test_a_revocation_holds_from_its_moment_and_is_only_moved_forward(case):
    submit(case)
    make(case, Move.RECOMMEND)
    make(case, Move.APPROVE)
    noon = NOW + timedelta(hours=4)

    def revoke(at=None) -> bool:
        return certificates.revoke(certificate_id=case.pk, now=NOW, at=at, actor=PLATFORM, reason="抽检不合格")

    assert revoke(noon) and not revoke(noon + DAY)
    assert ProductCard.objects.get().sellable_until == noon
    assert Product.objects.sellable(at=noon - timedelta(seconds=1)).exists()
    assert not Product.objects.sellable(at=noon).exists()
    assert revoke() and not revoke()
    assert not Product.objects.sellable(at=NOW).exists()
    assert CertificateEvent.objects.filter(move="revoke").count() == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(needs_county=st.booleans(), steps=st.lists(st.tuples(st.sampled_from(Move), st.integers(1, 4)), max_size=12))
def test_whatever_people_try_the_database_follows_the_machine(case, needs_county, steps):
    """Moves by four people in any order: the row always stands where the pure machine says, or did not move."""
    CertificateEvent.objects.all().delete()
    Certificate.objects.update(
        step=Step.DRAFT, approved_at=None, revoked_at=None, recommended_by="", submitted_by="", submitted_at=None
    )
    CertificateScheme.objects.update(needs_county=needs_county)
    for number, (move, person) in enumerate(steps):
        before = Certificate.objects.get()
        possible = moves(before.step, needs_county=needs_county)
        now, actor = NOW + timedelta(seconds=number), f"user {person}"
        if move == Move.SUBMIT:
            done = certificates.submit(certificate_id=case.pk, actor=actor, now=now)
        elif move == Move.WITHDRAW:
            done = certificates.withdraw(certificate_id=case.pk, actor=actor, now=now)
        elif move == Move.REVOKE:
            done = certificates.revoke(certificate_id=case.pk, actor=actor, now=now)
        else:
            try:
                done = bool(make(before, move, actor, now=now))
            except Refused:
                done = False
        after = Certificate.objects.get()
        assert after.step == (possible[move] if done else before.step)
        assert not done or move in possible
        if after.step == Step.APPROVED and needs_county:
            last = CertificateEvent.objects.filter(move__in=["submit", "recommend", "approve"]).order_by("-pk")[:3]
            assert len({event.actor for event in last}) == 3 and after.recommended_by


def test_schemes_come_from_the_file_until_the_office_edits_one():
    first = schemes.load_schemes()
    assert first.created == 6 and schemes.load_schemes() == type(first)()
    row = CertificateScheme.objects.get(slug="organic")
    row.name_zh = "有机认证"
    schemes.edited(scheme=row, now=NOW)
    CertificateScheme.objects.filter(slug="green-food").update(name_zh="旧名")
    assert schemes.load_schemes().updated == 1
    assert dict(CertificateScheme.objects.values_list("slug", "name_zh"))["organic"] == "有机认证"


def test_a_scheme_that_admits_no_more_takes_its_goods_out_of_the_shop():
    product()
    cards.rebuild(now=NOW)
    row = scheme()
    row.admits_sale = False
    schemes.edited(scheme=row, now=NOW)
    assert ProductCard.objects.get().sellable_until is None and not Product.objects.sellable(at=NOW).exists()


def test_what_another_scheme_still_admits_comes_back_though_the_process_dies(monkeypatch):
    row = product()
    other = certificate(row, scheme=scheme("green-food"))
    cards.rebuild(now=NOW)
    cards.rebuild_due(now=NOW)
    other.scheme.admits_sale = False
    with monkeypatch.context() as dying, pytest.raises(SystemExit):
        dying.setattr(cards, "rebuild", lambda **_: sys.exit("killed"))
        schemes.edited(scheme=other.scheme, now=NOW + DAY)
    assert ProductCard.objects.get().sellable_until is None
    cards.rebuild_due(now=NOW + DAY)
    assert ProductCard.objects.get().sellable_until
