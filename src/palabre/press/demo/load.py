"""The demonstration site ``demo``: six articles, forty comments at every stage, and a moderator to try the desk.

Loading twice changes nothing: each comment is sent with its own nonce, as a form sent twice would be.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from palabre.accounts.actions import allow_origin, create_moderator, create_site
from palabre.accounts.models import Site, User
from palabre.base import clock
from palabre.discussion import actions
from palabre.discussion.actions import Submission
from palabre.discussion.limits import Limits
from palabre.discussion.models import Comment
from palabre.press import articles
from palabre.press.articles import Article
from palabre.press.sweep import sweep

HERE = Path(__file__).resolve().parent
SITE = "demo"
NAME = "Le Courrier de Valbrune"
LANGUAGE = "fr"
EMAIL = "demo@example.org"
PASSWORD = "valbrune-demo"  # noqa: S105 - printed for whoever tries the demonstration, of use nowhere else
VERIFIED_AFTER = timedelta(minutes=40)
TAKEN_DOWN_AFTER = timedelta(days=3)


@dataclass(frozen=True)
class Demo:
    """What somebody needs to try the demonstration: the site, one of its articles and the moderator's sign-in."""

    site: str
    article: str
    email: str
    password: str


@dataclass(frozen=True)
class Written:
    """One comment of ``comments.toml``."""

    key: str
    article: str
    name: str
    text: str
    stage: str
    parent: str = ""
    after: int = 0
    reason: str = ""
    words: str = ""


def load_demo() -> Demo:
    """Make the demonstration site, or complete the one there."""
    now = clock.now()
    _copy_articles(settings.PALABRE_ARTICLES / SITE)
    with transaction.atomic():
        site = create_site(SITE, NAME, language=LANGUAGE, time_zone="Europe/Paris")
        allow_origin(site, settings.PALABRE_PUBLIC_URL)
        moderator = create_moderator(site, EMAIL, PASSWORD, name="Démo")
        _Loader(site, moderator, now).load(comments())
    sweep(now)  # only now: it closes the discussion of the one article that takes no more comments
    return Demo(SITE, "tram", EMAIL, PASSWORD)


def comments() -> list[Written]:
    """The forty comments, in the order in which they came."""
    with (HERE / "comments.toml").open("rb") as file:
        return [Written(**entry) for entry in tomllib.load(file)["comment"]]


def read_articles() -> dict[str, Article]:
    """The six articles by slug."""
    paths = (HERE / "articles").glob("*.md")
    return {path.stem: articles.parse(path.stem, path.read_bytes(), LANGUAGE) for path in paths}


def _copy_articles(folder: Path) -> None:
    """Copy articles and pictures that are not there yet: whoever edits one keeps the change."""
    for path in (HERE / "articles").rglob("*.*"):
        target = folder / path.relative_to(HERE / "articles")
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


class _Loader:
    """Sends each comment as a reader would and decides on it as a moderator would, at the times of the story."""

    def __init__(self, site: Site, moderator: User, now: datetime) -> None:
        self.site = site
        self.moderator = moderator
        self.now = now
        self.articles = read_articles()
        self.sent: dict[str, Comment] = {}

    def load(self, written: Iterable[Written]) -> None:
        written = list(written)
        fresh = [entry for entry in written if self._send(entry)]
        for entry in fresh:
            self._take_down(entry)

    def _send(self, entry: Written) -> bool:
        """Send and verify one comment; False if it had been sent by an earlier load."""
        thread = actions.open_thread(self.site, entry.article, self.articles[entry.article].moment)
        parent = self.sent[entry.parent].number if entry.parent else None
        sent = Submission(name=entry.name, text=entry.text, nonce=f"demo-{entry.key}", parent=parent)
        receipt = actions.submit(thread, sent, Limits(), self._moment(entry))
        self.sent[entry.key] = receipt.comment
        if not receipt.repeated:
            self._verify(entry, receipt.comment)
        return not receipt.repeated

    def _verify(self, entry: Written, comment: Comment) -> None:
        at = self._moment(entry) + VERIFIED_AFTER
        if entry.stage == "refused":
            actions.refuse(comment, self.moderator, at, entry.reason, entry.words)
        elif entry.stage != "submitted":
            actions.publish(comment, self.moderator, at)

    def _take_down(self, entry: Written) -> None:
        comment, at = self.sent[entry.key], self._moment(entry) + TAKEN_DOWN_AFTER
        if entry.stage == "removed":
            actions.remove(comment, self.moderator, at, entry.reason, entry.words)
        elif entry.stage == "withdrawn":
            actions.withdraw(comment, at)

    def _moment(self, entry: Written) -> datetime:
        """When it was sent: so many hours after its article, or minutes ago for what still waits."""
        if entry.stage == "submitted":
            return self.now - timedelta(minutes=5 + len(entry.text) % 20)
        return self.articles[entry.article].moment + timedelta(hours=entry.after)
