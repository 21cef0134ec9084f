"""Articles: who sees which when, in which language, on which pages; what the office writes, previews and publishes."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import search
from catalog.actions import cards
from checkout.models import User
from storefront import names, page_cache
from storefront.models import Article
from tests import scripts
from tests.factories import DAY, NOW, merchant, product, region
from tests.page_text import Page
from tests.unit.test_pictures import photo

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-password-1"


@pytest.fixture(autouse=True)
def shop(settings, tmp_path, monkeypatch):
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.PICTURES_DIR = tmp_path / "pictures"
    settings.PAGE_CACHE = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    names.forget()
    place = region(slug="yanchang")
    product("延长苹果", slug="apple", merchant=merchant(region=place))
    cards.rebuild(now=NOW)
    search.rebuild()
    return place


def article(slug: str, **values) -> Article:
    given = {
        "kind": "policy", "title_zh": f"标题{slug}", "title_en": f"Title {slug}", "summary_zh": "摘要。",
        "summary_en": "A summary.", "body_zh": "<p>正文会说明。</p>", "body_en": "<p>A text.</p>",
        "published_from": NOW - DAY,
    }  # fmt: skip
    return Article.objects.create(slug=slug, **{**given, **values})


def read(path: str, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def staff(*codenames: str) -> Client:
    person = User.objects.create_user("office@example.com", PASSWORD, is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(person)
    return client


WRITER = ("view_article", "add_article", "change_article", "view_aidedregion")


@pytest.mark.parametrize(
    ("begins", "ends", "is_seen"),
    [
        (None, None, False),
        (NOW + timedelta(seconds=1), None, False),
        (NOW, None, True),
        (NOW - DAY, NOW + timedelta(seconds=1), True),
        (NOW - DAY, NOW, False),
    ],
    ids=["draft", "scheduled", "just begun", "about to end", "ended"],
)
def test_an_article_is_seen_within_its_window_alone(shop, begins, ends, is_seen):
    article("one", region=shop, published_from=begins, published_until=ends)
    for path in ("/", "/articles/", "/articles/?kind=policy", "/counties/yanchang/", "/en/", "/zh-hant/articles/"):
        assert ("one/" in re.sub('/counties/[^"]*', "", read(path))) is is_seen, path
    assert Client().get("/articles/one/").status_code == (200 if is_seen else 404)


def test_home_shows_the_latest_three_and_a_county_its_own(shop):
    for number in range(5):
        article(f"n{number}", published_from=NOW - (10 - number) * DAY, region=shop if number < 2 else None)
    assert re.findall(r"/articles/(n\d)/", read("/")) == ["n4", "n3", "n2"]
    assert re.findall(r"/articles/(n\d)/", read("/counties/yanchang/")) == ["n1", "n0"]
    region(slug="other", code="610622")
    assert "本县故事" not in read("/counties/other/")


def test_the_list_has_kinds_and_pages():
    for number in range(14):
        article(f"n{number:02}", published_from=NOW - (20 - number) * DAY)
    article("tale", kind="story")
    first, second = read("/articles/?kind=policy"), read("/articles/?kind=policy&page=2")
    assert len(re.findall(r'href="/articles/n\d\d/"', first)) == 12
    assert re.findall(r'href="/articles/(n\d\d)/"', second) == ["n01", "n00"]
    assert "?kind=policy&amp;page=2" in first and "/articles/tale/" not in first
    assert re.findall(r'href="/articles/(\w+)/"', read("/articles/?kind=story")) == ["tale"]
    assert "/articles/tale/" in read("/articles/?kind=nonsense&page=nonsense")


@pytest.mark.parametrize(
    ("path", "words"), [("/articles/", "尚未发布文章"), ("/articles/?kind=case", "此类文章尚未发布"),
                        ("/zh-hant/articles/", "尚未發布文章"), ("/en/articles/", "Nothing has been published yet")],
)  # fmt: skip
def test_where_there_is_nothing_it_is_said(path, words):
    assert words in read(path)
    assert "资讯与故事</h2>" not in read("/")


def test_each_language_has_its_text_and_marks_what_it_has_not(shop):
    article("all", title_hant="標題", summary_hant="摘要。", body_hant="<p>正文會說明。</p>", region=shop)
    article(
        "some", title_zh="只有简体说明", title_en="", summary_en="", body_en="", summary_zh="这里说明。", kind="case"
    )
    chinese, own = read("/articles/all/"), read("/zh-hant/articles/all/")
    assert '<div class="article-text"><p>正文会说明。</p></div>' in chinese
    assert '<div class="article-text"><p>正文會說明。</p></div>' in own and "会" not in own
    assert '<div class="article-text"><p>A text.</p></div>' in read("/en/articles/all/")
    for prefix in ("/zh-hant", "/en"):
        page = read(f"{prefix}/articles/some/")
        assert '<div class="article-text" lang="zh-Hans"><p>正文会说明。</p></div>' in page
        assert '<h1><bdi lang="zh-Hans">只有简体说明</bdi></h1>' in page
        assert ("This article is written in Chinese." in page) is (prefix == "/en")
    for path in ("/zh-hant/", "/zh-hant/articles/", "/zh-hant/articles/some/", "/zh-hant/counties/yanchang/"):
        assert scripts.unmarked(Page.of(read(path)).texts) == [], path


def test_what_reached_the_table_unclean_is_cleaned_when_it_is_shown():
    article("bad", body_zh='<p onclick="x()">字</p><script>alert(1)</script>', title_zh="<i>题</i>")
    page = read("/articles/bad/")
    assert '<div class="article-text"><p>字</p></div>' in page and "alert(1)" not in page and "<i>题" not in page
    assert Page.of(page).inline == []


def test_queries_do_not_grow_with_the_articles(shop):
    paths = ("/", "/articles/", "/articles/n0/", "/counties/yanchang/")
    article("n0", region=shop)
    few = {path: _queries(path) for path in paths}
    for number in range(1, 9):
        article(f"n{number}", region=region(slug=f"c{number}", code=f"61070{number}"))
        article(f"m{number}", region=shop)
    assert {path: _queries(path) for path in paths} == few
    assert few["/articles/"] <= 2 and few["/articles/n0/"] <= 1 and max(few.values()) <= 10


def _queries(path: str) -> int:
    names.names()
    with CaptureQueriesContext(connection) as queries:
        read(path)
    return len(queries)


def test_a_new_article_is_seen_within_ten_seconds_and_an_ended_one_at_its_end(settings, monkeypatch, shop):
    settings.PAGE_CACHE = True
    page_cache.changes.forget()
    caches["pages"].clear()
    clock = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock[0])
    paths = ("/", "/articles/", "/counties/yanchang/")
    for path in paths:
        read(path)
        assert Client().get(path)["X-Cache"] == "hit"
    article("fresh", region=shop, published_from=NOW, published_until=NOW + timedelta(seconds=13))
    clock[0] = NOW + timedelta(seconds=10)
    assert [path for path in paths if "/articles/fresh/" not in read(path)] == []
    assert "正文" in read("/articles/fresh/")
    clock[0] = NOW + timedelta(seconds=13)
    assert [path for path in paths if "/articles/fresh/" in read(path)] == []
    assert Client().get("/articles/fresh/").status_code == 404
    caches["pages"].clear()


def test_a_preview_is_for_the_office():
    draft = article("draft", published_from=None)
    assert Client().get("/articles/draft/preview/").status_code == 403
    buyer = Client()
    buyer.force_login(User.objects.create_user("buyer@example.com", PASSWORD))
    assert buyer.get("/articles/draft/preview/").status_code == 403
    assert staff("view_order").get("/articles/draft/preview/").status_code == 403
    User.objects.all().delete()
    writer = staff(*WRITER)
    answer = writer.get("/articles/draft/preview/")
    assert answer.status_code == 200 and "这是草稿" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store" and answer["X-Robots-Tag"] == "noindex"
    assert "It is a draft" in read("/en/articles/draft/preview/", writer)
    assert writer.get("/articles/none/preview/").status_code == 404
    address = f"/admin/storefront/article/{draft.pk}/preview/"
    assert writer.get(address)["Location"] == "/articles/draft/preview/"
    assert writer.get("/articles/draft/").status_code == 404  # not even for them: this is the public's address


def form(**values) -> dict:
    given = {
        "kind": "story", "title_zh": "新文章", "summary_zh": "摘要。", "body_zh": "<div>一段<script>x</script></div>",
        "published_from_0": "2027-02-06", "published_from_1": "08:00:00",
    }  # fmt: skip
    return {**given, **values}


def test_the_office_writes_and_publishes(shop):
    writer = staff(*WRITER)
    answer = writer.post("/admin/storefront/article/add/", form(region=shop.pk, body_en="<h1>Head</h1><p>x</p>"))
    assert answer.status_code == 302, answer.content.decode()
    made = Article.objects.get()
    assert (made.body_zh, made.body_en) == ("<p>一段</p>", "<h2>Head</h2><p>x</p>")
    assert made.published_from.isoformat() == "2027-02-06T00:00:00+00:00"  # eight in the morning in Beijing
    assert re.fullmatch(r"\d{8}-[0-9a-f]{6}", made.slug)
    address = f"/admin/storefront/article/{made.pk}/change/"
    changed = form(slug=made.slug, title_zh="改过", published_from_0="", published_from_1="")
    assert writer.post(address, changed).status_code == 302
    made.refresh_from_db()
    assert (made.title_zh, made.published_from) == ("改过", None)
    assert writer.post(f"/admin/storefront/article/{made.pk}/delete/", {"post": "yes"}).status_code == 403
    reader = Client()
    User.objects.filter(email="office@example.com").delete()
    reader = staff("view_article")
    assert reader.post(address, changed).status_code == 403
    assert reader.post("/admin/storefront/article/add/", form()).status_code == 403


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"published_until_0": "2027-02-05", "published_until_1": "08:00"}, "下线时间须晚于发布时间。"),
        ({"body_zh": "<div><br></div>"}, "这个字段是必填项"),
        ({"title_zh": ""}, "这个字段是必填项"),
        ({"upload": SimpleUploadedFile("x.jpg", b"<html>")}, "无法识别为图片"),
    ],
)
def test_what_cannot_be_published_is_refused_and_the_text_stays(values, words):
    answer = staff(*WRITER).post("/admin/storefront/article/add/", form(**values))
    page = answer.content.decode()
    assert answer.status_code == 200 and words in page and "摘要。" in page
    assert not Article.objects.exists()


def test_a_picture_is_uploaded_shown_and_taken_away(shop):
    writer = staff(*WRITER)
    upload = SimpleUploadedFile("x.png", photo((1000, 800), "PNG"))
    writer.post("/admin/storefront/article/add/", form(slug="shown", upload=upload, published_from_0="2020-01-01"))
    token = Article.objects.get().picture
    page = read("/articles/shown/")
    assert f"/pictures/{token}-1280.webp 1280w" in page and f'src="/pictures/{token}-1280.jpg"' in page
    answer = Client().get(f"/pictures/{token}-480.webp")
    assert answer["Content-Type"] == "image/webp" and "immutable" in answer["Cache-Control"]
    assert Client().get("/pictures/../bangmai.sqlite3").status_code == 404
    assert Client().get(f"/pictures/{token}-480.svg").status_code == 404
    address = f"/admin/storefront/article/{Article.objects.get().pk}/change/"
    assert f"/pictures/{token}-480.jpg" in writer.get(address).content.decode()
    writer.post(address, form(slug="shown", published_from_0="2020-01-01"))
    assert Article.objects.get().picture == token
    writer.post(address, form(slug="shown", published_from_0="2020-01-01", remove_picture="on"))
    assert Article.objects.get().picture == "" and "/pictures/" not in read("/articles/shown/")
