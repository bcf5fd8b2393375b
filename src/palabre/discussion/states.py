"""The life of a comment as data: which move leads from where to where. Pure.

submitted --screen--> published | held          held --decide--> published | refused
published --decide--> removed    removed/refused --appeal upheld--> published    any --author--> withdrawn
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    SUBMITTED = "submitted"
    HELD = "held"
    PUBLISHED = "published"
    REFUSED = "refused"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What may happen to a comment; also the name of its audit entry."""

    SUBMIT = "submit"
    IMPORT = "import"
    PASS = "pass"  # noqa: S105 - the machine lets it pass: published without a person
    HOLD = "hold"
    PUBLISH = "publish"
    REFUSE = "refuse"
    REMOVE = "remove"
    RESTORE = "restore"
    RECONSIDER = "reconsider"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    UPHOLD = "uphold"
    APPEAL = "appeal"
    DISMISS = "dismiss"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Edge:
    sources: frozenset[Status]
    target: Status


def _edge(target: Status, *sources: Status) -> Edge:
    return Edge(frozenset(sources), target)


MOVES: dict[Move, Edge] = {
    Move.PASS: _edge(Status.PUBLISHED, Status.SUBMITTED),
    Move.HOLD: _edge(Status.HELD, Status.SUBMITTED),
    Move.PUBLISH: _edge(Status.PUBLISHED, Status.SUBMITTED, Status.HELD),
    Move.REFUSE: _edge(Status.REFUSED, Status.SUBMITTED, Status.HELD),
    Move.REMOVE: _edge(Status.REMOVED, Status.PUBLISHED),
    Move.RESTORE: _edge(Status.PUBLISHED, Status.REMOVED),
    Move.RECONSIDER: _edge(Status.HELD, Status.PUBLISHED, Status.REFUSED),
    Move.CORRECT: _edge(Status.SUBMITTED, Status.SUBMITTED, Status.HELD, Status.PUBLISHED, Status.REFUSED),
    Move.WITHDRAW: _edge(Status.WITHDRAWN, *(status for status in Status if status is not Status.WITHDRAWN)),
    Move.UPHOLD: _edge(Status.PUBLISHED, Status.REFUSED, Status.REMOVED),
}

#: What undoes a moderator's own last decision.
UNDO: dict[Move, Move] = {
    Move.PUBLISH: Move.RECONSIDER,
    Move.REFUSE: Move.RECONSIDER,
    Move.REMOVE: Move.RESTORE,
    Move.RESTORE: Move.REMOVE,
}


def allowed(move: Move, status: Status) -> bool:
    """Whether ``move`` may start from ``status``."""
    return status in MOVES[move].sources


def target(move: Move) -> Status:
    """Where ``move`` leads."""
    return MOVES[move].target


def shows(before: Status, after: Status) -> bool:
    """Whether going from ``before`` to ``after`` changes the published page."""
    return Status.PUBLISHED in (before, after)
