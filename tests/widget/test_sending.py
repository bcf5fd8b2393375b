"""A reader sends the form: with and without JavaScript, from our pages and from a registered origin."""

from __future__ import annotations

import pytest
from django.test import Client

from palabre.accounts.models import Site
from palabre.discussion import mine
from palabre.discussion.models import Comment, Sender, Thread
from palabre.discussion.states import Status
from tests.conftest import Write
from tests.widget.conftest import GAZETTE, SCRIPT, Send, filled, opened


def test_without_javascript_the_author_is_led_to_a_private_page(send: Send, reader: Client) -> None:
    answer = send()
    assert answer.status_code == 303
    page = reader.get(answer["Location"])
    assert page.status_code == 200
    assert "Enfin un tram !" in page.text
    assert Comment.objects.get().status == Status.SUBMITTED


def test_a_script_gets_the_address_of_that_page_and_a_token_for_the_next_comment(send: Send, reader: Client) -> None:
    answer = send(headers=SCRIPT)
    said = answer.json()
    assert answer.status_code == 201
    assert said["state"] == "submitted"
    assert said["message"].startswith("Merci.")
    assert reader.get(said["status_url"]).status_code == 200
    assert said["token"] != Comment.objects.get().nonce


def test_the_browser_remembers_its_own_comment(send: Send) -> None:
    answer = send()
    cookie = answer.cookies[mine.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert answer["Location"].split("/")[2] not in cookie.output().replace(cookie.value, "")


def test_a_reply_hangs_under_its_parent(send: Send, published: Write) -> None:
    parent = published("Le tram est en retard.")
    assert send(parent=str(parent.number)).status_code == 303
    assert Comment.objects.latest("id").parent == parent


def test_the_same_form_sent_twice_is_one_comment_and_one_page(send: Send) -> None:
    token = opened()
    first, second = send(token=token), send(token=token)
    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_only_a_truncated_address_is_kept_and_a_forged_one_is_not_believed(send: Send) -> None:
    assert send(headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 303
    assert Sender.objects.get().network == "127.0.0.0/24"


@pytest.mark.parametrize("origin", [GAZETTE, "http://testserver", "https://GAZETTE.example"])
def test_pages_of_a_registered_origin_may_send(send: Send, origin: str) -> None:
    assert send(headers={"Origin": origin, **SCRIPT}).status_code == 201


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://gazette.example", "https://gazette.example.evil"]
)
def test_other_pages_may_not(send: Send, origin: str) -> None:
    answer = send(headers={"Origin": origin})
    assert answer.status_code == 403
    assert "ne peut pas envoyer de commentaires ici" in answer.text
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert not Comment.objects.exists()


def test_a_cross_site_post_without_an_origin_is_turned_down_too(send: Send) -> None:
    assert send(headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert send(headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_scripts_of_a_registered_origin_may_read_the_answer_others_not(reader: Client, thread: Thread) -> None:
    for origin, allowed in ((GAZETTE, GAZETTE), ("https://evil.example", None)):
        preflight = reader.options("/d/gazette/tram/comment", headers={"Origin": origin})
        answer = reader.get("/d/gazette/tram/token", headers={"Origin": origin})
        assert preflight.status_code == 204
        assert preflight.get("Access-Control-Allow-Origin") == allowed
        assert answer.get("Access-Control-Allow-Origin") == allowed
        assert "Origin" in answer["Vary"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


PAGE = f"{GAZETTE}/jardin/?utm_source=lettre#haut"


def named(url: str) -> str:
    from palabre.base.urls import thread_name

    return thread_name(url)


def test_the_first_comment_on_a_registered_page_opens_its_thread(send: Send, site: Site) -> None:
    name = named(PAGE)
    answer = send(to=name, token=opened(key=f"gazette/{name}"), url=PAGE, title="  Le jardin\n de l’école ")
    assert answer.status_code == 303
    made = Thread.objects.get(name=name)
    assert (made.url, made.title) == (PAGE.split("#")[0], "Le jardin de l’école")


def test_a_refused_first_comment_opens_no_thread(send: Send, site: Site) -> None:
    name = named(PAGE)
    answer = send(to=name, token=opened(key=f"gazette/{name}"), url=PAGE, text="\u200b")
    assert answer.status_code == 422
    assert not Thread.objects.filter(name=name).exists()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        (named(PAGE), ""),
        (named(PAGE), "https://evil.example/jardin"),
        (named(PAGE), f"{GAZETTE}/autre"),
        (named(PAGE), "javascript:alert(1)"),
        ("jardin", ""),
        ("Jardin", PAGE),
        ("..", PAGE),
    ],
)
def test_a_page_nobody_registered_opens_no_thread(send: Send, site: Site, name: str, url: str) -> None:
    answer = send(to=name, token=opened(key=f"gazette/{name}"), url=url)
    assert answer.status_code == 404
    assert "Enfin un tram !" in answer.text, "nothing typed is lost"
    assert Thread.objects.count() == 1


def test_a_site_that_does_not_exist_is_not_found(reader: Client, db: None) -> None:
    assert reader.post("/d/nobody/tram/comment", filled()).status_code == 404
    assert reader.get("/d/nobody/tram/write").status_code == 404
