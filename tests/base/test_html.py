"""What a reader types never becomes more than the few elements a comment may hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from palabre.base.html import COMMENT_TAGS, plain, render_article, render_comment, sanitise_comment
from palabre.base.text import RawText, clean_name, clean_text, fingerprint, visible

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[clic](javascript:alert(1))",
    "[clic](data:text/html;base64,PHNjcmlwdD4=)",
    '[a](https://x.example" onmouseover="alert(1))',
    '<https://x.example/"onclick=alert(1)>',
    "![i](https://tracker.example/p.gif)",
    "<svg/onload=alert(1)>",
    "<a href='vbscript:x'>x</a>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "[x]: javascript:alert(1)\n[x]",
]


def elements(markup: str) -> set[str]:
    return {name.lower() for name in re.findall(r"<\s*/?\s*([a-zA-Z][a-zA-Z0-9]*)", markup)}


def assert_harmless(markup: str) -> None:
    assert elements(markup) <= COMMENT_TAGS
    for tag in re.findall(r"<[^>]*>", markup):
        assert not re.search(r"\son\w+\s*=", tag), tag
        assert "style=" not in tag
        for href in re.findall(r'href="([^"]*)"', tag):
            assert href.startswith(("http://", "https://")), href
            assert 'rel="nofollow ugc noopener"' in tag


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_only_words(attack: str) -> None:
    assert_harmless(render_comment(RawText(attack)))
    assert_harmless(sanitise_comment(attack))


@given(st.text(alphabet="<>\"'&=/ ()[]!`*_~#-\n\tabsonclickjavript:", max_size=80))
@example('<a href="javascript:">')
def test_no_text_becomes_harmful(text: str) -> None:
    assert_harmless(render_comment(clean_text(text)))


def test_the_small_markdown_works() -> None:
    html = render_comment(
        RawText("*un* **deux** `trois`\n\n> cité\n\n- a\n- b\n\nhttps://exemple.fr et [ici](http://a.example)")
    )
    for wanted in ("<em>un</em>", "<strong>deux</strong>", "<code>trois</code>", "<blockquote>", "<li>a</li>"):
        assert wanted in html
    assert html.count('rel="nofollow ugc noopener"') == 2


def test_headings_images_and_raw_html_stay_out_of_comments() -> None:
    html = render_comment(RawText("# Titre\n\n![x](http://a.example/i.png)\n\n<b>gras</b>"))
    assert elements(html) <= COMMENT_TAGS - {"img"}
    assert "<h1" not in html


@pytest.mark.parametrize("bomb", [">" * 5000, "[" * 5000, "*" * 5000, "- " * 2500, "`" * 4999, "_a" * 2500])
def test_nesting_is_bounded(bomb: str) -> None:
    html = render_comment(RawText(bomb))
    assert html.count("<blockquote>") <= 20
    assert html.count("<ul>") <= 20


def test_an_article_may_have_headings_and_tables_but_no_script() -> None:
    html = render_article("## Un titre\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>alert(1)</script>")
    assert "<h2>" in html
    assert "<td>1</td>" in html
    assert "<script" not in html


def test_plain_is_the_words_alone() -> None:
    assert plain("<p>A &amp; B</p><p>C</p>") == "A & B\nC"


def test_what_cannot_be_seen_does_not_count() -> None:
    assert visible("\u200b\u2066 \ufeff\u3164\n") == ""
    assert visible("a\u200bb c") == "abc"


def test_overrides_towers_and_controls_are_taken_out() -> None:
    assert "\u202e" not in clean_text("abc\u202edef")
    assert len(clean_text("e" + "\u0301" * 500)) < 10
    assert clean_text("a\x00b\r\nc\ud800") == "ab\nc"


def test_a_name_is_one_short_visible_line() -> None:
    assert clean_name("  Anne\n\u202e Martin\u200b " + "x" * 200)[:11] == "Anne Martin"
    assert len(clean_name("é" * 300)) == 60
    assert clean_name("\u200b\u2066") == ""


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    clean_text(text).encode()


def test_a_repeat_is_recognised_through_spacing_and_case() -> None:
    assert fingerprint("Bonjour  À tous") == fingerprint("bonjour à\u200b tous\n")
