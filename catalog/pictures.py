"""Uploaded pictures that everybody may see: judged by what they are, kept in a few widths as WebP and JPEG.

A picture is decoded and written anew, which drops whatever else lay in the file: places and cameras, comments, a page
of HTML behind it. Files are named by their content, so that what a name stands for never changes. Written first and
named in a row afterwards; scans that not everybody may see are `catalog.uploads`.
"""

import io
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LEAST_WIDTH = 640  # px, so that the two smaller widths are there of every picture
WIDTHS = (320, 640, 1280)
TALLEST = 3  # heights to a width: what is longer is a scroll, not a picture
KINDS = {"webp": ("WEBP", "image/webp", {"quality": 78, "method": 4}), "jpg": ("JPEG", "image/jpeg", {"quality": 82})}
_NAME = re.compile(r"([0-9a-f]{32})-(\d{3,4})\.(webp|jpg)")
_PAPER = "white"  # behind what is transparent


class BadPicture(ValueError):
    """This cannot be shown; `reason` is "empty", "large", "small", "shape", "kind" or "broken"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Picture:
    """A decoded picture that may be kept, as its camera held it; `width` and `height` (px) are the original's."""

    image: Image.Image
    width: int
    height: int


def examine(content: bytes) -> Picture:
    """Return an uploaded JPEG, PNG or WebP. Raises BadPicture; what the header says is judged before decoding."""
    if not content:
        raise BadPicture("empty")
    if len(content) > MOST_BYTES:
        raise BadPicture("large")
    try:
        opened = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture("large") from None
    except (OSError, ValueError, SyntaxError):
        raise BadPicture("kind") from None
    with opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise BadPicture("large")
        return _decoded(opened)


def _decoded(opened: Image.Image) -> Picture:
    size = opened.size
    try:
        opened.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG of a camera is decoded at a fraction of its size
        turned = ImageOps.exif_transpose(opened)
        image = _on_paper(turned)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise BadPicture("broken") from None
    is_turned = (image.width > image.height) != (size[0] > size[1]) and size[0] != size[1]
    width, height = reversed(size) if is_turned else size
    if width < LEAST_WIDTH:
        raise BadPicture("small")
    if not 1 / TALLEST <= width / height <= TALLEST:
        raise BadPicture("shape")
    return Picture(image, width, height)


def _on_paper(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    above = picture.convert("RGBA")
    paper = Image.new("RGB", above.size, _PAPER)
    paper.paste(above, mask=above.getchannel("A"))
    return paper


def cropped(picture: Picture, size: tuple[int, int]) -> Picture:
    """Return the middle of a picture in one size (width, height in px), for places that all have the same shape."""
    return Picture(ImageOps.fit(picture.image, size), *size)


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths that are kept of a picture so wide: those below its own, and its own where it is narrower."""
    kept = [each for each in WIDTHS if each < width]
    return tuple(kept if len(kept) == len(WIDTHS) else [*kept, min(width, WIDTHS[-1])])


def keep(picture: Picture, *, owner: str, widths: Sequence[int] = ()) -> str:
    """Write a picture in each width (those of `widths_of`, if none are given) and kind, and return its token.

    `owner` (e.g. "product 7") goes into the token: who shows the same picture has files of his own to delete. Keeping
    the same again changes nothing.
    """
    pixels = sha256(f"{owner} {picture.image.size}".encode())
    pixels.update(picture.image.tobytes())
    token = pixels.hexdigest()[:32]
    folder = Path(settings.PICTURES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    for width in widths or widths_of(picture.width):
        size = (width, max(1, round(picture.height * width / picture.width)))
        sized = picture.image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        for ending, (kind, _, options) in KINDS.items():
            path = folder / f"{token}-{width}.{ending}"
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            sized.save(fresh, kind, **options)
            fresh.replace(path)  # a reader never meets half a file
    return token


def read(name: str) -> tuple[bytes, str]:
    """Return a kept file by its name `<token>-<width>.<kind>`, and its content type. Raises FileNotFoundError."""
    found = _NAME.fullmatch(name)
    if not found:
        raise FileNotFoundError(name)
    return (Path(settings.PICTURES_DIR) / name).read_bytes(), KINDS[found[3]][1]


def delete(token: str) -> None:
    """Take a picture's files away, after the row that named it is gone. Safe to repeat."""
    for path in Path(settings.PICTURES_DIR).glob(f"{token}-*"):
        path.unlink(missing_ok=True)


def address(token: str, width: int, kind: str = "jpg") -> str:
    """Return the path under which the shop serves a kept picture."""
    return f"/pictures/{token}-{width}.{kind}"


def source_set(token: str, widths: Sequence[int], kind: str) -> str:
    """Return the `srcset` of a picture: an address for each width."""
    return ", ".join(f"{address(token, width, kind)} {width}w" for width in widths)


def fitting(width: int, wanted: int | None) -> int:
    """Return the kept width of a picture so wide that fills `wanted` px; its widest where none does."""
    widths = widths_of(width)
    return next((each for each in widths if wanted is not None and each >= wanted), widths[-1])
