"""Every pack defines every token, and its colours can be read (WCAG 2.2 AA)."""

import pytest
from django.conf import settings

from storefront.themes import check_tokens, tokens

TEXT, PARTS = 4.5, 3.0  # 1.4.3 text, 1.4.11 controls and their states
GROUNDS = ("paper", "surface", "sunken", "tile-1", "tile-2", "tile-3", "tile-4")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "ink-soft") for ground in GROUNDS),
    *((ink, ground, TEXT) for ink in ("ink-faint", "accent", "accent-strong") for ground in ("paper", "surface")),
    ("ink-faint", "sunken", TEXT),
    ("accent", "accent-soft", TEXT),
    ("accent-strong", "accent-soft", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-ink", "accent-strong", TEXT),
    ("gold", "gold-soft", TEXT),
    ("gold", "surface", TEXT),
    *((state, f"{state}-soft", TEXT) for state in ("good", "warn", "bad")),
    *((state, ground, TEXT) for state in ("good", "warn", "bad") for ground in ("paper", "surface")),
    ("header-ink", "header-bg", TEXT),
    ("header-soft", "header-bg", TEXT),
    ("footer-ink", "footer-bg", TEXT),
    ("banner-ink", "banner-bg", TEXT),
    ("banner-soft", "banner-bg", TEXT),
    ("banner-gold", "banner-bg", TEXT),
    ("banner-button-ink", "banner-button", TEXT),
    ("banner-button-ink", "banner-gold", TEXT),
    ("paper", "ink", TEXT),
    ("line-strong", "surface", PARTS),
    ("line-strong", "paper", PARTS),
    ("focus", "paper", PARTS),
    ("focus", "surface", PARTS),
    ("focus", "footer-bg", PARTS),
]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guideline_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", sorted(settings.THEMES))
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_can_be_read(theme, ink, ground, least):
    found = tokens(theme)
    assert contrast(found[f"--{ink}"], found[f"--{ground}"]) >= least


def test_no_pack_lacks_a_token_and_no_stylesheet_uses_an_unknown_one():
    assert check_tokens() == []


def test_a_missing_token_is_an_error(settings, tmp_path):
    for theme in ("default", "short"):
        folder = tmp_path / theme / "static" / "css"
        folder.mkdir(parents=True)
        (folder / "tokens.css").write_text(
            ":root {\n  --paper: #ffffff;\n" + ("  --ink: #000000;\n}" if theme == "default" else "}")
        )
    (tmp_path / "default" / "static" / "css" / "site.css").write_text("p { color: var(--none); }")
    settings.THEMES_DIR, settings.THEMES = tmp_path, {"default": {}, "short": {}}
    assert [error.id for error in check_tokens()] == ["storefront.E001", "storefront.E002"]


def test_a_pack_holds_no_python_and_the_festival_changes_tokens_and_banner_alone():
    packs = settings.THEMES_DIR
    assert not list(packs.rglob("*.py"))
    festival = {str(path.relative_to(packs / "spring-festival")) for path in (packs / "spring-festival").rglob("*.*")}
    assert {name for name in festival if "banner" not in name} == {"theme.toml", "static/css/tokens.css"}


def test_what_a_reader_downloads_first_is_small():
    static = settings.THEMES_DIR / "default" / "static"
    names = ("tokens", "site", "pages", "articles")  # of the home page; a quarter of it on the wire
    sheets = [(static / "css" / f"{name}.css").read_text() for name in names]
    assert sum(len(sheet.encode()) for sheet in sheets) <= 49_000
    assert len((static / "js" / "shop.js").read_bytes()) <= 12_000
    assert not any("@import" in sheet or "http" in sheet for sheet in sheets), "nothing is fetched from elsewhere"
