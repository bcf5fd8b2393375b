"""The cast of every test: a site with a thread, its moderators, a stranger, and readers who write.

Nothing here reaches out: a socket to anything but loopback fails the test.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from palabre.accounts.actions import create_moderator, create_site
from palabre.accounts.models import Site, User
from palabre.discussion import actions
from palabre.discussion.actions import Submission
from palabre.discussion.limits import Limits
from palabre.discussion.models import Comment, Thread

PASSWORD = "a good long password"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def noon() -> datetime:
    """Time as a value: Tuesday 2 December 2025, 12:00 UTC."""
    return datetime(2025, 12, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def site(db: None) -> Site:
    return create_site("gazette", "La Gazette", url="https://gazette.example", language="fr", time_zone="Europe/Paris")


@pytest.fixture
def other_site(db: None) -> Site:
    return create_site("herald", "The Herald", url="https://herald.example", language="en")


@pytest.fixture
def thread(site: Site, noon: datetime) -> Thread:
    return actions.open_thread(site, "tram", noon, url="https://gazette.example/tram", title="Le tram arrive")


@pytest.fixture
def moderator(site: Site) -> User:
    return create_moderator(site, "mona@gazette.example", PASSWORD, name="Mona")


@pytest.fixture
def colleague(site: Site) -> User:
    return create_moderator(site, "karim@gazette.example", PASSWORD, name="Karim")


@pytest.fixture
def stranger(other_site: Site) -> User:
    """Moderates another site of the same installation."""
    return create_moderator(other_site, "sam@herald.example", PASSWORD, name="Sam")


Write = Callable[..., Comment]


@pytest.fixture
def write(thread: Thread, noon: datetime) -> Write:
    """A reader writes: ``write("text", name=…, parent=…, at=…)`` gives the submitted comment."""
    made = iter(range(1, 10_000))

    def submit(
        text: str = "Un avis posé.",
        *,
        name: str = "Anne",
        at: datetime | None = None,
        under: Thread | None = None,
        **fields: Any,
    ) -> Comment:
        number = next(made)
        sent = Submission(name=name, text=text, nonce=f"nonce-{number}", **fields)
        moment = at or noon + timedelta(seconds=number)
        return actions.submit(under or thread, sent, Limits(), moment).comment

    return submit


@pytest.fixture
def published(write: Write, moderator: User, noon: datetime) -> Write:
    """Like ``write``, and the moderator publishes it."""

    def publish(text: str = "Un avis posé.", **fields: Any) -> Comment:
        comment = write(text, **fields)
        actions.publish(comment, moderator, fields.get("at") or noon + timedelta(minutes=1))
        return comment

    return publish


@pytest.fixture
def held(write: Write, noon: datetime) -> Write:
    """Like ``write``, and the machine holds it."""

    def hold(text: str = "Un avis qui attend.", **fields: Any) -> Comment:
        return actions.hold(write(text, **fields), noon + timedelta(minutes=1), {})

    return hold


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    """The moderator, signed in."""
    client.force_login(moderator)
    return client
