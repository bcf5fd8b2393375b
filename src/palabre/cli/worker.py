"""`palabre worker`: do the work that is due, room by room, until told to stop.

Due work is a query: a worker holds nothing that would be lost with it, and any number may run.
"""

from __future__ import annotations

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from palabre.cli import home, logs

HELP = "do the work that is due: screening, articles, published pages"
IDLE = 0.15  # seconds between two looks when nothing was due
LONGEST_WAIT = 60.0  # seconds a failing sweep is left alone at most
log = logging.getLogger("palabre.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: argparse.Namespace) -> int:
    home.start_django()
    logs.calm()
    worker = Worker(sweeps())
    if options.once:
        return 0 if worker.until_idle() else 1
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()
    return 0


@dataclass
class Sweep:
    """One room's due work: ``call`` does it and says how much it did; looked at every ``every`` seconds at most."""

    room: str
    call: Callable[[], int]
    every: float = 0.0
    failures: int = 0
    due_at: float = field(default=0.0)


def sweeps() -> list[Sweep]:
    """The rooms that have due work, in the order in which one's work makes the next one's."""
    from palabre.base import clock
    from palabre.discussion.sweep import sweep as forget
    from palabre.press.sweep import sweep as read_articles
    from palabre.screening.sweep import sweep as screen
    from palabre.snapshots.sweep import sweep as publish

    return [
        Sweep("screening", screen),
        Sweep("press", lambda: read_articles(clock.now()), every=1.0),
        Sweep("snapshots", publish),
        Sweep("discussion", lambda: forget(clock.now()), every=3600.0),
    ]


class Worker:
    """Calls sweeps in turn. A failing one is logged and left alone for a while; the others go on."""

    def __init__(self, due: list[Sweep], now: Callable[[], float] = time.monotonic) -> None:
        self._sweeps, self._now = due, now
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Finish the sweep at hand, then end."""
        self._stopping.set()

    def run(self) -> None:
        """Go on until ``stop``."""
        log.info("worker started")
        while not self._stopping.is_set():
            if not self.round():
                self._stopping.wait(IDLE)
        log.info("worker stopped")

    def until_idle(self, rounds: int = 1000) -> bool:
        """Work until nothing is due; False if a sweep failed or it never ends."""
        for _ in range(rounds):
            if not self.round():
                return not any(sweep.failures for sweep in self._sweeps)
        return False

    def round(self) -> int:
        """Each sweep once, if it is time; how much was done."""
        return sum(self._try(sweep) for sweep in self._sweeps if not self._stopping.is_set())

    def _try(self, sweep: Sweep) -> int:
        if self._now() < sweep.due_at:
            return 0
        try:
            done = sweep.call()
        except Exception as error:  # whatever it is, the other rooms' work must go on
            self._fail(sweep, error)
            return 0
        sweep.failures = 0
        sweep.due_at = self._now() + (0 if done else sweep.every)
        return done

    def _fail(self, sweep: Sweep, error: Exception) -> None:
        from django.db import OperationalError, connections

        sweep.failures += 1
        wait = min(LONGEST_WAIT, 0.5 * 2 ** (sweep.failures - 1))
        sweep.due_at = self._now() + wait
        brief = isinstance(error, OperationalError)  # a locked or restarting database needs no traceback
        log.error("%s failed (%s); again in %.1f s", sweep.room, error, wait, exc_info=None if brief else error)
        connections.close_all()  # whatever state they are in; the next look opens new ones
