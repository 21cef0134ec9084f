"""Uploaded files: judged by what they are, not by what they are called; stored under names that nobody can guess.

A picture is decoded and written anew, which drops whatever else lay in the file: places and cameras, comments, a page
of HTML behind it. A PDF is kept as it came, and only ever sent as a download.
"""

import io
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 3200  # px: an A4 page at 270 dpi
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_PDF_END = 2048  # where a PDF's end mark must stand, in bytes from the end


class BadUpload(ValueError):
    """This cannot be kept; `reason` is "empty", "large", "kind", "broken" or "many"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: what it is, and its bytes as they will be stored."""

    content_type: str
    content: bytes


def examine(content: bytes) -> Upload:
    """Return a scan as it may be kept: a PDF, a JPEG or a PNG. Raises BadUpload."""
    if not content:
        raise BadUpload("empty")
    if len(content) > MOST_BYTES:
        raise BadUpload("large")
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-_PDF_END:]:
            raise BadUpload("broken")
        return Upload("application/pdf", content)
    return _picture(content)


def _picture(content: bytes) -> Upload:
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:  # said by the header: nothing is decoded yet
                raise BadUpload("large")
            kind = opened.format or ""
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            fresh = picture.convert(
                "RGB" if kind == "JPEG" or picture.mode not in ("L", "LA", "RGBA") else picture.mode
            )
    except UnidentifiedImageError:
        raise BadUpload("kind") from None
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise error if isinstance(error, BadUpload) else BadUpload("broken") from None
    fresh.info.clear()
    written = io.BytesIO()
    fresh.save(written, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {}))
    return Upload(f"image/{kind.lower()}", written.getvalue())


def keep(upload: Upload) -> str:
    """Write a file into the uploads folder, and return its token."""
    token = secrets.token_hex(16)
    path = _path(token, upload.content_type)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        path.chmod(0o600)
        file.write(upload.content)
    return token


def read(token: str, content_type: str) -> bytes:
    """Return a kept file. Raises FileNotFoundError."""
    return _path(token, content_type).read_bytes()


def _path(token: str, content_type: str) -> Path:
    return Path(settings.UPLOADS_DIR) / token[:2] / f"{token}.{EXTENSIONS[content_type]}"
