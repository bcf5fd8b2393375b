"""The engine's vocabulary: what goes in, what comes out. Plain data, no behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Every label the engine may score, in the order of its weight matrix. A label the engine cannot judge
#: for a text (language without data, no article to compare with) is absent from its scores, never 0.
LABELS: tuple[str, ...] = (
    "toxic",
    "severe",
    "insult",
    "attack_author",
    "attack_commenter",
    "hate",
    "threat",
    "obscene",
    "sexual",
    "spam",
    "off_topic",
)

#: What ``Assessment.language`` says when the text is too short or too mixed to tell.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Article:
    """The article a comment stands under; ``byline`` names its author."""

    title: str = ""
    text: str = ""
    byline: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[begin, end)`` of the original text that carried ``score`` of ``label``."""

    begin: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the engine says of one text.

    ``scores`` are calibrated probabilities in 0..1 by label; ``model`` names the version that gave them;
    ``notes`` are stable ids of what else was seen (``"obfuscated"``, ``"not_enough_text"``, ``"mixed_scripts"``).
    """

    language: str
    scores: Mapping[str, float]
    spans: tuple[Span, ...]
    model: str
    notes: tuple[str, ...] = field(default=())
