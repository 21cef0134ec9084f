"""The office in a real browser: an article is written in the editor, looked at before it is out, published and read."""

import secrets

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PASSWORD = "a long pass phrase of mine"
MAKE = (
    "from checkout.models import User; "
    "User.objects.create_superuser({email!r}, {password!r})"  # a person of the office, as `createsuperuser` makes one
)


@pytest.fixture(scope="module")
def writer(shop, browser):
    """Somebody of the office, signed in."""
    email = f"office-{secrets.token_hex(4)}@example.com"
    shop.command("django", "shell", "-c", MAKE.format(email=email, password=PASSWORD))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{shop.url}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").click()
    page.wait_for_url(f"{shop.url}/")
    yield page
    context.close()


def test_an_article_is_written_previewed_and_published(writer, shop, new_context):
    said = []
    writer.on("pageerror", lambda error: said.append(str(error)))
    slug = f"written-{secrets.token_hex(4)}"
    writer.goto(f"{shop.url}/admin/storefront/article/add/")
    writer.select_option("[name=kind]", "case")
    writer.fill("[name=title_zh]", "编辑器里写的文章")
    writer.fill("[name=summary_zh]", "一句摘要。")
    writer.fill("[name=slug]", slug)
    editor = writer.locator("trix-editor[input=wysiwyg-body_zh]")
    editor.click()
    writer.locator("trix-toolbar").first.locator("[data-trix-attribute=heading2]").click()
    writer.keyboard.type("第一节")
    writer.keyboard.press("Enter")
    writer.locator("trix-toolbar").first.locator("[data-trix-attribute=bold]").click()
    writer.keyboard.type("加粗的话")
    writer.locator("[name=_continue]").first.click()
    writer.wait_for_url("**/change/")
    reader = new_context(viewport={"width": 390, "height": 844}).new_page()
    assert reader.goto(f"{shop.url}/articles/{slug}/").status == 404

    address = writer.url
    writer.goto(f"{shop.url}/articles/{slug}/preview/")
    expect(writer.locator(".notice")).to_contain_text("这是草稿")
    expect(writer.locator(".article-text h2")).to_have_text("第一节")
    expect(writer.locator(".article-text strong")).to_have_text("加粗的话")

    writer.goto(address)
    writer.fill("[name=published_from_0]", "2026-01-01")
    writer.fill("[name=published_from_1]", "08:00:00")
    writer.locator("[name=_save]").first.click()
    writer.wait_for_url("**/article/**")
    assert reader.goto(f"{shop.url}/articles/{slug}/").status == 200
    expect(reader.locator("h1")).to_have_text("编辑器里写的文章")
    expect(reader.locator(".article-text strong")).to_have_text("加粗的话")
    assert said == []
