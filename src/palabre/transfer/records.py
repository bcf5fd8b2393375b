"""What every format's reader gives: threads, posts, and what was lost on the way. Plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


class TransferRefused(Exception):  # noqa: N818 - named for what it says
    """The file will not be read any further; the message is a sentence for the person who started the import."""


@dataclass(frozen=True, slots=True)
class ThreadRecord:
    """A discussion in the file. ``key`` is how posts name it; ``identifier`` and ``link`` are as the site gave them."""

    line: int
    key: str
    identifier: str = ""
    link: str = ""
    title: str = ""
    created: datetime | None = None
    closed: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A comment in the file. ``body`` is HTML nobody has looked at yet; ``created`` is aware, or None if unreadable."""

    line: int
    key: str
    thread: str
    parent: str = ""
    name: str = ""
    email: str = ""
    body: str = ""
    created: datetime | None = None
    deleted: bool = False
    spam: bool = False


@dataclass(frozen=True, slots=True)
class Loss:
    """Something at ``line`` that could not be read, or only after a repair, in words."""

    line: int
    what: str


Record = ThreadRecord | PostRecord | Loss


class Reader(Protocol):
    """A format: bytes of a file in, records out, as a stream. Raises ``TransferRefused``."""

    def __call__(self, file: BinaryIO) -> Iterator[Record]: ...
