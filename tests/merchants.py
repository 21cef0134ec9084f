"""People who work for merchants, and what merchants hand in, for tests of the console."""

import io
from datetime import date, datetime
from itertools import count

from django.test import Client
from PIL import Image

from catalog.actions import documents
from catalog.models import Merchant, MerchantApplication, MerchantDocument
from checkout.models import MerchantStaff, Role, User
from tests.factories import DAY, NOW

PASSWORD = "a-long-password-1"
_number = count(1)


def person(email: str = "", password: str | None = None) -> User:
    """Return an account with a confirmed address; without a password, as hashing one takes its time."""
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(email or f"person-{next(_number)}@example.com", password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def employ(user: User, merchant: Merchant, *roles: str, since: datetime = NOW - 30 * DAY) -> User:
    """Give somebody roles at a merchant, for 30 days already; return them."""
    for role in roles or (Role.OWNER,):
        MerchantStaff.objects.create(user=user, merchant=merchant, role=role, since=since)
    return user


def member(merchant: Merchant, *roles: str, email: str = "") -> Client:
    """Return the browser of somebody who holds these roles (owner unless told otherwise), signed in."""
    return signed_in(employ(person(email), merchant, *roles))


def signed_in(user: User) -> Client:
    """Return a browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


CREDIT_CODE = "91110000600037341L"  # of the library's own examples: the check digit fits


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    """Return a picture as bytes."""
    written = io.BytesIO()
    Image.new("RGB", size, "white").save(written, kind, **options)
    return written.getvalue()


def document(merchant: Merchant, name: str = "scan.png") -> MerchantDocument:
    """Return a document of the merchant's, its file in place."""
    return documents.add(merchant_id=merchant.pk, content=picture(), name=name, actor="user 1", now=NOW)


def application(merchant: Merchant, *, state: str = "draft", **values) -> MerchantApplication:
    """Return a whole application of the merchant's in a state."""
    scan = document(merchant)
    fields = {
        "legal_name": "延长县果业专业合作社",
        "credit_code": CREDIT_CODE,
        "region": merchant.region,
        "production_region": merchant.region,
        "producer_type": "cooperative",
        "licence": scan,
        "food_permit": scan,
        "benefit_evidence": scan,
        "benefit_mode": "contract_purchase",
        "benefit_households": 120,
        "benefit_from": date(2025, 1, 1),
        "benefit_until": date(2025, 12, 31),
        "created_at": NOW - 2 * DAY,
        **({} if state == "draft" else {"revision": 1, "submitted_at": NOW - DAY, "submitted_by": "user 1"}),
        **values,
    }
    return MerchantApplication.objects.create(merchant=merchant, state=state, **fields)
