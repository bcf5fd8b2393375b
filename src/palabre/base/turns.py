"""Writers of one process wait in line.

SQLite lets one connection write at a time, and who finds it busy sleeps ever longer before asking again: four threads
that all ask starve one of them for most of a second. In line they are served in turn, and only one per process asks.
PostgreSQL needs none of this and gets none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

from django.db import connection, transaction

_line = RLock()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction for a short write, begun when it is this thread's turn."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _line, transaction.atomic():
        yield
