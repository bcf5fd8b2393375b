"""Keep a fault that comes back many times a second from filling the log, and with it the disk that may be its cause."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

PAUSE = 60.0  # seconds in which the same warning or error is told once
REMEMBERED = 1000


class OnceAMinute(logging.Filter):
    """Lets a warning or error through if its words have not been told within the last minute."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._told: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        key, now = (record.name, record.getMessage()), self._now()
        if now - self._told.get(key, -PAUSE) < PAUSE:
            return False
        if len(self._told) >= REMEMBERED:
            self._told.clear()
        self._told[key] = now
        return True


def calm() -> None:
    """Put the filter on every handler of this process."""
    once = OnceAMinute()
    for handler in logging.getLogger().handlers:
        handler.addFilter(once)
