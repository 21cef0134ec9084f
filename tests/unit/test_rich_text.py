"""What the office's editor may bring into a page, and what it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import rich_text
from tests.page_text import Page


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<div>一段<br>两行</div>", "<p>一段<br>两行</p>"),
        ("<h1>题</h1><h4>小题</h4>", "<h2>题</h2><h3>小题</h3>"),
        ("<p>a</p><p></p><p>&nbsp;<br></p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<ul><li><strong>粗</strong></li></ul>", "<ul><li><strong>粗</strong></li></ul>"),
        (
            '<a href="https://x.example/" target="_blank" style="color:red">链接</a>',
            '<a href="https://x.example/" rel="noopener noreferrer">链接</a>',
        ),
        ('<a href="/counties/" class="x">县</a>', '<a href="/counties/" rel="noopener noreferrer">县</a>'),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ('<a href="data:text/html,x">x</a>', '<a rel="noopener noreferrer">x</a>'),
        ("<p onclick=alert(1) style='x' class='y' id='z'>字</p>", "<p>字</p>"),
        ("<script>alert(1)</script><style>p{}</style>字", "字"),
        ("<img src=x onerror=alert(1)><iframe src=//x></iframe>字", "字"),
        ("<svg><script>alert(1)</script></svg><math><mi>x</mi></math>字", "字"),
        ("<figure data-trix-attachment='{}'><figcaption>图</figcaption></figure>", "图"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("<divx>字</divx>", "字"),
    ],
)
def test_only_a_short_list_is_let_through(written, shown):
    assert rich_text.clean(written) == shown


@given(st.text(alphabet="<>/=\"' ahrefscriptondivp1:&;javml!-", max_size=80))
def test_whatever_is_written_becomes_plain_html_that_stays_as_it_is(written):
    once = rich_text.clean(written)
    assert rich_text.clean(once) == once
    page = Page()
    page.feed(once)
    assert page.inline == []
    assert {tag for tag, _ in page._open} <= rich_text.TAGS
