"""Uploaded pictures: decoded before they are believed, cut to one shape, written anew."""

import io

import pytest
from PIL import Image

from storefront import pictures


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PICTURES_DIR = tmp_path / "pictures"
    return settings.PICTURES_DIR


def photo(size=(1600, 1200), kind="JPEG", mode="RGB", **options) -> bytes:
    """Return a picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", size, (200, 30, 30))
    drawn.paste((30, 30, 200), (size[0] // 2, 0, *size))
    written = io.BytesIO()
    drawn.convert(mode).save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_a_picture_is_kept_in_two_sizes_and_two_kinds(folder, kind, mode):
    token = pictures.keep(pictures.examine(photo(kind=kind, mode=mode)))
    assert len(list(folder.iterdir())) == 4
    for width, height in pictures.SIZES:
        for ending, written in (("webp", "WEBP"), ("jpg", "JPEG")):
            content, content_type = pictures.read(f"{token}-{width}.{ending}")
            with Image.open(io.BytesIO(content)) as found:
                assert (found.size, found.format) == ((width, height), written)
            assert content_type == f"image/{written.lower()}"


def test_the_same_picture_has_one_name(folder):
    tokens = {pictures.keep(pictures.examine(photo())) for _ in range(2)}
    assert len(tokens) == 1 and len(list(folder.iterdir())) == 4


def test_what_else_lay_in_the_file_is_dropped(folder):
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "CAMERA-OF-SOMEBODY", 3  # its model; held upside down
    given = photo(exif=exif) + b"<script>alert(1)</script>"
    assert b"CAMERA-OF-SOMEBODY" in given
    token = pictures.keep(pictures.examine(given))
    for path in folder.iterdir():
        content = path.read_bytes()
        assert b"CAMERA" not in content and b"<script" not in content
    with Image.open(folder / f"{token}-1280.jpg") as turned:
        red, _, blue = turned.getpixel((10, 10))
        assert blue > red  # upright again: what was right is left


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "kind"),
        (b"<html><script>alert(1)</script></html>", "kind"),
        (b"%PDF-1.7\n%%EOF", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"GIF89a" + bytes(40), "kind"),
        (photo()[:2000], "kind"),
        (photo((639, 900)), "small"),
        (bytes(pictures.MOST_BYTES + 1), "large"),
        (photo((9000, 7000), "PNG", "1"), "large"),
    ],
    ids=["empty", "html", "pdf", "svg", "gif", "cut off", "narrow", "heavy", "too many pixels"],
)
def test_what_is_no_picture_for_us_is_refused(folder, content, reason):
    with pytest.raises(pictures.BadPicture) as refused:
        pictures.examine(content)
    assert refused.value.reason == reason and not folder.exists()


@pytest.mark.parametrize("name", ["../secret_key", "x.jpg", "0" * 32 + "-1280.svg", "0" * 32 + "-1280.jpg", ""])
def test_only_kept_pictures_are_read(name):
    with pytest.raises(FileNotFoundError):
        pictures.read(name)
