"""Where the threads of a file go: several that lead to one address become one discussion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from palabre.base import urls
from palabre.transfer.records import ThreadRecord
from palabre.transfer.report import Report
from palabre.transfer.stage import Stage

DELETED = "a thread deleted there"
EMPTY = "a thread without comments"
NOWHERE = "a thread without a usable address or id"


@dataclass(slots=True)
class Home:
    """A thread of ours that is to receive comments, and what the file says of it."""

    name: str
    url: str
    title: str
    created: datetime | None
    closed: bool


def settle(stage: Stage, known: dict[str, str], report: Report) -> dict[str, Home]:
    """Give every thread with comments its home, by the name of our thread; ``known`` are ours by address."""
    homes: dict[str, Home] = {}
    for thread, has_posts in stage.threads():
        report.threads += 1
        home = _home(thread, known) if has_posts and not thread.deleted else None
        if home is None:
            report.skip(thread.line, DELETED if thread.deleted else NOWHERE if has_posts else EMPTY)
            continue
        stage.settle(thread.key, home.name)
        _join(homes, home, report)
    return homes


def _join(homes: dict[str, Home], home: Home, report: Report) -> None:
    first = homes.setdefault(home.name, home)
    if first is not home:
        report.merged += 1
        first.closed = first.closed and home.closed
        first.title = first.title or home.title


def _home(thread: ThreadRecord, known: dict[str, str]) -> Home | None:
    """By the link; failing that, by the site's own id, which is often an address too."""
    for given in (thread.link, thread.identifier):
        name, url = _name(given, known)
        if name:
            return Home(name, url, thread.title, thread.created, thread.closed)
    return None


def _name(given: str, known: dict[str, str]) -> tuple[str, str]:
    try:
        address = urls.canonical(given)
    except ValueError:
        return _plain_name(given), ""
    return known.get(address) or urls.thread_name(address), given


def _plain_name(given: str) -> str:
    try:
        return urls.thread_name(given)
    except ValueError:
        return ""
