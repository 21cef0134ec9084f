"""The office's pages on groups and people speak of rights in the reader's language."""

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import translation

from checkout.models import User
from storefront.office.rights import spoken_right

pytestmark = pytest.mark.django_db


def choices(client: Client, address: str, field: str) -> list[str]:
    page = client.get(address).content.decode()
    [options] = re.findall(rf'(?s)<select name="{field}".*?</select>', page)
    return re.findall(r"<option[^>]*>([^<]*)", options)


@pytest.mark.parametrize("page", ["group", "user"])
def test_rights_are_named_in_chinese(page):
    boss = User.objects.create_superuser("boss@example.com", "a-long-password-1")
    client = Client()
    client.force_login(boss)
    group = Group.objects.create(name="审核")
    address, field = {
        "group": (f"/admin/auth/group/{group.pk}/change/", "permissions"),
        "user": (f"/admin/checkout/user/{boss.pk}/change/", "user_permissions"),
    }[page]
    shown = choices(client, address, field)
    assert len(shown) == Permission.objects.count()
    assert "结算 · 退款：新增" in shown
    assert not [text for text in shown if re.search("[A-Za-z]{2}", text)]
    assert "Checkout · refund: add" in choices(client, f"/en{address}", field)


def test_a_right_without_a_table_stays_as_it_is_stored():
    right = Permission.objects.get(codename="add_refund")
    right.codename = right.name = "close_the_books"
    with translation.override("zh-hans"):
        assert spoken_right(right) == "close_the_books"


def test_rights_given_on_the_page_are_kept():
    boss = User.objects.create_superuser("boss@example.com", "a-long-password-1")
    client = Client()
    client.force_login(boss)
    group, right = Group.objects.create(name="审核"), Permission.objects.get(codename="add_refund")
    client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "审核", "permissions": [right.pk]})
    assert list(group.permissions.all()) == [right]


def test_the_scripts_that_choose_rights_speak_chinese():
    boss = User.objects.create_superuser("boss@example.com", "a-long-password-1")
    client = Client()
    client.force_login(boss)
    words = client.get("/admin/jsi18n/").content.decode()
    assert json.dumps("选择全部%s") in words and json.dumps("过滤") in words
    assert json.dumps("选择全部%s") not in client.get("/en/admin/jsi18n/").content.decode()
