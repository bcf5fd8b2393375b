"""An article file is read whole, or refused with a line and a reason for everything that is wrong in it."""

from __future__ import annotations

import contextlib
import datetime as dt
from string import printable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from palabre.press import articles
from palabre.press.articles import Article, Comments, Image, Original, Source
from palabre.press.frontmatter import FrontMatterError

HEAD = "title: Le tram\ndate: 2025-12-02\n"


def read(text: str | bytes, slug: str = "tram") -> Article:
    return articles.parse(slug, text if isinstance(text, bytes) else text.encode(), "fr")


def head(lines: str) -> Article:
    return read(f"---\n{HEAD}{lines}\n---\nUn texte.\n")


def faults(text: str | bytes, slug: str = "tram") -> list[tuple[int, str]]:
    with pytest.raises(FrontMatterError) as caught:
        read(text, slug)
    return [(fault.line, str(fault.reason)) for fault in caught.value.faults]


def faults_of(lines: str) -> list[tuple[int, str]]:
    """The faults of a sound head followed by ``lines``, the first of which is line 4 of the file."""
    return faults(f"---\n{HEAD}{lines}\n---\nUn texte.\n")


def test_every_field_of_the_reference_is_read() -> None:
    article = head(
        "lead: Un an après.\nlanguage: fr\nauthor: Jeanne\noutlet: Le Courrier\n"
        "original: {title: The tram, author: Ruth, outlet: Chronicle, url: https://a.example/b, "
        "date: 2025-09-12, language: en}\n"
        "translator: Camille\nimage: {file: tram.svg, alt: Un tram, credit: J. M.}\n"
        "sources:\n  - name: Rapport\n    url: https://a.example/r\n  - name: Entretiens\n"
        "comments: {open: false, until: 2026-01-31}"
    )
    assert article == Article(
        slug="tram",
        title="Le tram",
        date=dt.date(2025, 12, 2),
        language="fr",
        body="Un texte.\n",
        lead="Un an après.",
        author="Jeanne",
        outlet="Le Courrier",
        original=Original("The tram", "Ruth", "Chronicle", "https://a.example/b", dt.date(2025, 9, 12), "en"),
        translator="Camille",
        image=Image("tram.svg", "Un tram", "J. M."),
        sources=(Source("Rapport", "https://a.example/r"), Source("Entretiens")),
        comments=Comments(open=False, until=dt.date(2026, 1, 31)),
    )


def test_an_article_without_a_language_has_its_sites() -> None:
    assert head("").language == "fr"


def test_words_that_yaml_takes_for_numbers_or_truths_stay_words() -> None:
    article = read("---\ntitle: 1984\ndate: 2025-12-02\nlanguage: no\nauthor: 007\n---\nx")
    assert (article.title, article.language, article.author) == ("1984", "no", "007")


def test_a_time_with_its_offset_is_kept() -> None:
    article = read("---\ntitle: A\ndate: 2025-12-02T14:05:00+01:00\n---\nx")
    assert article.date.isoformat() == "2025-12-02T14:05:00+01:00"
    assert article.moment == dt.datetime(2025, 12, 2, 13, 5, tzinfo=dt.UTC)


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    assert read(b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2025-12-02\r\n---\r\nx\r\n").body == "x\n"


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    assert faults_of("auther: Jeanne") == [(4, "There is no key “auther”; did you mean “author”?")]
    assert faults_of("image:\n  file: a.png\n  alt: b\n  credits: c") == [
        (7, "There is no key “credits”; did you mean “credit”?")
    ]


def test_a_key_like_no_other_lists_the_keys() -> None:
    ((line, reason),) = faults_of("zzz: 1")
    assert line == 4
    assert "the keys are: title, lead, date" in reason


def test_all_faults_are_told_at_once_in_their_order() -> None:
    lines = [line for line, _reason in faults("---\ntitle:\ndate: demain\nsources:\n  - url: x\nfoo: 1\n---\nx")]
    assert lines == [2, 3, 5, 5, 6]


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("date2: 2025-12-02", 4, "There is no key"),
        ("title: Encore", 4, "twice"),
        ("author: [a, b]", 4, "One plain value"),
        ("author: '\u200b \u200b'", 4, "empty"),
        ("author: a\u202eb", 4, "direction character"),
        ("author: " + "a" * 201, 4, "longer than 200"),
        ("comments: {open: peut-être}", 4, "true or false"),
        ("comments: oui", 4, "key: value"),
        ("comments:\n  until: 2025-02-30", 5, "A date is written"),
        ("language: français", 4, "by its code"),
        ("sources: Rapport", 4, "A list is expected"),
        ("sources:\n  - Rapport", 5, "key: value"),
        ("image: {file: a.png}", 4, "“alt” is missing"),
        ("author: &a x\ntranslator: *a", 5, "aliases"),
        ("sources: [[[[[[[[[]]]]]]]]]", 4, "nested too deep"),
        ("author: !!python/name:os.system x", 4, "Tags"),
        ("sources: !!python/object/apply:os.system [ls]", 4, "Tags"),
        ("author: Jeanne: Morel", 4, "not YAML"),
        ("author: \x01", 4, "control character"),
    ],
)
def test_a_wrong_value_has_its_line_and_reason(lines: str, line: int, reason: str) -> None:
    found = faults_of(lines)
    assert found[0][0] == line
    assert reason in found[0][1]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.example", "/a", "ftp://a.example/", "http://",
     "https://a.example/ x", 'https://a.example/"onclick=', "https://user:secret@a.example/", "https://[::1", "http://a:b/"],
)  # fmt: skip
def test_only_web_addresses_are_addresses(url: str) -> None:
    ((_line, reason),) = faults_of(f"original:\n  url: '{url}'")
    assert "http or https only" in reason


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "a/b.png", "..\\\\b.png", "/etc/passwd", "a.php", ".hidden.png", "a..png", "http://a/b.png", "a"],
)
def test_a_picture_is_a_plain_name(name: str) -> None:
    ((_line, reason),) = faults_of(f'image: {{file: "{name}", alt: b}}')
    assert "without a path" in reason


@pytest.mark.parametrize("slug", ["Tram", "tram 4", "tram_4", "-tram", "tram-", "été", "..", "a" * 81])
def test_the_file_name_must_make_a_plain_address(slug: str) -> None:
    ((line, reason),) = faults(f"---\n{HEAD}---\nx", slug)
    assert line == 1
    assert "hyphens" in reason


def test_a_file_that_is_not_an_article_says_why() -> None:
    assert faults("Bonjour") == [(1, "The file must begin with a line of three hyphens (---).")]
    assert faults("---\ntitle: A\n") == [(1, "The head has no end: close it with a line of three hyphens (---).")]
    assert faults(f"---\n{HEAD}---\n \n") == [(5, "The article has no body.")]
    assert faults(f"---\n{HEAD}---\nun\ndeux\x00") == [(6, "A control or direction character stands in this text.")]
    assert faults(b"---\ntitle: A\n---\nun\n\xff") == [(5, "This is not UTF-8 text: save the file as UTF-8.")]


def test_sizes_have_a_limit() -> None:
    assert "larger than" in faults(b"x" * 1_000_001)[0][1]
    assert "longer than" in faults("---\n" + "#" * 40_000 + "\n---\nx")[0][1]
    assert "nested too deep" in faults("---\n" + "[" * 20_000 + "\n---\nx")[0][1]
    assert "more than 100" in faults_of("sources: [" + "{name: a}," * 101 + "]")[0][1]


@settings(deadline=None)  # a busy machine is no fault of the reader's
@given(st.text() | st.text(alphabet=printable))
@example("? [a]\n: b")
@example("<<: {a: b}")
@example("date: 2025-12-02T99:99:99")
@example("date: !!timestamp x")
@example("comments: {open: !!bool x}")
@example("a: \x85b: 1")
def test_no_head_whatever_breaks_the_reader(lines: str) -> None:
    text = f"---\n{lines}\n---\nx"
    with contextlib.suppress(FrontMatterError):
        read(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None)
@given(st.text(min_size=1))
def test_a_fault_points_into_the_file(lines: str) -> None:
    text = f"---\nzzz: 1\n# {lines}\n---\nx"
    assert all(
        1 <= line <= 40 + text.count("\n") and reason for line, reason in faults(text.encode("utf-8", "replace"))
    )


@settings(deadline=None)
@given(st.binary())
def test_no_bytes_whatever_break_the_reader(data: bytes) -> None:
    with pytest.raises(FrontMatterError):
        read(data)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=300))
def test_a_quoted_title_comes_back_as_written(title: str) -> None:
    quoted = "'" + title.replace("'", "''") + "'"
    assert read(f"---\ntitle: {quoted}\ndate: 2025-12-02\n---\nx").title == title
