"""What everybody can look up of a certificate: its page, its code, and the same through the API."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.actions import cards, certificates
from catalog.models import Certificate, CertificateEvent, CertificateScheme, GeographicalIndication, QualityPaper
from storefront import names, page_cache
from tests.factories import DAY, NOW, certificate, merchant, product
from tests.graphql_client import post
from tests.page_text import Page

pytestmark = pytest.mark.django_db

NUMBER = "粤农（2026）/001"
ADDRESS = f"/certificates/{NUMBER}/"
GOOD = '#check"/></svg>有效</'


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture
def paper(clock, settings) -> Certificate:
    """A certificate of an agent's apple, ending in 40 days, with a log; its number has letters of every kind."""
    settings.PAGE_CACHE = True
    names.forget()
    page_cache.changes.forget()
    caches["pages"].clear()
    agent = merchant(producer_type="agent", producer_zh="王家坪果园", producer_en="Wangjiaping Orchard")
    row = product("延长苹果", slug="apple", merchant=agent, certified=False)
    made = certificate(row, number=NUMBER, valid_until=NOW + 40 * DAY)
    for move, desk, days in (("submit", "merchant", 120), ("return", "county", 115), ("approve", "platform", 100)):
        CertificateEvent.objects.create(
            certificate=made, move=move, desk=desk, at=NOW - days * DAY, actor="user 7", reason="内部意见"
        )
    cards.rebuild(now=NOW)
    yield made
    caches["pages"].clear()


def text(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def test_it_says_what_by_whom_until_when_and_whether_now(paper):
    page = text(ADDRESS)
    for words in (
        "脱贫地区产品认定",
        NUMBER,
        "县农业农村局",
        "延长县",
        "610621",
        "延长苹果",
        "/products/apple/",
        "王家坪果园",
    ):
        assert words in page, words
    assert GOOD in page
    assert "user 7" not in page and "内部意见" not in page
    english = text(f"/en{ADDRESS}")
    assert "Valid today" in english and "Wangjiaping Orchard" in english and "Approved by the platform" in english


def test_a_number_is_found_as_people_write_it(paper):
    assert Client().get("/certificates/粤农（２０２６）／００１/").status_code == 200
    answer = Client().get("/certificates/", {"number": " 粤农（2026）/001 "})
    assert answer.status_code == 303 and Client().get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(("prefix", "words"), [("", "没有这张证书"), ("/en", "No such certificate")])
def test_an_unknown_number_is_told_honestly_with_a_form(paper, prefix, words):
    answer = Client().get(f"{prefix}/certificates/NOPE-1/")
    page = answer.content.decode()
    assert answer.status_code == 404 and words in page
    assert 'name="number" value="NOPE-1"' in page


@pytest.mark.parametrize("step", ["draft", "submitted", "recommended", "returned", "rejected"])
def test_a_claim_is_no_certificate(paper, step):
    Certificate.objects.update(step=step, approved_at=None)
    assert Client().get(ADDRESS).status_code == 404
    assert Client().get(f"{ADDRESS}qr.svg").status_code == 404
    assert post(f'{{ certificate(number: "{NUMBER}") {{ number }} }}').json()["data"] == {"certificate": None}
    assert NUMBER not in text("/products/apple/")


def test_the_state_changes_by_the_clock_alone_although_the_page_is_kept(paper, clock):
    assert GOOD in text(ADDRESS) and Client().get(ADDRESS)["X-Cache"] == "hit"
    clock.now = NOW + 10 * DAY
    assert "state warn" in text(ADDRESS)
    clock.now = paper.valid_until
    page = text(ADDRESS)
    assert "state bad" in page and "已过期" in page and GOOD not in page


def test_a_revocation_is_told_at_its_moment_with_its_reason(paper, clock):
    text(ADDRESS), text("/products/apple/")
    certificates.revoke(certificate_id=paper.pk, now=NOW, at=NOW + timedelta(hours=1), reason="检验不合格")
    page_cache.changes.forget()
    assert GOOD in text(ADDRESS) and "检验不合格" in text(ADDRESS)
    clock.now = NOW + timedelta(hours=1)
    assert "已撤销" in text(ADDRESS) and GOOD not in text(ADDRESS)
    assert GOOD not in text("/products/apple/")


def test_a_seal_that_admits_nothing_is_revoked_on_the_product_page_too(paper, clock):
    organic = CertificateScheme.objects.create(slug="organic", name_zh="有机产品", name_en="Organic")
    row = paper.products.get()
    first, _ = (certificate(row, scheme=organic, number=f"OG-{n}") for n in (1, 2))
    cards.rebuild(now=NOW)
    page_cache.changes.forget()
    before = text("/products/apple/").count(GOOD)
    certificates.revoke(certificate_id=first.pk, now=NOW)  # the card stays the same: the other one still holds
    page_cache.changes.forget()
    assert text("/products/apple/").count(GOOD) == before - 1


def test_the_code_leads_to_the_page(paper, settings):
    settings.PUBLIC_URL = "https://shop.example"
    answer = Client().get(f"{ADDRESS}qr.svg")
    assert answer["Content-Type"] == "image/svg+xml" and answer["Cache-Control"] == "public, max-age=86400"
    assert b"<svg" in answer.content and b"<script" not in answer.content
    assert f"{ADDRESS}qr.svg" in text("/products/apple/").replace(
        "%E7%B2%A4%E5%86%9C%EF%BC%882026%EF%BC%89", "粤农（2026）"
    )


def test_indications_and_quality_papers_are_told_whole(paper):
    GeographicalIndication.objects.create(
        certificate=paper, kind="trademark", holder="延长县苹果协会", licensed_user="王家坪果园", state="moving"
    )
    QualityPaper.objects.create(
        product=paper.products.get(),
        lot="L-7",
        producer="王家坪果园",
        weight_grams=500_000,
        issued_on=NOW.date(),
        recorded_at=NOW,
        recorded_by="user 7",
    )
    page = text(f"/en{ADDRESS}")
    for words in ("Certification mark", "延长县苹果协会", "lot L-7", "being moved"):
        assert words in page


def test_the_api_tells_the_same(paper, settings):
    settings.PUBLIC_URL = "https://shop.example"
    query = """query ($number: String!) { certificate(number: $number) { number status url admitsSale certifiedName
      log { move desk reason } coverage { certifiedName product { slug certificates { number log { move } } } } } }"""
    told = post(query, {"number": NUMBER}).json()["data"]["certificate"]
    assert told["status"] == "VALID" and told["certifiedName"] == "延长苹果"
    assert told["url"].startswith("https://shop.example/certificates/")
    assert [line["move"] for line in told["log"]] == ["SUBMIT", "RETURN", "APPROVE"]
    assert {line["reason"] for line in told["log"]} == {""}
    [covered] = told["coverage"]
    assert covered["product"]["slug"] == "apple" and len(covered["product"]["certificates"][0]["log"]) == 3


def test_reading_is_bounded_and_the_pages_are_sound(paper):
    for prefix in ("", "/en"):
        with CaptureQueriesContext(connection) as asked:
            page = Page.of(text(f"{prefix}{ADDRESS}"))
        assert len(asked) <= 8
        assert page.inline == [] and page.headings.count(1) == 1 and len(page.ids) == len(set(page.ids))
