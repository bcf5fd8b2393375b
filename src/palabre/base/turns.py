"""Writers wait in line.

SQLite lets one connection write at a time, and who finds it busy sleeps ever longer before asking again: with a few
writers one of them starves for most of a second. With a lock beside the database they are woken in turn. It is a
courtesy, not a guard: who writes without it only asks SQLite as before. PostgreSQL needs none of this and gets none.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction

_line = Lock()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction for a short write, begun when it is this writer's turn among all threads and processes."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _line, _turn(f"{connection.settings_dict['NAME']}.turn"), transaction.atomic():
        yield


@contextmanager
def _turn(path: str) -> Iterator[None]:
    with open(path, "a") as file:  # noqa: PTH123 - in tests the name may be a URI
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
