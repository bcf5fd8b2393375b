"""Under an article stands its discussion: from the file for readers, from the database for those who may act."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from palabre.accounts.models import User
from palabre.base import clock, tokens
from palabre.discussion import actions, mine
from palabre.discussion.models import Comment
from palabre.press.library import library
from palabre.snapshots.sweep import sweep as write_snapshots
from tests.conftest import Write
from tests.press.conftest import ARTICLE, Newsroom
from tests.press.test_article_pages import linked_data, page, words

pytestmark = pytest.mark.usefixtures("thread")


@pytest.fixture
def talk(newsroom: Newsroom, published: Write) -> list[Comment]:
    """The article with three published comments, the last of which answers the first, as files."""
    newsroom.publish()
    first = published("Le premier.", name="Anne")
    comments = [first, published("Le deuxième.", name="Bruno"), published("Le troisième.", name="Chloé", parent=1)]
    write_snapshots()
    return comments


def remember(client: Client, comment: Comment, capability: str) -> None:
    """Give the client the cookie a browser has after posting ``comment``."""
    response = HttpResponse()
    mine.remember(HttpRequest(), response, comment.pk, capability)
    client.cookies[mine.COOKIE] = response.cookies[mine.COOKIE].value


def acts(html: str) -> dict[int, list[str]]:
    """The links beside each comment but *Reply*, by its number."""
    found = {}
    for number, rest in re.findall(r'<li class="palabre-comment" id="c(\d+)"(.*?)</article>', html, re.DOTALL):
        found[int(number)] = [unescape(label) for label in re.findall(r'class="palabre-act"[^>]*>([^<]+)<', rest)]
    return found


def test_a_reader_sees_the_comments_and_their_number(talk: list[Comment], client: Client) -> None:
    html = page(client)
    assert "3 commentaires" in words(html)
    assert "Le premier." in html
    assert linked_data(html)["commentCount"] == 3
    assert acts(html) == {1: [], 2: [], 3: []}


def test_an_ordinary_read_asks_the_database_nothing(
    talk: list[Comment], client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert "Le premier." in page(client)


def test_before_the_first_snapshot_the_article_stands_alone(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish("autre")
    html = page(client, "/gazette/autre/")
    assert "La discussion de cet article ouvre dans un instant." in words(html)
    assert 'class="palabre-form"' not in html
    assert "commentCount" not in linked_data(html)


def test_the_form_is_there_with_a_token_for_this_thread(talk: list[Comment], client: Client) -> None:
    html = page(client)
    assert 'action="/d/gazette/tram/comment"' in html
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found
    assert tokens.read(found[1], "gazette/tram", clock.now() + timedelta(seconds=5))


def test_no_two_readers_get_one_token(talk: list[Comment], client: Client) -> None:
    response = client.get("/gazette/tram/")
    assert response["Cache-Control"] == "private, no-cache"
    both = {re.search(r'name="token" value="([^"]+)"', page(client)) for _turn in range(2)}
    assert len({found[1] for found in both if found}) == 2


def test_an_answer_names_whom_it_answers(talk: list[Comment], client: Client) -> None:
    html = page(client, "/gazette/tram/?reply=2")
    assert 'name="parent" value="2"' in html
    assert "Bruno" in words(html.split('class="palabre-form"')[1])


@pytest.mark.parametrize("reply", ["99", "0", "-1", "x", "٣", "1e3", "9" * 50])
def test_an_answer_to_nobody_is_an_ordinary_comment(talk: list[Comment], client: Client, reply: str) -> None:
    html = page(client, f"/gazette/tram/?reply={reply}")
    assert 'class="palabre-form"' in html
    assert not re.search(r'name="parent" value="\d', html)


def test_an_answer_to_a_comment_that_is_gone_is_an_ordinary_comment(
    talk: list[Comment], moderator: User, noon: datetime, client: Client
) -> None:
    actions.remove(talk[1], moderator, noon, "insult")
    assert not re.search(r'name="parent" value="\d', page(client, "/gazette/tram/?reply=2"))


def test_a_page_of_the_discussion_that_is_not_there_is_a_404(talk: list[Comment], client: Client) -> None:
    assert client.get("/gazette/tram/?discussion=1").status_code == 200
    assert client.get("/gazette/tram/?discussion=2").status_code == 404
    for odd in ("0", "-1", "x", "", "../2", "9" * 50):
        assert client.get("/gazette/tram/", {"discussion": odd}).status_code == 200


def test_the_second_page_follows_the_first(newsroom: Newsroom, published: Write, client: Client) -> None:
    newsroom.publish()
    for number in range(51):
        published(f"Numéro {number}.", at=newsroom.now + timedelta(hours=number))
    write_snapshots()
    assert "Numéro 50." not in page(client)
    assert "Numéro 50." in page(client, "/gazette/tram/?discussion=2")


def test_a_closed_discussion_has_no_form_and_says_so(talk: list[Comment], newsroom: Newsroom, client: Client) -> None:
    newsroom.publish(text=ARTICLE.replace("---\nUn", "comments: {open: false}\n---\nUn"))
    write_snapshots()
    html = page(client)
    assert "Cette discussion est close" in html
    assert 'class="palabre-form"' not in html
    assert "Le premier." in html


def test_the_last_day_counts_to_midnight_on_the_sites_clock(
    talk: list[Comment], newsroom: Newsroom, client: Client
) -> None:
    newsroom.publish(text=ARTICLE.replace("---\nUn", "comments: {until: 2026-07-31}\n---\nUn"))
    with time_machine.travel(datetime(2026, 7, 31, 21, 59, tzinfo=UTC), tick=False):
        assert 'class="palabre-form"' in page(client)
    with time_machine.travel(datetime(2026, 7, 31, 22, 0, tzinfo=UTC), tick=False):
        assert 'class="palabre-form"' not in page(client)


def test_a_moderator_sees_remove_beside_each_comment(talk: list[Comment], desk: Client) -> None:
    html = page(desk)
    assert acts(html) == {1: ["Retirer"], 2: ["Retirer"], 3: ["Retirer"]}
    assert f'href="/desk/gazette/comment/{talk[0].pk}/remove?next=%2Fgazette%2Ftram%2F"' in html


def test_a_moderator_sees_a_decision_before_its_snapshot_is_written(
    talk: list[Comment], desk: Client, moderator: User, noon: datetime
) -> None:
    actions.remove(talk[1], moderator, noon, "insult")
    assert "Le deuxième." not in page(desk)


def test_a_moderator_of_another_site_is_a_reader_here(talk: list[Comment], stranger: User, client: Client) -> None:
    client.force_login(stranger)
    assert acts(page(client)) == {1: [], 2: [], 3: []}


def test_an_author_sees_withdraw_beside_their_own(talk: list[Comment], client: Client) -> None:
    remember(client, talk[1], "a-capability")
    html = page(client)
    assert acts(html) == {1: [], 2: ["Retirer mon commentaire"], 3: []}
    assert 'href="/c/a-capability/"' in html


def test_an_authors_cookie_gives_nothing_under_another_article(
    talk: list[Comment], newsroom: Newsroom, client: Client
) -> None:
    newsroom.publish("autre")
    write_snapshots()
    remember(client, talk[1], "a-capability")
    assert "a-capability" not in page(client, "/gazette/autre/")


def test_a_forged_cookie_gives_nothing(talk: list[Comment], client: Client) -> None:
    client.cookies[mine.COOKIE] = f'[[{talk[1].pk}, "x"]]:forged'
    client.cookies["sessionid"] = "forged"
    assert acts(page(client)) == {1: [], 2: [], 3: []}


def test_an_article_whose_site_is_gone_is_a_404(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    (library().cards / "gazette.json").unlink()
    assert client.get("/gazette/tram/").status_code == 404
