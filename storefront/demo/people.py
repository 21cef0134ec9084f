"""Accounts to try the demo with: a merchant's owner, a county's officer, a reviewer; and applications in their queue.

Their passwords follow from the shop's signing key: nobody outside can know them, and `bangmai demo accounts` tells them
at any time.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils.crypto import salted_hmac
from PIL import Image, ImageDraw, ImageFont
from stdnum.cn import uscc

from catalog.actions import applications, documents, reviews
from catalog.models import AidedRegion, BenefitReport, Merchant, MerchantApplication
from checkout import selectors
from checkout.actions import staff
from checkout.models import MerchantStaff, Role, User
from storefront.demo.drafts import write_drafts
from storefront.office.roles import COUNTY, REVIEWERS

OWNER, APPLICANT = "merchant@bangmai.example", "applicant@bangmai.example"
OFFICER, REVIEWER = "county@bangmai.example", "reviewer@bangmai.example"
_OFFICE = {OFFICER: COUNTY, REVIEWER: REVIEWERS}
_APPLICANTS = (
    ("610621", "延长县果业专业合作社（演示）", "Yanchang Orchard Cooperative (demo)"),
    ("532626", "丘北县辣椒专业合作社（演示）", "Qiubei Chili Cooperative (demo)"),
)
_DEPARTMENT = "演示县农业农村局（非真实）"


@dataclass(frozen=True)
class Account:
    """An account of the demo, and what it is good for."""

    email: str
    password: str
    purpose: str


def accounts() -> list[Account]:
    """Return the demo's accounts with their passwords."""
    purposes = {
        OWNER: "owner of a merchant: /console/",
        APPLICANT: "owner of two applicants: /console/",
        OFFICER: "recommends for a county: /admin/",
        REVIEWER: "decides on applications: /admin/",
    }
    return [Account(email, _password(email), purpose) for email, purpose in purposes.items()]


def _password(email: str) -> str:
    return salted_hmac("bangmai.demo.account", email, algorithm="sha256").hexdigest()[:16]


def write_people(*, now: datetime) -> None:
    """Make the accounts that are missing, give the first merchant its owner, fill the queue. Twice changes nothing."""
    people = {account.email: _person(account) for account in accounts()}
    for email, group in _OFFICE.items():
        User.objects.filter(pk=people[email].pk).update(is_staff=True)
        people[email].groups.add(Group.objects.get(name=group))
    first = Merchant.objects.filter(approvals__valid_until=None, approvals__isnull=False).order_by("pk").first()
    if first is not None:
        MerchantStaff.objects.get_or_create(
            user=people[OWNER], merchant=first, role=Role.OWNER, until=None, defaults={"since": now}
        )
        owner, reviewer = (selectors.actor(people[each].pk) for each in (OWNER, REVIEWER))
        write_drafts(first, actor=owner, reviewer=reviewer, now=now)
    if not MerchantApplication.objects.exists():
        _fill_queue(people, now)


def _person(account: Account) -> User:
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(account.email, account.password)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def _fill_queue(people: dict[str, User], now: datetime) -> None:
    """Hand in one application for each applicant whose county is there; the second is recommended already."""
    who, officer = people[APPLICANT], selectors.actor(people[OFFICER].pk)
    for number, (code, name, name_en) in enumerate(_APPLICANTS):
        region = AidedRegion.objects.filter(code=code).first()
        if region is None:
            continue
        handed_in = now - timedelta(days=3 - number)
        merchant = staff.begin(
            user_id=who.pk,
            name=name,
            region_id=region.pk,
            producer_type=Merchant.ProducerType.COOPERATIVE,
            language="zh-hans",
            now=handed_in,
        )
        Merchant.objects.filter(pk=merchant.pk).update(slug=f"demo-applicant-{number + 1}")  # the same in every demo
        row = MerchantApplication.objects.get(merchant=merchant)
        whose: dict[str, Any] = {"merchant_id": merchant.pk, "actor": selectors.actor(who.pk), "now": handed_in}
        values = {"name_en": name_en, **_claims(region, number, handed_in.date())}
        for field, title in (("licence", "LICENCE"), ("food_permit", "FOOD PERMIT"), ("benefit_evidence", "EVIDENCE")):
            values[field] = documents.add(content=_scan(title), name=f"{field}-demo.png", **whose)
        applications.save(application_id=row.pk, values=values, **whose)
        applications.submit(application_id=row.pk, language="zh-hans", **whose)
        if number:
            reviews.recommend(
                application_id=row.pk, revision=1, office=_DEPARTMENT, actor=officer, now=handed_in + timedelta(days=1)
            )


def _claims(region: AidedRegion, number: int, today: date) -> dict:
    body = f"93{region.code}MA6DEM{number:03d}"  # 93: a farmers' cooperative
    return {
        "credit_code": body + uscc.calc_check_digit(body),
        "production_region_id": region.pk,
        "benefit_mode": BenefitReport.Mode.CONTRACT_PURCHASE,
        "benefit_households": 86 + 40 * number,
        "benefit_from": date(today.year - 1, 1, 1),
        "benefit_until": date(today.year - 1, 12, 31),
    }


def _scan(title: str) -> bytes:
    """Return a picture that stands for a scan, and says that it is none."""
    page = Image.new("RGB", (900, 640), "#fffdf7")
    pen = ImageDraw.Draw(page)
    pen.rectangle((24, 24, 876, 616), outline="#b3271e", width=6)
    pen.text((450, 260), title, fill="#231d18", font=ImageFont.load_default(64), anchor="mm")
    pen.text((450, 360), "DEMO - NOT A REAL DOCUMENT", fill="#b3271e", font=ImageFont.load_default(34), anchor="mm")
    written = io.BytesIO()
    page.save(written, "PNG")
    return written.getvalue()
