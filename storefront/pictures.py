"""Pictures that the office uploads for articles: judged by what they are, cut to one shape, kept as WebP and JPEG.

A picture is decoded and written anew, which drops whatever else lay in the file: places and cameras, comments, a page
of HTML behind it. Files are named by their content, so that what a name stands for never changes.
"""

import io
import re
import secrets
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LEAST_WIDTH = 640
SIZES = ((1280, 720), (480, 270))  # px; the large one first
KINDS = {"webp": ("WEBP", "image/webp", {"quality": 78, "method": 4}), "jpg": ("JPEG", "image/jpeg", {"quality": 82})}
_NAME = re.compile(r"([0-9a-f]{32})-(\d{3,4})\.(webp|jpg)")


class BadPicture(ValueError):
    """This cannot be shown; `reason` is "large", "small" or "kind"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def examine(content: bytes) -> Image.Image:
    """Return an uploaded JPEG, PNG or WebP, turned as its camera held it and cut to 16:9. Raises BadPicture."""
    if len(content) > MOST_BYTES:
        raise BadPicture("large")
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:  # said by the header: nothing is decoded yet
                raise BadPicture("large")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except BadPicture:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise BadPicture("kind") from None
    if picture.width < LEAST_WIDTH:
        raise BadPicture("small")
    return ImageOps.fit(picture, SIZES[0])


def keep(picture: Image.Image) -> str:
    """Write a picture in each size and kind, and return its token. Keeping the same again changes nothing."""
    token = sha256(picture.tobytes()).hexdigest()[:32]
    folder = Path(settings.PICTURES_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        sized = picture.resize(size, Image.Resampling.LANCZOS) if picture.size != size else picture
        for ending, (kind, _, options) in KINDS.items():
            path = folder / f"{token}-{size[0]}.{ending}"
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
