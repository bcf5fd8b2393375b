"""One page has one address, and a hostile one is refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.base.urls import canonical, is_thread_name, origin, thread_name

SAME_PAGE = [
    "https://gazette.example/tram",
    "http://gazette.example/tram",
    "https://GAZETTE.example/tram/",
    "https://gazette.example:443/tram#c5",
    "https://gazette.example/tram?utm_source=lettre&fbclid=x",
    "https://gazette.example/tram/index.html",
    "https://gazette.example./tr%61m?discussion=2",
]


@pytest.mark.parametrize("url", SAME_PAGE)
def test_scheme_tracking_slash_and_fragment_make_no_second_thread(url: str) -> None:
    assert canonical(url) == "https://gazette.example/tram"
    assert thread_name(url) == thread_name(SAME_PAGE[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example:8080/x", "https://a.example/x"),
    ],
)
def test_different_pages_are_different_threads(one: str, other: str) -> None:
    assert thread_name(one) != thread_name(other)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//evil.example/x",
        "https://",
        "",
        "/etc/passwd",
        "https://a.example:99999/",
        "https://a\u202egpj.example\n/",
        "https://a.example/" + "x" * 3000,
        "file:///etc/passwd",
        "https://[::1",
        "https://" + "é" * 70 + ".example/",
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        canonical(url)


@given(st.text(max_size=60))
def test_a_thread_name_is_always_a_safe_folder(text: str) -> None:
    try:
        name = thread_name(text)
    except ValueError:
        return
    assert is_thread_name(name)
    assert "/" not in name
    assert not name.startswith(".")


@given(st.from_regex(r"https?://[a-z]{1,8}\.example(/[a-z%&=?#0-9é]{0,12}){0,4}", fullmatch=True))
def test_canonical_is_canonical(url: str) -> None:
    try:
        once = canonical(url)
    except ValueError:
        return
    assert canonical(once) == once


def test_an_origin_is_as_browsers_send_it() -> None:
    assert origin("https://Gazette.example:443/a?b#c") == "https://gazette.example"
    assert origin("http://localhost:8001/") == "http://localhost:8001"
