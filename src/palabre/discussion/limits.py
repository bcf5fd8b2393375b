"""The hard limits at the form: turned down with a clear message, nothing typed is lost. Pure.

They are the only refusals without a person: facts, never scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from palabre.base.text import visible


@dataclass(frozen=True, slots=True)
class Limits:
    """What one site allows: characters a comment, comments in so many minutes a network, minutes to correct."""

    max_length: int = 5000
    max_comments: int = 5
    window_minutes: int = 10
    correction_minutes: int = 15

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.window_minutes)

    @property
    def correction(self) -> timedelta:
        return timedelta(minutes=self.correction_minutes)


class Refused(ValueError):  # noqa: N818 - named for what it says
    """A hard limit; ``kind`` is closed, empty, nameless, too_long, repeat, too_many, parent_gone or used."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def check_text(text: str, limits: Limits) -> None:
    """Raise ``Refused`` if a reader would see nothing of ``text`` or it is longer than allowed."""
    if not visible(text):
        raise Refused("empty")
    if len(text) > limits.max_length:
        raise Refused("too_long")


def is_closed(closed: bool, closes_at: datetime | None, now: datetime) -> bool:
    """Whether a thread takes no more comments at ``now``."""
    return closed or (closes_at is not None and closes_at <= now)
