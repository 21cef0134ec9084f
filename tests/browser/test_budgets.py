"""What the first view of a page costs, as Chromium fetches it; and that nothing jumps, fails or leaves the shop."""

from urllib.parse import urlsplit

import pytest

from tests.browser.places import NAMES

pytestmark = pytest.mark.browser

SCRIPT_BYTES = 70_000
FIRST_VIEW_BYTES = 170_000
REQUESTS = 25
LAYOUT_SHIFT = 0.05
COUNTED = ("Document", "Stylesheet", "Script")
# Answers of another kind than 200 that a page gives on purpose; Chromium notes each in its console.
TOLD = {"404": 404, "order of another": 404, "checkout with errors": 422}

WATCH = """
window.shift = 0; window.refused = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective + event.blockedURI));
"""


class Traffic:
    """What Chromium fetched for one page: kinds, addresses and bytes on the wire, headers included."""

    def __init__(self, context, page):
        self.kinds: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session = context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._answered)
        session.send("Network.enable")

    def _asked(self, event):
        self.kinds[event["requestId"]] = event["type"]
        self.addresses[event["requestId"]] = event["request"]["url"]

    def _answered(self, event):
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def weight(self, *kinds: str) -> int:
        return sum(self.bytes.get(key, 0) for key, kind in self.kinds.items() if kind in kinds)

    def requests(self, without: set[str]) -> list[str]:
        return [url for url in self.addresses.values() if url not in without and not url.startswith("data:")]


@pytest.mark.parametrize("name", ["home", "zone", "product", "search", "campaign", "cart", "checkout", "order paid"])
def test_a_first_view_stays_within_its_budget(new_context, places, name, language):
    context = new_context(viewport={"width": 390, "height": 844})
    context.add_cookies(places.cookies[places.visitor(name)])
    page = context.new_page()
    page.add_init_script(WATCH)
    traffic = Traffic(context, page)
    places.show(page, name, language)
    page.wait_for_load_state("networkidle")
    lazy = set(page.evaluate("[...document.querySelectorAll('img[loading=lazy]')].map((image) => image.src)"))
    first_view = traffic.requests(without=lazy)
    scripts, all_code = traffic.weight("Script"), traffic.weight(*COUNTED)
    for _ in range(4):
        page.mouse.wheel(0, 2000)
        page.wait_for_timeout(150)
    shift = page.evaluate("window.shift")
    print(f"{name}, {language}: scripts {scripts} B, code {all_code} B, {len(first_view)} requests, shift {shift:.4f}")
    assert 0 < scripts <= SCRIPT_BYTES
    assert scripts < all_code <= FIRST_VIEW_BYTES
    assert 4 <= len(first_view) <= REQUESTS, first_view
    assert shift <= LAYOUT_SHIFT


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_clean_and_asks_nobody_but_the_shop(new_context, places, name, language):
    """No error in the console, nothing refused by the policy, no script that fails, no other host."""
    context = new_context(viewport={"width": 390, "height": 844})
    context.add_cookies(places.cookies[places.visitor(name)])
    page = context.new_page()
    page.add_init_script(WATCH)
    said, asked = [], []
    page.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    context.on("request", lambda request: asked.append(request.url))
    places.show(page, name, language)
    page.wait_for_timeout(300)
    told = f"status of {TOLD[name]}" if name in TOLD else None
    assert [line for line in said if not (told and told in line)] == []
    assert page.evaluate("window.refused") == []
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(places.url).netloc}


def test_the_watch_sees_a_shift_and_a_refusal(new_context, places):
    """The control: a page that jumps and asks a stranger is seen to do so."""
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.add_init_script(WATCH)
    places.show(page, "home", "zh")
    page.evaluate("""() => {
      const wedge = document.createElement("div");
      document.querySelector("main").prepend(wedge);
      wedge.style.height = "300px";
      const image = new Image();
      image.src = "http://127.0.0.2:9/stranger.png";
    }""")
    page.wait_for_timeout(500)
    assert page.evaluate("window.shift") > LAYOUT_SHIFT
    assert any("img-src" in line for line in page.evaluate("window.refused"))
