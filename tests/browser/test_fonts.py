"""Chinese is drawn by a Chinese font, down to the rarest character of a county's name; no font is loaded."""

import pytest

from tests.browser.buying import PREFIX

pytestmark = pytest.mark.browser

COMMON, RARE = "洛川", "㵲"
# A code point without a glyph in any font: what it looks like is what a missing character looks like.
TOFU = "\U0010fffd"

DRAWN = """
([texts, tofu]) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 48;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const family = getComputedStyle(document.querySelector("h1")).fontFamily;
  const pixels = (text) => {
    context.clearRect(0, 0, 48, 48);
    context.font = `32px ${family}`;
    context.textBaseline = "top";
    context.fillText(text, 4, 4);
    return context.getImageData(0, 0, 48, 48).data.filter((value, at) => at % 4 === 3).join();
  };
  const none = pixels(" "), missing = pixels(tofu);
  return texts.filter((text) => [none, missing].includes(pixels(text)));
}"""


def characters(shop) -> list[str]:
    """Return every Chinese character in the names of counties, products and merchants."""
    rows = shop.sql("SELECT name_zh FROM catalog_aidedregion")
    rows += shop.sql("SELECT name_zh FROM catalog_product") + shop.sql("SELECT name_zh FROM catalog_merchant")
    return sorted({character for (name,) in rows for character in name if character >= "\u3400"})


@pytest.mark.parametrize("text", [COMMON, RARE])
def test_a_chinese_font_draws_the_title(new_context, places, text, language):
    context = new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{places.url}{PREFIX[language]}/search/?q={text}")
    session = context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    title = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": title})["fonts"]
    chinese = [font for font in fonts if "CJK" in font["familyName"] or "Han" in font["familyName"]]
    assert sum(font["glyphCount"] for font in chinese) >= len(text), fonts
    assert not any(font["isCustomFont"] for font in fonts)
    assert page.evaluate(DRAWN, [list(text), TOFU]) == []


def test_every_character_of_the_names_has_a_glyph(new_context, places, shop):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{places.url}/")
    known = characters(shop)
    assert len(known) > 600
    rare = [character for character in known if not _in_gb2312(character)]
    print(f"{len(known)} characters, outside GB 2312: {''.join(rare)}")
    assert page.evaluate(DRAWN, [known, TOFU]) == []


def test_a_missing_glyph_would_be_seen(new_context, places):
    """The control: a character that no font has is told from one that has a glyph."""
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{places.url}/")
    assert page.evaluate(DRAWN, [["洛", "\U0010fff0"], TOFU]) == ["\U0010fff0"]


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
