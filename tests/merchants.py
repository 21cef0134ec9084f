"""People who work for merchants, for tests of the console."""

from datetime import datetime
from itertools import count

from django.test import Client

from catalog.models import Merchant
from checkout.models import MerchantStaff, Role, User
from tests.factories import DAY, NOW

PASSWORD = "a-long-password-1"
_number = count(1)


def person(email: str = "") -> User:
    """Return an account with a confirmed address."""
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(email or f"person-{next(_number)}@example.com", PASSWORD)
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
