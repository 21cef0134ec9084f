"""Descriptions as merchants write them: Markdown (CommonMark), kept as written, shown as HTML, blocks or plain words.

HTML that somebody writes is shown as text, pictures by address are left out (they would call on other hosts), and a
line break is one. What `html` returns is cleaned once more before a page prints it (`storefront.rich_text`).
"""

from collections.abc import Iterator
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).disable(
    ["image", "html_inline", "html_block"]
)


def html(text: str) -> str:
    """Return a description as HTML; the page's own title is above it, so that headings begin at the second level."""
    return _READER.render(text)


def blocks(text: str) -> list[dict]:
    """Return a description as blocks of EditorJS: headings, and a paragraph for each line. Their text is HTML there."""
    return [
        {"type": "header", "data": {"text": escape(words), "level": 2}}
        if is_heading
        else {"type": "paragraph", "data": {"text": escape(words)}}
        for is_heading, words in _lines(text)
    ]


def plain(text: str) -> str:
    """Return a description's words in one line, for summaries."""
    return " ".join(words for _, words in _lines(text))


def _lines(text: str) -> Iterator[tuple[bool, str]]:
    """Yield (whether it is a heading, its words) for each line that has words."""
    is_heading = False
    for token in _READER.parse(text):
        if token.type == "heading_open":
            is_heading = True
            continue
        words = token.content if token.type in ("fence", "code_block") else _words(token)
        for line in filter(None, map(str.strip, words.split("\n"))):
            yield is_heading, line
        if token.type == "inline":
            is_heading = False


def _words(token: Token) -> str:
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or ()
    )
