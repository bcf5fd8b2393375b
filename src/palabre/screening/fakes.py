"""The engine the tests ask, for publishers who test their own rule book: words in, scores out, nothing to load."""

from __future__ import annotations

import re
from collections.abc import Mapping

from palabre.engine.types import LABELS, UNKNOWN, Article, Assessment, Span


class FakeEngine:
    """Scores 0.01 for every label and, for each word of ``words`` in the text, that word's label and score.

    ``FakeEngine({"nigaud": ("insult", 0.9)})``. A text without letters has no known language; a word with the
    label ``"crash"`` raises, as an engine with a bug would.
    """

    def __init__(self, words: Mapping[str, tuple[str, float]] | None = None, version: str = "fake-1") -> None:
        self.words = dict(words or {})
        self.version = version
        self.asked: list[tuple[str, Article | None, str]] = []

    def assess(
        self, text: str, article: Article | None = None, parent: str = "", language: str | None = None
    ) -> Assessment:
        """What ``Engine.assess`` would say of ``text``; remembers the question in ``asked``."""
        self.asked.append((text, article, parent))
        spans = [span for word, (label, score) in self.words.items() for span in _spans(text, word, label, score)]
        scores = dict.fromkeys(LABELS, 0.01) | {span.label: span.score for span in spans}
        known = language or ("fr" if re.search(r"[^\W\d_]", text) else UNKNOWN)
        return Assessment(known, scores, tuple(sorted(spans, key=lambda span: span.begin)), self.version)


def _spans(text: str, word: str, label: str, score: float) -> list[Span]:
    found = [Span(match.start(), match.end(), label, score) for match in re.finditer(re.escape(word), text)]
    if found and label == "crash":
        raise RuntimeError("the fake engine was told to fail")
    return found
