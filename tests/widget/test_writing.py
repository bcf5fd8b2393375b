"""The form on a page of its own, alone for scripts, and its preview."""

from __future__ import annotations

import pytest
from django.test import Client

from palabre.accounts.models import Site
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from tests.conftest import Write
from tests.widget.conftest import GAZETTE, SCRIPT, Send, filled, opened


def test_the_page_names_the_article_and_speaks_the_threads_language(reader: Client, thread: Thread) -> None:
    page = reader.get("/d/gazette/tram/write", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    assert "Le tram arrive" in page.text
    assert "Écrire un commentaire" in page.text
    assert page["Cache-Control"].count("no-store") == 1
    assert page["Content-Language"] == "fr"


def test_the_comment_answered_is_quoted(reader: Client, published: Write) -> None:
    parent = published("Le **tram** est bleu.", name="Zoé")
    page = reader.get(f"/d/gazette/tram/write?reply={parent.number}").text
    assert "Le <strong>tram</strong> est bleu." in page
    assert "Zoé" in page
    assert f'value="{parent.number}"' in page


@pytest.mark.parametrize("reply", ["99", "x", "-1", "9" * 40, "²"])
def test_an_answer_to_nothing_is_a_plain_form(reader: Client, thread: Thread, reply: str) -> None:
    page = reader.get("/d/gazette/tram/write", {"reply": reply})
    assert page.status_code == 200
    assert "palabre-quoted" not in page.text


def test_the_preview_button_shows_the_text_and_keeps_the_form(send: Send) -> None:
    token = opened()
    page = send(text="Du *calme* <script>", preview="1", token=token)
    assert page.status_code == 200
    assert "Du <em>calme</em> &lt;script&gt;" in page.text
    assert "Du *calme* &lt;script&gt;</textarea>" in page.text
    assert token in page.text
    assert not Comment.objects.exists()


def test_a_script_previews_the_same(reader: Client, thread: Thread) -> None:
    answer = reader.post("/d/gazette/tram/preview", filled(text="[ici](javascript:alert(1))"), headers=SCRIPT)
    assert "javascript" not in answer.json()["html"].replace("[ici](javascript:alert(1))", "")
    assert "<a" not in answer.json()["html"]


@pytest.mark.parametrize(("text", "status"), [("", 422), ("x" * 5001, 413)])
def test_a_preview_has_the_limits_of_a_comment(reader: Client, thread: Thread, text: str, status: int) -> None:
    assert reader.post("/d/gazette/tram/preview", filled(text=text), headers=SCRIPT).status_code == status


def test_the_form_alone_is_found_by_id_and_by_address(reader: Client, site: Site, thread: Thread) -> None:
    by_id = reader.get("/d/gazette/form?thread=tram").text
    by_address = reader.get("/d/gazette/form", {"url": f"{GAZETTE}/jardin/", "title": "Le jardin"}).text
    assert 'action="/d/gazette/tram/comment"' in by_id
    assert 'action="/d/gazette/u-' in by_address
    assert "<html" not in by_id


@pytest.mark.parametrize("query", ["", "?thread=../x", "?url=javascript:alert(1)", "?url=https://evil.example/"])
def test_the_form_of_no_place_is_not_found(reader: Client, site: Site, query: str) -> None:
    assert reader.get(f"/d/gazette/form{query}").status_code == 404


def test_the_form_of_a_closed_discussion_is_a_sentence(reader: Client, thread: Thread) -> None:
    actions.describe_thread(thread, closed=True)
    answer = reader.get("/d/gazette/form?thread=tram")
    assert answer.status_code == 200
    assert "close" in answer.text
    assert "<form" not in answer.text


def test_the_token_of_a_page_long_open_can_be_renewed(reader: Client, thread: Thread) -> None:
    fresh = reader.get("/d/gazette/tram/token")
    assert fresh.json()["token"] != reader.get("/d/gazette/tram/token").json()["token"]
    assert "no-store" in fresh["Cache-Control"]
