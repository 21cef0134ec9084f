"""Text with headings, lists and links, as the office's editor writes it: cleaned when it is kept and when it is shown.

A short list of tags is let through, without any attribute but the target of a link; all else goes, its words stay.
"""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "b", "em", "i", "u", "del", "a", "br"}
SCHEMES = {"http", "https", "mailto", "tel"}
# The editor's blocks are div, and a heading of the first level is the page's own title.
_RENAMED = {"div": "p", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[\s/>])", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|h2|h3|li|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")


def clean(html: str) -> str:
    """Return what may be shown of a text, whoever wrote it and with whatever."""
    named = _TAG.sub(lambda found: f"<{found[1]}{_RENAMED[found[2].lower()]}", html)
    safe = nh3.clean(
        named,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template", "noscript"},
    )
    return _EMPTY.sub("", safe).strip()


def safe(html: str) -> SafeString:
    """Return a text as a template may print it: cleaned here, however it came into the table."""
    return mark_safe(clean(html))  # noqa: S308
