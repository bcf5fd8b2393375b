"""What the desk's tests share: colleagues' browsers, the pages written, what the machine said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from palabre.accounts.models import Site, User
from palabre.base import clock
from palabre.desk import actions
from palabre.discussion.models import Comment
from palabre.engine.types import Assessment, Span
from palabre.rules import RuleBook, default_text
from palabre.screening import actions as screening
from palabre.screening.rulebooks import Current

Screened = Callable[..., Comment]


def browser(user: User) -> Client:
    """Another signed-in person."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def karim(colleague: User) -> Client:
    """The colleague, signed in."""
    return browser(colleague)


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> list[int]:
    """The threads whose page was written, in order; the pages are under ``settings.PALABRE_SNAPSHOTS``."""
    settings.PALABRE_SNAPSHOTS = tmp_path
    written: list[int] = []
    refresh = actions.snapshots.refresh

    def write(thread_id: int) -> bool:
        written.append(thread_id)
        return refresh(thread_id)

    monkeypatch.setattr(actions.snapshots, "refresh", write)
    return written


@pytest.fixture
def screened(write: Callable[..., Comment], site: Site) -> Screened:
    """A reader writes, and the machine holds it for an insult, with ``begin, end`` as its span."""

    def screen(text: str, begin: int, end: int, **fields: object) -> Comment:
        comment = write(text, **fields)
        book = RuleBook.default()
        version = screening.use_rule_book(site, Current(book, default_text()), clock.now())
        spans = (Span(begin, end, "insult", 0.93),)
        assessed = Assessment("fr", {"insult": 0.93, "toxic": 0.5}, spans, "a-model")
        assert screening.screen(comment, assessed, book, version, clock.now())
        return comment

    return screen
