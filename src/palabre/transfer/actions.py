"""Bring the comments of another system in: staged on disk, then written in small transactions, each whole.

Stopped at any moment, an import goes on where it was when it is started again with the same file: what came is
known by ``Imported``, written in the transaction of the comment itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from palabre.accounts.models import Site
from palabre.base import clock
from palabre.base.text import visible
from palabre.discussion.actions import describe_thread, import_comment, open_thread
from palabre.discussion.models import Comment, Thread
from palabre.discussion.states import Status
from palabre.transfer import disqus, queries
from palabre.transfer.homes import Home, settle
from palabre.transfer.markdown import to_markdown
from palabre.transfer.models import Imported
from palabre.transfer.records import Loss, PostRecord, Reader
from palabre.transfer.report import Report
from palabre.transfer.stage import Placed, Stage

BATCH = 200
BODY_LIMIT = 100_000
#: Told after every step: what is being done, how far it is, and of how much.
Progress = Callable[[str, int, int], None]

TWICE = "a number that came twice; the first one stays"
HOMELESS = {
    "no thread": "a comment whose thread is not in the file",
    "thread skipped": "a comment of a skipped thread",
    "loop": "a comment that answers itself in a circle",
}
GONE = "a comment deleted there, with no reply to keep its place for"
DATELESS = "a comment without a readable date"
FUTURE = "a comment dated in the future"
EMPTY = "a comment without text"
LONG = f"a comment of more than {BODY_LIMIT} characters"


def import_disqus(file: BinaryIO, site: Site, progress: Progress = lambda *_: None) -> Report:
    """Import a Disqus export into ``site``. Raises ``TransferRefused``, nothing written, for a file that is none."""
    return import_file("disqus", disqus.read, file, site, progress)


def import_file(format: str, read: Reader, file: BinaryIO, site: Site, progress: Progress) -> Report:
    """Import what ``read`` makes of ``file``; ``format`` names the system in ``Imported``."""
    report = Report()
    with Stage() as stage:
        _fill(stage, read, file, progress, report)
        homes = settle(stage, queries.threads_by_address(site), report)
        total = stage.arrange()
        for line, _, why in stage.homeless():
            report.skip(line, HOMELESS[why])
        _Import(site, format, homes, report, clock.now()).write(stage.in_order(), total, progress)
    return report


def _fill(stage: Stage, read: Reader, file: BinaryIO, progress: Progress, report: Report) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    stage.begin()
    for record in read(file):
        if isinstance(record, Loss):
            report.lose(record)
        elif not stage.add(record):
            report.skip(record.line, TWICE)
        progress("reading", min(file.tell(), size), size)


class _Import:
    """One run: writes batch after batch and remembers which posts did not come, so that their replies move up."""

    def __init__(self, site: Site, format: str, homes: dict[str, Home], report: Report, now: datetime) -> None:
        self.site, self.format, self.homes, self.report, self.now = site, format, homes, report, now
        self.threads: dict[str, Thread] = {}
        self.absent: dict[str, str] = {}

    def write(self, posts: Iterator[Placed], total: int, progress: Progress) -> None:
        done = 0
        while batch := list(islice(posts, BATCH)):
            self._write_batch(batch)
            done += len(batch)
            progress("writing", done, total)

    @transaction.atomic
    def _write_batch(self, batch: list[Placed]) -> None:
        parents = (self._standing(placed.parent) for placed in batch)
        here = queries.came_before(self.site, self.format, {*parents, *(placed.post.key for placed in batch)})
        for placed in batch:
            if placed.post.key in here:
                self.report.known += 1
            elif reason := self._unfit(placed):
                self.absent[placed.post.key] = placed.parent
                self.report.skip(placed.post.line, reason)
            else:
                here[placed.post.key] = self._write(placed, here.get(self._standing(placed.parent)))

    def _standing(self, key: str) -> str:
        """``key``, or the nearest post above it that came."""
        while key in self.absent:
            key = self.absent[key]
        return key

    def _unfit(self, placed: Placed) -> str:
        """Why this post cannot come; empty if it can."""
        post = placed.post
        if post.created is None:
            return DATELESS
        if post.created > self.now:
            return FUTURE
        if post.deleted:
            return "" if placed.answered else GONE
        if len(post.body) > BODY_LIMIT:
            return LONG
        return "" if visible(to_markdown(post.body)) else EMPTY

    def _write(self, placed: Placed, parent: Comment | None) -> Comment:
        post, status = placed.post, _status(placed.post)
        comment = import_comment(
            self._thread(placed.home),
            parent=parent,
            name="" if post.deleted else post.name,
            text="" if post.deleted else to_markdown(post.body),
            email="" if post.deleted else _email(post.email),
            created_at=post.created or self.now,
            now=self.now,
            status=status,
            detail={"format": self.format, "reason": "spam"} if post.spam else {"format": self.format},
        )
        Imported.objects.create(site=self.site, format=self.format, external_id=post.key, comment=comment)
        self.report.comments[status.value] += 1
        return comment

    def _thread(self, name: str) -> Thread:
        if name not in self.threads:
            self.threads = {name: self._open(self.homes[name])}  # posts come thread by thread: one is enough
        return self.threads[name]

    def _open(self, home: Home) -> Thread:
        """Our thread for ``home``; one that was there keeps what it says of itself."""
        known = Thread.objects.filter(site=self.site, name=home.name).first()
        if known is not None:
            return known
        self.report.threads_opened += 1
        thread = open_thread(self.site, home.name, home.created or self.now, url=home.url, title=home.title)
        if home.closed:
            describe_thread(thread, closed=True)
        return thread


def _status(post: PostRecord) -> Status:
    """Deleted there: a place without text for its replies. Spam there: refused, where a moderator can still see it."""
    if post.deleted:
        return Status.REMOVED
    return Status.REFUSED if post.spam else Status.PUBLISHED


def _email(given: str) -> str:
    try:
        validate_email(given)
    except ValidationError:
        return ""
    return given if len(given) <= 254 else ""
