"""WCAG 2.2 AA on every page: axe-core finds nothing serious, all is reachable, large enough and in view."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import probes
from tests.browser.conftest import LANGUAGES
from tests.browser.places import NAMES

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
WIDTHS_OF = {"zh-Hant": (390,)}  # laid out as 简体 pages are, whose every width is tried
# 400 % and 200 % of a window of 1280 × 900: what zooming leaves of it, in CSS pixels.
ZOOMED = ({"width": 320, "height": 225}, {"width": 640, "height": 450})
TARGET = 44
TARGET_WITH_A_MOUSE = 24
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module", params=[f"{name}, {language}" for language in LANGUAGES for name in NAMES])
def opened(request, browser, places):
    """A page in a language, opened once for all that is asked of it."""
    name, language = request.param.split(", ")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield places.open(context, name, language)
    context.close()


def each_width(page):
    for width in WIDTHS_OF.get(page.evaluate("document.documentElement.lang"), WIDTHS):
        page.set_viewport_size({"width": width, "height": 844})
        yield width


def test_axe_finds_nothing_serious(opened):
    faults = []
    for width in each_width(opened):
        # A window as high as the page: else what the sticky bars cover until one scrolls counts as too small.
        height = opened.evaluate("document.documentElement.scrollHeight")
        opened.set_viewport_size({"width": width, "height": height})
        found = Axe().run(opened, options=AXE).response
        assert found["testEngine"]["name"] == "axe-core"
        faults += [
            f"{width} px: {rule['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for rule in found["violations"]
            if rule["impact"] in GRAVE
            for node in rule["nodes"][:3]
        ]
    assert not faults, "\n".join(faults)


def test_nothing_scrolls_sideways_and_no_word_is_cut(opened):
    faults = []
    for width in each_width(opened):
        faults += [f"{width} px: {fault}" for fault in probes.sideways(opened) + probes.cut_texts(opened)]
    assert not faults, "\n".join(faults)


def test_what_is_pressed_is_large_enough(opened):
    faults = []
    for width in each_width(opened):
        small = probes.small_targets(opened, TARGET if width < 960 else TARGET_WITH_A_MOUSE)
        faults += [f"{width} px: {target}" for target in small]
    assert not faults, "\n".join(faults)


def test_focus_is_seen_and_no_bar_covers_it(opened):
    for width in each_width(opened):
        faults = probes.focus_faults(opened)
        assert not faults, f"{width} px: " + "\n".join(faults)


def test_the_page_can_be_zoomed_to_400_percent(opened):
    for window in ZOOMED:
        opened.set_viewport_size(window)
        faults = probes.sideways(opened) + probes.focus_faults(opened)
        assert not faults, f"{window}: " + "\n".join(faults)


def test_the_first_key_skips_to_the_content(opened):
    opened.set_viewport_size({"width": 390, "height": 844})
    opened.reload()
    if "#" in opened.url or opened.evaluate("document.activeElement !== document.body"):
        return  # the page has led the focus to what matters itself: the open sheet, what went wrong
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    assert probes.focus_fault(opened) == ""
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "content"
    opened.keyboard.press("Tab")
    inside = "document.activeElement.closest('main, .site-footer') !== null"
    assert opened.evaluate(inside), "the key after the skip link leads back into the header"


SPOILED = """() => {
  const add = (markup, styles) => {
    const node = document.createElement(markup);
    Object.assign(node.style, styles);
    document.querySelector("main").append(node);
    return node;
  };
  add("button", { width: "30px", height: "30px" }).textContent = "small";
  add("img", { width: "600px", maxWidth: "none", height: "10px" }).src = "/static/none.svg";
  const bar = document.querySelector(".tabs");
  Object.assign(bar.style, { position: "fixed", inset: "0", zIndex: 99 });
  for (const node of document.querySelectorAll("footer a")) node.style.outline = "none";
}"""


def test_what_is_asked_of_pages_can_fail(browser, places):
    """The control: a page that is spoiled on purpose fails each question."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = places.open(context, "cart empty", "zh")
    assert (probes.sideways(page), probes.small_targets(page, TARGET), probes.focus_faults(page)) == ([], [], [])
    page.evaluate(SPOILED)
    assert any("<img" in fault for fault in probes.sideways(page))
    assert any("small" in fault for fault in probes.small_targets(page, TARGET))
    faults = probes.focus_faults(page)
    assert any("is covered by" in fault for fault in faults)
    assert any("has no visible focus" in fault for fault in faults)
    grave = {rule["id"] for rule in Axe().run(page, options=AXE).response["violations"] if rule["impact"] in GRAVE}
    assert "image-alt" in grave
    context.close()
