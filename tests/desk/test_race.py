"""Two moderators at the same moment, in two threads on a real database."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from palabre.accounts.models import User
from palabre.discussion.models import Comment, Decision
from palabre.discussion.states import Status
from tests.desk.conftest import browser

Write = Callable[..., Comment]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _database(transactional_db: None) -> None:
    """Before the cast is made: threads see only what is committed."""


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do ``acts`` at the same moment, each in its own thread."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def shown(client: Client) -> int:
    page = client.get("/desk/gazette/").content.decode()  # not its context, which the test client shares among threads
    found = re.search(r"/comment/(\d+)/publish", page)
    assert found
    return int(found[1])


@pytest.mark.parametrize("_round", range(3))
def test_they_never_get_the_same_comment(moderator: User, colleague: User, held: Write, _round: int) -> None:
    for number in range(4):
        held(f"Numéro {number}.")
    mona, karim = browser(moderator), browser(colleague)
    first, second = at_once(lambda: shown(mona), lambda: shown(karim))
    assert first != second


@pytest.mark.parametrize("_round", range(3))
def test_they_never_both_win(moderator: User, colleague: User, held: Write, _round: int) -> None:
    comment = held()
    mona, karim = browser(moderator), browser(colleague)
    at = f"/desk/gazette/comment/{comment.pk}/"
    at_once(lambda: mona.post(f"{at}publish"), lambda: karim.post(f"{at}refuse", {"reason": "spam"}))
    decision = Decision.objects.get()
    comment.refresh_from_db()
    assert comment.status == {"publish": Status.PUBLISHED, "refuse": Status.REFUSED}[decision.move]
