"""HTML bodies become our small Markdown: the same words, nothing alive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.base.html import plain, render_comment
from palabre.base.text import visible
from palabre.transfer.markdown import to_markdown, unwrapped


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One.</p><p>Two<br>lines.</p>", "One.\n\nTwo\nlines."),
        ("no tags\nat all", "no tags\nat all"),
        ("a <b>bold </b>and <i>slanted</i> <s>no</s>", "a **bold** and *slanted* ~~no~~"),
        ("<blockquote><p>q</p></blockquote><p>a</p>", "> q\n\na"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<code>x`y</code>", "``x`y``"),
        ("<pre><code>a\n  b</code></pre>", "```\na\n  b\n```"),
        ('<a href="https://a.example/x">there</a>', "[there](https://a.example/x)"),
        ('<a href="https://a.example/long/address">https://a.example/long...</a>', "<https://a.example/long/address>"),
        ('<img src="https://a.example/i.png">', "<https://a.example/i.png>"),
        ("2 * 3 * 4, [x](y), `z`, snake_case", "2 \\* 3 \\* 4, \\[x\\](y), \\`z\\`, snake_case"),
        ("# no\n- no\n1. no", "\\# no\n\\- no\n1\\. no"),
        ("Hello @bob:disqus", "Hello @bob"),
    ],
)
def test_a_body_keeps_its_shape(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


def test_a_link_through_the_counter_leads_where_it_led() -> None:
    counted = "https://disq.us/url?url=https%3A%2F%2Fa.example%2Fx%3Fy%3A1%3AkEy-4&cuid=12"
    assert unwrapped(counted) == "https://a.example/x?y:1"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://a.example/)[x](javascript:alert(1)">x</a>',
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "[x](javascript:alert(1))",
        '<a href="https://a.example/" onclick="alert(1)">[x](javascript:alert(1))</a>',
        "<svg/onload=alert(1)><math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "<p style='position:fixed'>x</p><iframe src=https://a.example></iframe><form action=/desk/>",
        "<b>" * 20_000 + "deep",
        "<blockquote>" * 20_000 + "deep",
        "<ul><li>" * 3_000 + "deep",
    ],
)
def test_nothing_alive_comes_through(html: str) -> None:
    shown = render_comment(to_markdown(html)).lower()
    for sign in (
        "<script",
        "onerror=",
        "onload=",
        'href="javascript',
        "<iframe",
        "<form",
        "style=",
        "<img",
        "onclick=",
    ):
        assert sign not in shown.replace("&lt;", "")


@pytest.mark.parametrize("tag", ["b", "blockquote", "ul><li"])
def test_words_nested_absurdly_deep_are_kept(tag: str) -> None:
    assert "deep" in render_comment(to_markdown(f"<{tag}>" * 5_000 + "deep"))


@given(st.text(alphabet="ab1 .*_`[]()<>#&;!~-+=|\\:/\n", max_size=80))
def test_plain_text_comes_out_as_it_went_in(words: str) -> None:
    html = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    assert visible(plain(render_comment(to_markdown(f"<p>{html}</p>")))) == visible(words)
