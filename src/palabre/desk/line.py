"""The queue of a site as one moderator sees it: who stands where, and which comment is tried next. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """Waiting comments by id in the order of the queue; some are ``taken`` by others, some reserved as ``mine``."""

    order: tuple[int, ...]
    taken: frozenset[int] = frozenset()
    mine: frozenset[int] = frozenset()

    def place(self, comment: int) -> int:
        """Its place, from 1; 0 if it does not wait."""
        return self.order.index(comment) + 1 if comment in self.order else 0

    def candidates(self, skipped: Collection[int] = ()) -> list[int]:
        """What to try to reserve, in order: what one has already, the oldest, and what one has skipped last."""
        free = self._free(self.order)
        return sorted(free, key=lambda comment: (comment not in self.mine, comment in skipped))

    def after(self, comment: int) -> list[int]:
        """What comes behind ``comment``, then from the front again."""
        at = self.place(comment)
        return self._free(self.order[at:] + self.order[:at])

    def before(self, comment: int) -> list[int]:
        """What comes ahead of ``comment``, nearest first, then from the end."""
        at = max(self.place(comment) - 1, 0)
        return self._free(tuple(reversed(self.order[:at])) + tuple(reversed(self.order[at:])))

    def _free(self, order: tuple[int, ...]) -> list[int]:
        return [comment for comment in order if comment not in self.taken]
