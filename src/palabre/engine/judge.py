"""One comment in, one assessment out: reads the forms, asks relevance and the fast pass, calibrates, explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from math import log
from pathlib import Path

import numpy as np

from palabre.engine import relevance
from palabre.engine.explain.spans import character_parts, spans
from palabre.engine.models import fast
from palabre.engine.models.fast import FastModel, Floats
from palabre.engine.models.file import ModelError
from palabre.engine.models.reading import TOGETHER, Reading, readings
from palabre.engine.relevance import Background, BackgroundError, Relevance
from palabre.engine.text.language import language as identified
from palabre.engine.text.plain import READ
from palabre.engine.text.unmask import mixed_scripts
from palabre.engine.types import LABELS, UNKNOWN, Article, Assessment, Span

DATA = Path(__file__).parent / "data"
#: How many numbers relevance gives the head; zeros stand for « cannot tell ».
NEAR = 2
#: Scores from here on are explained by spans.
EXPLAINED = 0.3
_NEEDS_ARTICLE = frozenset(("off_topic",))

Item = tuple[str, Article | None, str, str | None]


@dataclass(frozen=True, slots=True)
class _Question:
    """One comment, read but not yet scored."""

    text: str
    language: str
    near: Relevance
    forms: tuple[Reading, ...]


@dataclass(frozen=True)
class Engine:
    """The judge. Pure: the same text, setting and version always give the same scores. Safe to share between
    threads.
    """

    model: FastModel
    background: Background

    @property
    def version(self) -> str:
        """The name of the model and calibration behind every score."""
        return self.model.version

    def assess(
        self, text: str, article: Article | None = None, parent: str | None = "", language: str | None = None
    ) -> Assessment:
        """Judge ``text`` under ``article`` and in answer to ``parent``; never raises on any string.

        ``language`` (ISO 639-1) is identified when not given. Reads at most ``text.plain.READ`` characters.
        """
        return next(self.assess_many([(text, article, parent or "", language)]))

    def assess_many(self, items: Iterable[Item]) -> Iterator[Assessment]:
        """Judge each ``(text, article, parent, language)``, some at a time: faster, in constant memory, same scores."""
        waiting = iter(items)
        while together := [self._question(*item) for item in islice(waiting, TOGETHER // 2)]:
            columns = iter(self.model.columns_of([form for question in together for form in question.forms]))
            for question in together:
                yield self._answer(question, list(islice(columns, len(question.forms))))

    def _question(self, text: str, article: Article | None, parent: str, language: str | None) -> _Question:
        text, parent = text[:READ], (parent or "")[:READ]
        spoken = language or identified(text)
        near = relevance.judge(text, article, parent, spoken, self.background)
        return _Question(text, spoken, near, readings(text, article, parent))

    def _answer(self, question: _Question, columns: list[Floats]) -> Assessment:
        text, forms, near = question.text, question.forms, question.near
        told = near_inputs(near.score)
        inputs = [self.model.inputs(form, told, found) for form, found in zip(forms, columns, strict=True)]
        logits = np.stack([self.model.head.logits(x) for x in inputs])
        scores = self._scores(logits.max(axis=0), question.language, near.score is not None)
        if "off_topic" in scores and relevance.courtesy(text):
            scores["off_topic"] = min(scores["off_topic"], relevance.COURTEOUS)
        found = self._spans(text, forms, inputs, logits, scores)
        return Assessment(question.language, scores, tuple(found), self.version, tuple(_notes(question)))

    def _scores(self, logits: Floats, spoken: str, near: bool) -> dict[str, float]:
        judged = self.model.settings["judged"]
        able = (label for label in judged if spoken == UNKNOWN or spoken in judged[label])
        able = (label for label in able if near or label not in _NEEDS_ARTICLE)
        return {
            label: self.model.calibration.probability(label, spoken, float(logits[LABELS.index(label)]))
            for label in able
        }

    def _spans(
        self, text: str, forms: tuple[Reading, ...], inputs: list[Floats], logits: Floats, scores: Mapping[str, float]
    ) -> Iterator[Span]:
        for label, score in scores.items():
            if score < EXPLAINED or label in _NEEDS_ARTICLE:
                continue
            place = LABELS.index(label)
            best = int(logits[:, place].argmax())
            slopes = self.model.head.slopes(inputs[best], place)
            parts = character_parts(self.model, forms[best], slopes, len(text))
            yield from spans(text, parts, label)


def near_inputs(score: float | None) -> tuple[float, ...]:
    """What the head learns of relevance: its log-odds, and whether there is any."""
    if score is None:
        return (0.0,) * NEAR
    safe = min(max(score, 0.001), 0.999)
    return log(safe / (1 - safe)), 1.0


def _notes(question: _Question) -> Iterator[str]:
    if question.near.note == "not_enough_text":
        yield question.near.note
    if question.forms[-1].disguises:
        yield "obfuscated"
    if mixed_scripts(question.forms[0].form.text):
        yield "mixed_scripts"
    if len(question.text) >= READ:
        yield "truncated"


def load(path: Path | None = None, passes: str = "fast") -> Engine:
    """The engine with its committed model, or another; raises ``ModelError`` with a sentence when it cannot be read."""
    if passes != "fast":
        raise ValueError(f"There is no pass called {passes!r}; there is: fast")
    try:
        return Engine(fast.load(path or DATA / "fast.model"), Background.load())
    except BackgroundError as error:
        raise ModelError(str(error)) from error
