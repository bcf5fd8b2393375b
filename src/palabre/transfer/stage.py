"""A file's records laid out on disk, so that an import needs neither their order nor much memory.

A temporary SQLite file of its own (not the installation's database): replies may come before what they answer and
threads after their posts, and 200,000 comments take disk, not memory. It is deleted when the import ends.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from palabre.transfer.records import PostRecord, ThreadRecord

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA temp_store = FILE;
CREATE TABLE thread (key TEXT PRIMARY KEY, line INT, identifier TEXT, link TEXT, title TEXT, created REAL, closed INT,
  deleted INT, home TEXT NOT NULL DEFAULT '');
CREATE TABLE post (key TEXT PRIMARY KEY, line INT, thread TEXT, parent TEXT, name TEXT, email TEXT, body TEXT,
  created REAL, deleted INT, spam INT);
CREATE INDEX post_parent ON post (parent);
CREATE INDEX post_thread ON post (thread);
"""

# Each post after what it answers: its own moment or its parent's, whichever is later. A post whose parent is
# not there, or stands in a thread that goes elsewhere, starts anew. What no chain reaches answers itself: a loop.
_ORDER = """
CREATE TEMP TABLE sequence (home TEXT, moment REAL, depth INT, key TEXT, parent TEXT);
WITH RECURSIVE placed(key, parent, home, moment, depth) AS (
  SELECT post.key, '', thread.home, coalesce(post.created, 0), 0
    FROM post JOIN thread ON thread.key = post.thread
    LEFT JOIN post AS above ON above.key = post.parent LEFT JOIN thread AS over ON over.key = above.thread
    WHERE above.key IS NULL OR over.home IS NULL OR over.home <> thread.home
  UNION ALL
  SELECT post.key, placed.key, placed.home, max(coalesce(post.created, 0), placed.moment), placed.depth + 1
    FROM placed JOIN post ON post.parent = placed.key JOIN thread ON thread.key = post.thread
    WHERE thread.home = placed.home)
INSERT INTO sequence SELECT home, moment, depth, key, parent FROM placed;
CREATE INDEX sequence_order ON sequence (home, moment, depth, key);
CREATE INDEX sequence_key ON sequence (key);
CREATE TEMP TABLE needed AS
  WITH RECURSIVE up(key) AS (
    SELECT parent FROM post WHERE NOT deleted AND parent <> ''
    UNION SELECT post.parent FROM post JOIN up ON post.key = up.key WHERE post.parent <> '')
  SELECT key FROM up;
CREATE INDEX needed_key ON needed (key);
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A post in its place: ``parent`` is what it answers in ``home``; ``answered``: one not deleted answers it."""

    home: str
    parent: str
    answered: bool
    post: PostRecord


class Stage:
    """Use as a context manager: ``add`` everything, give threads a home, then ``in_order``."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="palabre-import-")
        self._database = sqlite3.connect(Path(self._folder.name) / "stage.db", isolation_level=None)
        self._database.executescript(_TABLES)

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, record: ThreadRecord | PostRecord) -> bool:
        """Keep ``record``; False if one with its key is there already (the first one stays)."""
        return self._add_thread(record) if isinstance(record, ThreadRecord) else self._add_post(record)

    def _add_thread(self, thread: ThreadRecord) -> bool:
        row = (thread.key, thread.line, thread.identifier, thread.link, thread.title, _seconds(thread.created))
        flags = (thread.closed, thread.deleted)
        return self._insert("INSERT OR IGNORE INTO thread VALUES (?,?,?,?,?,?,?,?,'')", (*row, *flags))

    def _add_post(self, post: PostRecord) -> bool:
        row = (post.key, post.line, post.thread, post.parent, post.name, post.email, post.body)
        flags = (_seconds(post.created), post.deleted, post.spam)
        return self._insert("INSERT OR IGNORE INTO post VALUES (?,?,?,?,?,?,?,?,?,?)", (*row, *flags))

    def _insert(self, statement: str, row: tuple[object, ...]) -> bool:
        return self._database.execute(statement, row).rowcount == 1

    def begin(self) -> None:
        """Add what follows in one go, until ``arrange``."""
        self._database.execute("BEGIN")

    def threads(self) -> Iterator[tuple[ThreadRecord, bool]]:
        """Every thread, oldest first, and whether it has posts."""
        rows = self._database.execute(
            "SELECT line, key, identifier, link, title, created, closed, deleted,"
            " EXISTS (SELECT 1 FROM post WHERE post.thread = thread.key) FROM thread ORDER BY created, key"
        )
        for row in rows.fetchall():
            yield _thread(row), bool(row[8])

    def settle(self, thread: str, home: str) -> None:
        """The thread goes to ``home``, which several may share."""
        self._database.execute("UPDATE thread SET home = ? WHERE key = ?", (home, thread))

    def arrange(self) -> int:
        """Work out the order; the number of posts that have a place."""
        self._database.execute("COMMIT")
        self._database.executescript(_ORDER)
        return int(self._database.execute("SELECT count(*) FROM sequence WHERE home <> ''").fetchone()[0])

    def in_order(self) -> Iterator[Placed]:
        """Posts of settled threads, thread by thread and in time, each after the one it answers."""
        rows = self._database.execute(
            "SELECT s.home, s.parent, EXISTS (SELECT 1 FROM needed WHERE needed.key = s.key), p.line, p.key, p.thread,"
            " p.parent, p.name, p.email, p.body, p.created, p.deleted, p.spam"
            " FROM sequence s JOIN post p ON p.key = s.key WHERE s.home <> ''"
            " ORDER BY s.home, s.moment, s.depth, s.key"
        )
        for home, parent, answered, *row in rows:
            post = _post(row)
            yield Placed(home, parent, bool(answered), post)

    def homeless(self) -> Iterator[tuple[int, str, str]]:
        """Line, key and reason of posts that cannot be placed."""
        yield from self._database.execute(
            "SELECT p.line, p.key, CASE WHEN t.key IS NULL THEN 'no thread'"
            " WHEN t.home = '' THEN 'thread skipped' ELSE 'loop' END"
            " FROM post p LEFT JOIN thread t ON t.key = p.thread"
            " WHERE t.key IS NULL OR t.home = '' OR NOT EXISTS (SELECT 1 FROM sequence s WHERE s.key = p.key)"
            " ORDER BY p.line"
        )


def _thread(row: Sequence[Any]) -> ThreadRecord:
    line, key, identifier, link, title, created, closed, deleted = row[:8]
    return ThreadRecord(line, key, identifier, link, title, _moment(created), bool(closed), bool(deleted))


def _post(row: Sequence[Any]) -> PostRecord:
    line, key, thread, parent, name, email, body, created, deleted, spam = row
    return PostRecord(line, key, thread, parent, name, email, body, _moment(created), bool(deleted), bool(spam))


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
