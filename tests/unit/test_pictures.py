"""Uploaded pictures: judged by what they are, written anew in a few widths, read by nothing but their names."""

import io
import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from catalog import pictures


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


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few hundred bytes whose header promises so many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def kept(content: bytes) -> str:
    return pictures.keep(pictures.examine(content), owner="product 1")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("WEBP", "RGB")],
)
def test_a_picture_is_kept_in_three_widths_and_two_kinds(folder, kind, mode):
    given = photo(kind=kind) if mode == "RGB" else _converted(kind, mode)
    token = kept(given)
    assert len(list(folder.iterdir())) == 6
    for width in pictures.WIDTHS:
        for ending, written in (("webp", "WEBP"), ("jpg", "JPEG")):
            content, content_type = pictures.read(f"{token}-{width}.{ending}")
            with Image.open(io.BytesIO(content)) as found:
                assert (found.size, found.format) == ((width, width * 3 // 4), written)
            assert content_type == f"image/{written.lower()}"


def _converted(kind: str, mode: str) -> bytes:
    if mode == "I;16":
        written = io.BytesIO()
        Image.new("I;16", (1600, 1200)).save(written, kind)
        return written.getvalue()
    return photo(kind=kind, mode=mode)


def test_a_narrow_picture_is_never_made_larger(folder):
    token = kept(photo((800, 600)))
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"{token}-{width}.{ending}" for width in (320, 640, 800) for ending in ("webp", "jpg")
    )


def test_what_is_transparent_lies_on_white():
    written = io.BytesIO()
    Image.new("RGBA", (700, 700), (0, 0, 0, 0)).save(written, "PNG")
    assert pictures.examine(written.getvalue()).image.getpixel((5, 5)) == (255, 255, 255)


def test_the_same_picture_has_one_name_for_each_owner(folder):
    tokens = {kept(photo()) for _ in range(2)}
    assert len(tokens) == 1 and len(list(folder.iterdir())) == 6
    other = pictures.keep(pictures.examine(photo()), owner="product 2")
    assert other not in tokens
    pictures.delete(other)
    pictures.delete(other)
    assert {path.name[:32] for path in folder.iterdir()} == tokens


@pytest.mark.parametrize(("held", "size"), [(3, (1600, 1200)), (6, (1200, 1600)), (8, (1200, 1600))])
def test_what_else_lay_in_the_file_is_dropped_and_it_stands_upright(folder, held, size):
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "CAMERA-OF-SOMEBODY", held  # its model, and how it was held
    given = photo(exif=exif) + b"<script>alert(1)</script>"
    assert b"CAMERA-OF-SOMEBODY" in given
    found = pictures.examine(given)
    assert (found.width, found.height) == size
    token = pictures.keep(found, owner="product 1")
    for path in folder.iterdir():
        content = path.read_bytes()
        assert b"CAMERA" not in content and b"<script" not in content
    with Image.open(folder / f"{token}-640.jpg") as turned:
        assert turned.size == (640, round(640 * size[1] / size[0]))
        red, _, blue = turned.getpixel((10, 10))
        assert (blue > red) == (held in (3, 8))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "kind"),
        (b"%PDF-1.7\n%%EOF", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (photo(kind="GIF"), "kind"),
        (photo(kind="TIFF"), "kind"),
        (b"GIF89a" + photo(), "kind"),
        (photo()[:2000], "broken"),
        (photo(kind="WEBP")[:300], "kind"),
        (photo((639, 900)), "small"),
        (photo((4000, 700)), "shape"),
        (bytes(pictures.MOST_BYTES + 1), "large"),
        (photo((9000, 7000), "PNG", "1"), "large"),
        (bomb(12_000, 12_000), "large"),
        (bomb(60_000, 60_000), "large"),
        (bomb(7000, 7000), "broken"),
    ],
    ids=[
        *("empty", "html", "pdf", "svg", "gif", "tiff", "gif and jpeg", "cut off", "cut off webp", "narrow", "strip"),
        *("heavy", "too many pixels", "bomb that warns", "bomb", "bomb within the bound"),
    ],
)
def test_what_is_no_picture_for_us_is_refused(folder, content, reason):
    with pytest.raises(pictures.BadPicture) as refused:
        pictures.examine(content)
    assert refused.value.reason == reason and not folder.exists()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([photo((700, 650), kind) for kind in ("JPEG", "PNG", "WEBP")]),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=8),
    st.integers(0, 60_000),
)
def test_a_damaged_file_is_refused_or_a_picture_and_never_an_error(content, damage, end):
    broken = bytearray(content[: max(end, 20)])
    for at, value in damage:
        broken[at % len(broken)] = value
    try:
        found = pictures.examine(bytes(broken))
    except pictures.BadPicture:
        return
    assert found.width >= pictures.LEAST_WIDTH and found.image.mode == "RGB"


@given(st.integers(pictures.LEAST_WIDTH, 20_000), st.integers(1, 5000))
def test_a_size_that_is_asked_for_is_one_that_is_kept(width, wanted):
    kept_widths = pictures.widths_of(width)
    found = pictures.fitting(width, wanted)
    assert found in kept_widths and (found >= wanted or found == kept_widths[-1])
    assert max(kept_widths) == min(width, pictures.WIDTHS[-1]) and {320, 640} <= {*kept_widths}


@pytest.mark.parametrize(
    "name",
    ["../secret_key", "x.jpg", "0" * 32 + "-1280.svg", "0" * 32 + "-1280.jpg", "", "0" * 32 + "-1280.jpg\n", "..%2f"],
)
def test_only_kept_pictures_are_read(name):
    with pytest.raises(FileNotFoundError):
        pictures.read(name)
