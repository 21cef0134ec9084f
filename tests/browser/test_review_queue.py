"""The reviewers' queue without a mouse: J and K walk, A decides, R returns, and all of it can be switched off."""

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.browser import probes
from tests.faults.shop import ROOT, Shop

pytestmark = pytest.mark.browser
QUEUE = "/admin/catalog/certificate/queue/"
PASSWORD = "a-long-password-1"
# Makes a reviewer for both desks, and four cases of their own that have waited longer than any other.
PREPARE = f"""
import django; django.setup()
import json, sys
from datetime import timedelta
from django.contrib.auth.models import Permission
from django.utils import timezone
from catalog.models import Certificate
from checkout.models import User
user = User.objects.create_user(sys.argv[1], "{PASSWORD}", is_staff=True)
names = ("view_certificate", "approve_certificate", "recommend_certificate")
user.user_permissions.set(Permission.objects.filter(codename__in=names))
like, now = Certificate.objects.filter(step="approved").first(), timezone.now()
for number in range(4):
    Certificate.objects.create(
        number=f"Q-{{user.pk}}-{{number}}", scheme=like.scheme, merchant=like.merchant, region=like.region,
        issuer_zh=like.issuer_zh, issuer_en=like.issuer_en, valid_from=now, valid_until=now + timedelta(days=300),
        step="recommended", submitted_at=now - timedelta(days=900 + user.pk, minutes=-number),
    )
print(json.dumps([f"Q-{{user.pk}}-{{number}}" for number in range(4)]))
"""


@pytest.fixture
def reviewer(shop: Shop, new_context, request):
    """A page at the queue, signed in; and the numbers that wait, in order."""
    email = f"reviewer-{abs(hash(request.node.name)) % 10**8}@example.com"
    env = {**shop.env, "DJANGO_SETTINGS_MODULE": "storefront.settings"}
    made = subprocess.run(
        [sys.executable, "-c", PREPARE, email], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )
    assert made.returncode == 0, made.stderr
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{shop.url}/accounts/login/?next={QUEUE}")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{shop.url}{QUEUE}")  # not the address of the entrance, which ends with it
    page.wait_for_load_state("load")
    return page, json.loads(made.stdout)


def case(page: Page):
    return page.locator("#case-title")


def press(page: Page, key: str) -> None:
    """Press a key once the page has its script."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def test_a_case_is_found_approved_and_another_returned_by_keys_alone(reviewer):
    page, numbers = reviewer
    expect(case(page)).to_have_text(numbers[0])
    press(page, "j")
    expect(case(page)).to_have_text(numbers[1])
    press(page, "k")
    expect(case(page)).to_have_text(numbers[0])
    press(page, "a")
    expect(case(page)).to_have_text(numbers[1])
    expect(page.locator("body")).to_contain_text("1 件已办结")
    press(page, "r")
    expect(page.locator("[data-reason]")).to_be_focused()
    assert probes.focus_fault(page) == ""
    page.keyboard.insert_text("扫描件看不清")
    page.keyboard.press("j")  # in a field a letter is a letter
    expect(case(page)).to_have_text(numbers[1])
    page.keyboard.press("Enter")
    expect(case(page)).to_have_text(numbers[2])


def test_the_keys_can_be_switched_off(reviewer):
    page, numbers = reviewer
    page.locator("[data-keys]").uncheck()
    page.locator("#case-title").click()
    page.keyboard.press("j")
    page.wait_for_timeout(500)
    expect(case(page)).to_have_text(numbers[0])
    page.reload()
    expect(page.locator("[data-keys]")).not_to_be_checked()


def test_it_works_without_scripts(reviewer, new_context):
    page, numbers = reviewer
    cookies = page.context.cookies()
    still = new_context(java_script_enabled=False)
    still.add_cookies(cookies)
    other = still.new_page()
    other.goto(page.url)
    other.locator("[data-next]").click()
    expect(case(other)).to_have_text(numbers[1])
    other.locator("[data-approve]").click()
    expect(other.locator("body")).to_contain_text(numbers[0])
    expect(other.locator("[data-keys]")).to_be_hidden()
