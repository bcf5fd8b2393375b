"""A form that cannot be taken comes back with a sentence, the right status, and all that was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from palabre.base import clock, tokens
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from palabre.widget import places
from tests.conftest import Write
from tests.widget.conftest import SCRIPT, Send, filled, opened

ALL = "Tout ce que j’ai tapé <b>ici</b> & là."

CASES: dict[str, tuple[dict[str, str], int, str]] = {
    "no name": ({"name": " "}, 422, "Indiquez le nom"),
    "an invisible name": ({"name": "\u200b\u202e"}, 422, "Indiquez le nom"),
    "a name too long": ({"name": "n" * 61}, 422, "Nom"),
    "an address that is none": ({"email": "pas une adresse"}, 422, "électronique"),
    "the hidden field": ({"website": "https://spam.example"}, 422, "champ caché"),
    "no token": ({"token": ""}, 403, "n’a pas été ouvert ici"),
    "a forged token": ({"token": "forged:x:y"}, 403, "n’a pas été ouvert ici"),
    "the token of another thread": ({"token": opened(key="gazette/jardin")}, 403, "n’a pas été ouvert ici"),
    "a token from tomorrow": ({"token": opened(timedelta(hours=-20))}, 403, "n’a pas été ouvert ici"),
    "an expired token": ({"token": opened(timedelta(hours=25))}, 422, "ouvert depuis longtemps"),
    "a form sent in a second": ({"token": opened(timedelta(0))}, 422, "très rapide"),
    "an unknown parent": ({"parent": "77"}, 409, "n’est plus là"),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_typed_is_lost(send: Send, case: str) -> None:
    changes, status, sentence = CASES[case]
    if changes.get("token", "").count(":") == 2 and case != "a forged token":
        changes = changes | {"token": _anew(case)}
    answer = send(**{"text": ALL, **changes})
    assert answer.status_code == status
    assert sentence in answer.text
    assert "Tout ce que j’ai tapé &lt;b&gt;ici&lt;/b&gt; &amp; là." in answer.text
    assert not Comment.objects.exists()
    script = send(headers=SCRIPT, **{"text": ALL, **changes})
    assert script.status_code == status
    assert sentence in " ".join(script.json()["problems"])


def _anew(case: str) -> str:
    """Tokens are made when the test runs, not when the file is read."""
    return {
        "the token of another thread": opened(key="gazette/jardin"),
        "a token from tomorrow": opened(timedelta(hours=-20)),
        "an expired token": opened(timedelta(hours=25)),
        "a form sent in a second": opened(timedelta(0)),
    }[case]


@pytest.mark.parametrize("case", ["no name", "the hidden field", "an expired token", "an unknown parent"])
def test_the_form_that_comes_back_can_be_sent(send: Send, case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = send(**CASES[case][0])
    again = _fields(answer) | ({"name": "Anne"} if case == "no name" else {})
    later = clock.now() + timedelta(seconds=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert send(**again).status_code == 303


def test_who_was_too_fast_may_send_the_same_form_two_seconds_later(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    token = opened(timedelta(0))
    again = _fields(send(token=token))
    assert again["token"] == token
    later = clock.now() + tokens.EARLY
    monkeypatch.setattr(clock, "now", lambda: later)
    assert send(**again).status_code == 303


def test_a_used_form_with_another_text_is_a_new_comment_to_be_sent_again(send: Send) -> None:
    token = opened()
    send(token=token)
    answer = send(token=token, text="Un autre avis.")
    assert answer.status_code == 409
    assert "Un autre avis." in answer.text
    assert _fields(answer)["token"] != token
    assert Comment.objects.count() == 1


def test_the_very_same_text_again_is_a_repeat(send: Send) -> None:
    send()
    answer = send(text="  enfin un TRAM !")
    assert answer.status_code == 409
    assert "déjà envoyé ce même commentaire" in answer.text


def test_a_text_over_the_limit_comes_back_whole(send: Send) -> None:
    answer = send(text="é" * 5001)
    assert answer.status_code == 413
    assert "é" * 5001 in answer.text


def test_a_body_of_ten_megabytes_is_turned_away_unread(reader: Client, thread: Thread) -> None:
    answer = reader.post("/d/gazette/tram/comment", filled(text="x" * 10_000_000))
    assert answer.status_code == 413


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u2060\ufeff", "\u202e\u202c", "\x00\x07"])
def test_a_text_nobody_can_see_is_no_comment(send: Send, text: str) -> None:
    answer = send(text=text)
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_right_to_left_overrides_do_not_reach_the_page(send: Send) -> None:
    send(text="avant \u202eerrière", name="An\u202ene")
    comment = Comment.objects.get()
    assert comment.current is not None
    assert (comment.name, comment.current.text) == ("Anne", "avant errière")


@pytest.mark.parametrize("body", [b"name=Anne&text=caf%E9", b"name=Anne&text=caf\xe9", b"name=Anne&text=%ED%A0%80"])
def test_bytes_that_are_not_utf8_are_said_to_be_damaged(reader: Client, thread: Thread, body: bytes) -> None:
    answer = reader.post("/d/gazette/tram/comment", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "abîmé" in answer.text


def test_a_body_of_another_kind_is_an_empty_form(reader: Client, thread: Thread) -> None:
    answer = reader.post("/d/gazette/tram/comment", b"name=Anne", content_type="text/plain")
    assert answer.status_code == 422


@pytest.mark.parametrize("header", [{}, SCRIPT])
def test_after_five_comments_a_network_waits(send: Send, header: dict[str, str]) -> None:
    for number in range(5):
        assert send(text=f"Avis {number}").status_code == 303
    answer = send(text="Avis de trop", headers=header)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_a_closed_discussion_says_so_and_gives_the_text_back(send: Send, reader: Client, thread: Thread) -> None:
    actions.describe_thread(thread, closed=True)
    answer = send(text=ALL)
    assert answer.status_code == 410
    assert "close" in answer.text
    assert "Tout ce que j’ai tapé" in answer.text
    blank = reader.get("/d/gazette/tram/write")
    assert blank.status_code == 410
    assert "<form" not in blank.text


def test_the_parent_must_be_published_in_this_very_thread(send: Send, published: Write, other_site: Any) -> None:
    elsewhere = actions.open_thread(other_site, "tram", clock.now())
    for _ in range(3):
        published(under=elsewhere, text=f"There {_}.")
    gone = published("Ici.")
    assert send(parent="3").status_code == 409
    actions.withdraw(gone, clock.now())
    answer = send(parent=str(gone.number), text=ALL)
    assert answer.status_code == 409
    assert _fields(answer).get("parent", "") == ""


@pytest.mark.parametrize("parent", ["-1", "0", "x", "1e3", "9" * 30, "1 OR 1=1"])
def test_a_parent_that_is_no_number_is_said_so(send: Send, parent: str) -> None:
    assert send(parent=parent).status_code in (409, 422)


def test_a_locked_database_keeps_the_text(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "submit", locked)
    answer = send(text=ALL)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Tout ce que j’ai tapé" in answer.text
    monkeypatch.setattr(places.discussion, "thread", locked)
    unread = send(text=ALL)
    assert unread.status_code == 503
    assert "Tout ce que j’ai tapé" in unread.text


def test_what_is_typed_is_never_markup(send: Send) -> None:
    nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    answer = send(name=nasty[:60], email=nasty, text=f"</textarea>{nasty}", parent=nasty)
    assert answer.status_code == 422
    assert "<script>" not in answer.text
    assert "<img" not in answer.text


def _fields(answer: Any) -> dict[str, str]:
    """The form of the page as a browser would send it."""
    from lxml import html

    form = html.fromstring(answer.text).forms[0]
    return {name: value or "" for name, value in form.form_values()}
