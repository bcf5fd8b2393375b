"""What an import did, for the person who started it: numbers first, then what did not come and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from palabre.transfer.records import Loss

#: Of each reason only so many lines are kept; the count goes on.
EXAMPLES = 10


@dataclass(slots=True)
class Report:
    """Counts by outcome, and for each reason of a skip or loss its count and first lines in the file."""

    threads: int = 0
    threads_opened: int = 0
    merged: int = 0
    comments: Counter[str] = field(default_factory=Counter)
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)
    _lines: dict[str, list[int]] = field(default_factory=dict)

    def skip(self, line: int, reason: str) -> None:
        """A record at ``line`` did not come, because ``reason``."""
        self._note(self.skipped, line, reason)

    def lose(self, loss: Loss) -> None:
        """Something could not be read, or only after a repair."""
        self._note(self.losses, loss.line, loss.what)

    def _note(self, counts: Counter[str], line: int, reason: str) -> None:
        if reason not in counts and len(counts) >= 1000:
            reason = "other damage of many kinds"
        counts[reason] += 1
        lines = self._lines.setdefault(reason, [])
        if line and len(lines) < EXAMPLES:
            lines.append(line)

    @property
    def imported(self) -> int:
        """Comments that came in this run."""
        return sum(self.comments.values())

    def __str__(self) -> str:
        """The whole report as lines of English."""
        return "\n".join([*self._came(), *self._listed("Skipped", self.skipped), *self._listed("Damage", self.losses)])

    def _came(self) -> list[str]:
        by_status = ", ".join(f"{count} {status}" for status, count in sorted(self.comments.items()))
        lines = [f"Comments imported: {self.imported}" + (f" ({by_status})" if by_status else "")]
        if self.known:
            lines.append(f"Comments there already from an earlier run: {self.known}")
        merged = f"; {self.merged} shared an address with another" if self.merged else ""
        return [*lines, f"Threads in the file: {self.threads}; opened here: {self.threads_opened}{merged}"]

    def _listed(self, title: str, counts: Counter[str]) -> list[str]:
        if not counts:
            return []
        return [f"{title}:"] + [f"  {count} × {reason}{self._where(reason)}" for reason, count in counts.most_common()]

    def _where(self, reason: str) -> str:
        lines = self._lines.get(reason, [])
        more = ", …" if len(lines) == EXAMPLES else ""
        return f" (line {', '.join(map(str, lines))}{more})" if lines else ""
