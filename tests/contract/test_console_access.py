"""Who may open which page of the console: every address × every kind of visitor. A new address needs a case here."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver

from catalog.models import Stock, StockTransfer, Warehouse
from checkout.actions import staff
from checkout.models import MerchantStaff, Role
from storefront.console import urls
from tests.factories import DAY, NOW, certificate, merchant, product
from tests.merchants import PASSWORD, application, document, employ, member, person, signed_in

pytestmark = pytest.mark.django_db


def a_sheet_job(shop) -> int:
    """An export that is done: every page of a job opens."""
    from tests.sheets import exported_job

    return exported_job(shop).pk


def shelf(shop) -> Stock:
    """A shelf with goods of the merchant's."""
    return product(merchant=shop).variants.get().stocks.get()


def transfer(shop) -> StockTransfer:
    """Goods of the merchant's on their way to a second warehouse."""
    row = shelf(shop)
    other = Warehouse.objects.create(merchant=shop, name_zh="二仓", name_en="Second")
    return StockTransfer.objects.create(
        variant=row.variant, source=row.warehouse, destination=other, quantity=1, sent_by="user 1", sent_at=NOW
    )


def invited(shop) -> int:
    """An invitation to work for the merchant that is open."""
    by = employ(person(), shop).pk
    return staff.invite(
        merchant_id=shop.pk, email="new@example.com", roles=[Role.FINANCE], language="en", by=by, now=NOW
    ).pk


# The page's address → more arguments than the slug (a function of the merchant), and whether it is only posted to.
PAGES: dict[str, tuple] = {
    "overview": (lambda shop: {}, "get"),
    "sheets": (lambda shop: {}, "get"),
    "sheet_export": (lambda shop: {}, "post"),
    "sheet_template": (lambda shop: {"sheet": "stock"}, "get"),
    "sheet_job": (lambda shop: {"job": a_sheet_job(shop)}, "get"),
    "sheet_state": (lambda shop: {"job": a_sheet_job(shop)}, "get"),
    "sheet_decide": (lambda shop: {"job": a_sheet_job(shop)}, "post"),
    "sheet_stop": (lambda shop: {"job": a_sheet_job(shop)}, "post"),
    "sheet_file": (lambda shop: {"job": a_sheet_job(shop)}, "get"),
    "application": (lambda shop: {}, "get"),
    "application_take_back": (lambda shop: {}, "post"),
    "application_change": (lambda shop: {}, "post"),
    "document": (lambda shop: {"token": document(shop).token}, "get"),
    "listings": (lambda shop: {}, "get"),
    "listing_new": (lambda shop: {}, "get"),
    "listing": (lambda shop: {"pk": offered(shop)}, "get"),
    "listing_prices": (lambda shop: {"pk": offered(shop)}, "post"),
    "listing_copy": (lambda shop: {"pk": offered(shop)}, "post"),
    "listing_discard": (lambda shop: {"pk": offered(shop)}, "get"),
    "listing_preview": (lambda shop: {"pk": offered(shop)}, "get"),
    "listing_take_back": (lambda shop: {"pk": offered(shop)}, "post"),
    "listing_drop": (lambda shop: {"pk": offered(shop)}, "post"),
    "listing_pause": (lambda shop: {"pk": offered(shop)}, "get"),
    "listing_resume": (lambda shop: {"pk": offered(shop)}, "post"),
    "listing_withdraw": (lambda shop: {"pk": offered(shop)}, "get"),
    "listing_dates": (lambda shop: {"pk": offered(shop, line_kind="service")}, "get"),
    "listing_date": (lambda shop: {"pk": offered(shop, line_kind="service"), "day": 1}, "post"),
    "certificates": (lambda shop: {}, "get"),
    "certificate_new": (lambda shop: {}, "get"),
    "certificate": (lambda shop: {"pk": certified(shop).pk}, "get"),
    "certificate_withdraw": (lambda shop: {"pk": certified(shop).pk}, "post"),
    "certificate_document": (lambda shop: {"pk": certified(shop).pk}, "get"),
    "papers": (lambda shop: {}, "get"),
    "contact": (lambda shop: {}, "get"),
    "bank": (lambda shop: {}, "get"),
    "staff": (lambda shop: {}, "get"),
    "staff_invite": (lambda shop: {}, "post"),
    "staff_withdraw": (lambda shop: {"invitation": invited(shop)}, "post"),
    "staff_roles": (lambda shop: {"person": employ(person(), shop).pk}, "get"),
    "staff_remove": (lambda shop: {"person": employ(person(), shop).pk}, "get"),
    "trail": (lambda shop: {}, "get"),
    "listing_media": (lambda shop: {"product": product(merchant=shop).pk}, "get"),
    "listing_picture": (lambda shop: {"product": product(merchant=shop).pk, "media": 1}, "post"),
    "listing_terms": (lambda shop: {"product": product(merchant=shop).pk}, "get"),
    "warehouses": (lambda shop: {}, "get"),
    "warehouse_new": (lambda shop: {}, "get"),
    "warehouse": (lambda shop: {"pk": shelf(shop).warehouse_id}, "get"),
    "warehouse_close": (lambda shop: {"pk": shelf(shop).warehouse_id}, "post"),
    "shelf": (lambda shop: {"pk": shelf(shop).pk}, "get"),
    "transfers": (lambda shop: {}, "get"),
    "transfer_end": (lambda shop: {"pk": transfer(shop).pk}, "post"),
}
# Pages that belong to no merchant: whoever is signed in may open them. Arguments.
PERSONAL: dict[str, dict] = {
    "home": {},
    "apply": {},
    "invitation": {"token": "nobody-signed-this"},
}
LET_IN = (200, 302, 303, 422)  # 422: and told what is missing
ROLES = [str(role) for role in Role if role != Role.OWNER]


def offered(shop, **values) -> int:
    """Return a listing of the merchant's."""
    return product(merchant=shop, certified=False, on_hand=None, **values).pk


def patterns(found=urls.urlpatterns):
    """Yield every address of the console."""
    for each in found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


ALL: dict[str, URLPattern] = {pattern.name: pattern for pattern in patterns()}
# The pages of one thing: its number is a merchant's own, as the merchant's name is.
KINDS = {"sheet"}  # what names a kind of thing, and nothing of anybody's
THINGS = [name for name, pattern in ALL.items() if name in PAGES and set(pattern.pattern.converters) - {"slug"} - KINDS]


@pytest.fixture
def shop(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    shop = merchant()
    application(shop, state="submitted")
    return shop


def address(name: str, shop) -> str:
    return reverse(f"console:{name}", kwargs={"slug": shop.slug, **PAGES[name][0](shop)})


def certified(shop):
    """Return a certificate of the merchant's that waits, with its scan."""
    return certificate(product(merchant=shop, certified=False), approved_at=None, document=document(shop))


def ask(client: Client, name: str, shop):
    return getattr(client, PAGES[name][1])(address(name, shop))


def role_of(name: str) -> str | None:
    return ALL[name].callback.console_role


def test_every_address_has_a_case_and_a_gate():
    assert set(ALL) == set(PAGES) | set(PERSONAL)
    assert [name for name in PAGES if not hasattr(ALL[name].callback, "console_role")] == []
    assert [name for name in PERSONAL if not hasattr(ALL[name].callback, "is_personal")] == []
    assert [name for name in PAGES if "slug" not in ALL[name].pattern.converters] == []


def test_no_merchant_can_be_named_like_a_page_of_nobody(shop):
    for name, arguments in PERSONAL.items():
        assert resolve(reverse(f"console:{name}", kwargs=arguments)).url_name == name


@pytest.mark.parametrize("name", [*PAGES, *PERSONAL])
def test_without_signing_in_one_is_asked_to(shop, name):
    path = address(name, shop) if name in PAGES else reverse(f"console:{name}", kwargs=PERSONAL[name])
    for way in ("get", "post"):
        answer = getattr(Client(), way)(path)
        assert answer.status_code in (302, 405), way
        if answer.status_code == 302:
            assert answer["Location"].startswith(reverse("account_login") + "?next="), way


@pytest.mark.parametrize("name", PAGES)
def test_the_owner_of_another_merchant_finds_nothing(shop, name):
    stranger = member(merchant())
    assert ask(stranger, name, shop).status_code == 404
    assert ask(signed_in(person()), name, shop).status_code == 404


@pytest.mark.parametrize("name", THINGS)
def test_another_merchants_things_are_not_found_under_ones_own_name(shop, name):
    stranger = merchant()
    arguments = {"slug": stranger.slug, **PAGES[name][0](shop)}
    for way in ("get", "post"):
        answer = getattr(member(stranger), way)(reverse(f"console:{name}", kwargs=arguments))
        assert answer.status_code in (404, 405), way


@pytest.mark.parametrize("name", PAGES)
def test_staff_of_the_office_is_no_staff_of_the_merchant(shop, name):
    officer = person()
    officer.is_staff = officer.is_superuser = True
    officer.save()
    assert ask(signed_in(officer), name, shop).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_who_has_left_finds_nothing(shop, name):
    left = employ(person(), shop, Role.OWNER)
    MerchantStaff.objects.filter(user=left).update(until=NOW - DAY)
    assert ask(signed_in(left), name, shop).status_code == 404


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_another_role_is_refused_and_the_right_one_let_in(shop, name, role):
    answer = ask(member(shop, role), name, shop)
    if role_of(name) in (None, role):
        assert answer.status_code in LET_IN, answer.status_code
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_the_owner_may_open_everything(shop, name):
    answer = ask(member(shop), name, shop)
    assert answer.status_code in LET_IN, answer.status_code
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", PERSONAL)
def test_what_belongs_to_nobody_is_open_to_whoever_is_signed_in(shop, name):
    answer = signed_in(person()).get(reverse(f"console:{name}", kwargs=PERSONAL[name]))
    assert answer.status_code in (200, 303)


def test_signing_in_leads_back_to_the_page_that_was_asked_for(shop):
    owner = employ(person(password=PASSWORD), shop)
    client = Client()
    wanted = address("staff", shop) + "?page=2"
    to = client.get(wanted)["Location"]
    answer = client.post(to, {"login": owner.email, "password": PASSWORD})
    assert answer["Location"] == wanted


def test_who_works_for_one_merchant_is_led_there_and_who_works_for_several_chooses(shop):
    user = employ(person(), shop, Role.LISTINGS)
    client = signed_in(user)
    assert client.get("/console/")["Location"] == f"/console/{shop.slug}/"
    other = merchant()
    employ(user, other, Role.FINANCE, Role.FULFILMENT)
    page = client.get("/console/").content.decode()
    assert f"/console/{shop.slug}/" in page and f"/console/{other.slug}/" in page
    assert client.get("/console/").status_code == 200


def test_the_navigation_shows_what_the_role_may_open(shop):
    seen = member(shop, Role.LISTINGS).get(f"/console/{shop.slug}/").content.decode()
    assert f"/console/{shop.slug}/staff/" not in seen
    assert f"/console/{shop.slug}/staff/" in member(shop).get(f"/console/{shop.slug}/").content.decode()


# What would fetch a merchant, or somebody's place there, past `checkout.access`.
PAST_ACCESS = re.compile(r"\b(Merchant|MerchantStaff)\.objects\b")


def test_the_console_gets_its_merchant_from_access_alone():
    files = sorted((Path(urls.__file__).parent).rglob("*.py"))
    assert len(files) > 5
    past = [
        f"{path.name}: {line.strip()}"
        for path in files
        for line in path.read_text().splitlines()
        if PAST_ACCESS.search(line)
    ]
    assert past == []
