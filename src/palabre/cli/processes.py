"""Child processes kept running: started, watched, started again when they die, ended together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

PATIENCE = 10.0  # seconds a child has to end by itself
STEADY = 20.0  # seconds a child must have run for its death to be an accident, not a bad start
MAX_BAD_STARTS = 3
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process to keep running, as its command line."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    bad_starts: int = field(default=0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, preexec_fn=_alone)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Runs ``children`` until a signal or ``stop``; gives up on one that dies again and again as it starts."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._stopping = threading.Event()

    def stop(self) -> None:
        self._stopping.set()

    def start(self) -> None:
        for child in self._children:
            child.start()

    def watch(self) -> int:
        """Stay until told to stop (0) or a child cannot be kept running (1); then end all."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        try:
            while not self._stopping.wait(0.2):
                if not all(self._keep(child) for child in self._children):
                    return 1
            return 0
        finally:
            self.end()

    def _keep(self, child: Child) -> bool:
        if child.alive():
            return True
        steady = time.monotonic() - child.started > STEADY
        child.bad_starts = 0 if steady else child.bad_starts + 1
        code = child.process.returncode if child.process else "never started"
        if child.bad_starts >= MAX_BAD_STARTS:
            print(f"palabre: the {child.name} process does not stay up (status {code}).", file=sys.stderr, flush=True)
            return False
        print(
            f"palabre: the {child.name} process ended (status {code}); starting it again.", file=sys.stderr, flush=True
        )
        child.start()
        return True

    def end(self) -> None:
        """Ask every child to end, then insist."""
        running = [child.process for child in self._children if child.process is not None and child.alive()]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _alone() -> None:
    os.setpgid(0, 0)  # a terminal's Ctrl-C reaches only the parent, which ends its children in order
    end_with_parent(signal.SIGTERM)


def end_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel end this process if its parent dies without a word (Linux, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
