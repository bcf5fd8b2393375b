"""What the tests of the reader's side share: a reader with a filled-in form that was opened a minute ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from palabre.base import clock, ids, tokens
from palabre.discussion.models import Comment, Thread

GAZETTE = "https://gazette.example"
SCRIPT = {"Accept": "application/json"}

Send = Callable[..., HttpResponse]


def opened(ago: timedelta = timedelta(minutes=1), key: str = "gazette/tram") -> str:
    """The token of a form that was opened ``ago`` under the thread ``key``."""
    return tokens.issue(key, clock.now() - ago)


def filled(**changes: str) -> dict[str, str]:
    """What a browser sends of a form filled in with care."""
    fields = {"name": "Anne", "email": "", "text": "Enfin un tram !", "parent": "", "website": "", "token": opened()}
    return fields | changes


@pytest.fixture
def reader() -> Client:
    """A browser of its own, with every check a real one meets."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def send(reader: Client, thread: Thread) -> Send:
    """``send(text=…, headers=…)`` posts the form under the tram thread as the reader filled it in."""

    def post(to: str = "tram", headers: dict[str, str] | None = None, **changes: str) -> Any:
        return reader.post(reverse("widget:comment", args=["gazette", to]), filled(**changes), headers=headers)

    return post


@pytest.fixture
def capability() -> Callable[[Comment], str]:
    """The secret of a comment's author."""

    def secret(comment: Comment) -> str:
        assert comment.nonce is not None
        return ids.capability_for(comment.nonce)

    return secret
