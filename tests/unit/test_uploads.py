"""Uploaded scans: what is let in, what is stripped, where it lies; and what is a credit code."""

import io
import stat

import pytest
from PIL import Image

from catalog import uploads
from catalog.companies import BadCreditCode, credit_code
from catalog.onboarding import REQUIRED, problems
from tests.merchants import CREDIT_CODE, picture

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def refused(content: bytes) -> str:
    with pytest.raises(uploads.BadUpload) as caught:
        uploads.examine(content)
    return caught.value.reason


def test_pictures_and_pdfs_are_let_in_by_what_they_are():
    assert uploads.examine(picture("PNG")).content_type == "image/png"
    assert uploads.examine(picture("JPEG")).content_type == "image/jpeg"
    assert uploads.examine(PDF) == uploads.Upload("application/pdf", PDF)


def test_everything_else_is_refused_with_its_reason(monkeypatch):
    assert refused(b"") == "empty"
    assert refused(b"<html><script>alert(1)</script>") == "kind"
    assert refused(picture("GIF")) == "kind"
    assert refused(b'<svg xmlns="http://www.w3.org/2000/svg"/>') == "kind"
    assert refused(picture("PNG", size=(400, 400))[:-200]) == "broken"
    assert refused(PDF[:-8]) == "broken"
    monkeypatch.setattr(uploads, "MOST_PIXELS", 100)
    assert refused(picture("PNG")) == "large"
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    assert refused(PDF) == "large"


def test_what_else_lies_in_a_picture_is_dropped():
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif[0x8825] = {1: "N", 2: (36.0, 34.0, 0.0)}
    content = picture("JPEG", exif=exif.tobytes()) + b"<?php system('id'); ?>"
    assert b"Secret Camera" in content
    kept = uploads.examine(content).content
    assert b"Secret" not in kept and b"php" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", (40, 30), {})


def test_a_large_scan_is_made_smaller_and_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    kept = uploads.examine(picture("JPEG", size=(4000, 2000), exif=exif.tobytes())).content
    with Image.open(io.BytesIO(kept)) as opened:
        assert opened.size == (1600, 3200)


def test_a_file_lies_outside_static_under_a_name_that_nobody_guesses(settings):
    first, second = (uploads.keep(uploads.Upload("application/pdf", PDF)) for _ in range(2))
    assert first != second and len(first) == 32
    path = settings.UPLOADS_DIR / first[:2] / f"{first}.pdf"
    assert uploads.read(first, "application/pdf") == path.read_bytes() == PDF
    assert settings.STATIC_ROOT not in path.parents
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileNotFoundError):
        uploads.read("0" * 32, "application/pdf")


@pytest.mark.parametrize(
    "typed", [CREDIT_CODE, CREDIT_CODE.lower(), "9111 0000-6000 3734 1L", "９１１１００００６０００３７３４１Ｌ"]
)
def test_a_credit_code_is_understood_however_it_is_typed(typed):
    assert credit_code(typed) == CREDIT_CODE


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "length"), (CREDIT_CODE[:-1], "length"), (CREDIT_CODE[:-1] + "M", "checksum"), ("I" * 18, "characters")],
)
def test_what_is_no_credit_code_says_why(typed, reason):
    with pytest.raises(BadCreditCode) as caught:
        credit_code(typed)
    assert caught.value.reason == reason


def test_an_agent_names_its_producer_and_who_sells_food_has_a_permit():
    whole = dict.fromkeys(REQUIRED, 1) | {"credit_code": CREDIT_CODE, "producer_type": "cooperative"}
    assert problems(whole) == {}
    assert problems({}) == dict.fromkeys(REQUIRED, "missing")
    assert problems(whole | {"producer_type": "agent", "sells_food": True}) == {
        "producer_zh": "missing", "food_permit": "missing"
    }  # fmt: skip
    assert problems(whole | {"benefit_from": 2}) == {"benefit_until": "period"}
