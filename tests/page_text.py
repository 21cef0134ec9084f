"""What a reader sees of an HTML page: its visible text with the language of each piece, and its headings."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "img", "input", "br", "hr", "use", "rect", "line", "path", "circle"}
_SPOKEN = {"aria-label", "alt", "placeholder", "title"}


@dataclass
class Page(HTMLParser):
    """Parse with `Page.of(html)`; `texts` holds (language, text) of text nodes and of attributes that are read out."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    language: str = ""
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    @classmethod
    def of(cls, html: str) -> "Page":
        """Return the parsed page."""
        page = cls()
        page.feed(html)
        assert page._open == [], f"tags left open: {page._open}"
        return page

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or (self._open[-1][1] if self._open else "")
        if tag == "html":
            self.language = given.get("lang", "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if "style" in given or tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on")]
        if "id" in given:
            self.ids.append(given["id"])
        self.texts += [(language, value) for name, value in attrs if name in _SPOKEN and value]
        if tag == "meta" and given.get("name") == "description":
            self.texts.append((language, given["content"]))
        if tag not in _VOID:
            self._open.append((tag, language))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in _VOID:
            return
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data):
        if data.strip() and self._open:
            self.texts.append((self._open[-1][1], data.strip()))
