"""What the rule book makes of an assessment, as plain data that can be stored and shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from palabre.engine.types import Span

Outcome = Literal["publish", "hold"]
Result = Literal["pass", "hold", "note"]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text. ``has_parent``: the comment answers another, whose text the engine was given."""

    has_parent: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A rule that speaks of a comment: ``label`` reached ``score``, at or above ``threshold``; ``spans`` of the
    original text carried it. ``does`` is the rule's: ``hold`` or ``note``."""

    rule: str
    reason: str
    label: str
    score: float
    threshold: float
    does: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseResult:
    """What one phase says. ``note`` is a stable id of ``phases.NOTES`` (empty: nothing to say); ``evidence``
    are ids of rules or labels, or notes of the engine."""

    name: str
    outcome: Result
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Publish or hold, and every reason for it. A machine never refuses: there is no such outcome.

    ``concern`` (0..1) is the highest score any holding rule looks at; it sorts a queue and decides nothing.
    """

    outcome: Outcome
    spoke: tuple[Spoken, ...]
    phases: tuple[PhaseResult, ...]
    book: str
    concern: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Only dicts, tuples, strings and finite numbers; ``from_json`` reads it back, also out of JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        """The verdict ``as_json`` described; raises KeyError or TypeError on anything else."""
        spoke = tuple(
            Spoken(**{**item, "spans": tuple(Span(**span) for span in item["spans"])}) for item in data["spoke"]
        )
        phases = tuple(PhaseResult(**{**item, "evidence": tuple(item["evidence"])}) for item in data["phases"])
        return cls(**{**data, "spoke": spoke, "phases": phases})
