"""Both passes: the fast one always reads; the encoder reads too where it is asked to, and the two are blended."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields, replace
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np

from palabre.engine import judge
from palabre.engine.judge import DATA, Engine
from palabre.engine.models import encoder
from palabre.engine.models.encoder import Encoder, Floats
from palabre.engine.models.file import ModelError
from palabre.engine.models.pieces import LABELS, SETTINGS, passages, setting
from palabre.engine.models.reading import readings
from palabre.engine.relevance import Background, BackgroundError
from palabre.engine.relevance import judge as judge_words
from palabre.engine.relevance.courtesy import courtesy
from palabre.engine.relevance.vectors import features
from palabre.engine.text.plain import READ, plain
from palabre.engine.types import Article, Assessment

PASSES = ("fast", "careful", "auto")
CAREFUL = DATA / "careful"
#: Languages the encoder has learnt; in others the fast pass answers alone.
SPOKEN = ("fr", "en", "unknown")
#: How much the fast pass's own word on off_topic weighs, which may know how such comments sound: little.
SOUNDS = 0.3
_KEPT = 1024
Setting = tuple[str, Article | None, str, str]
_OFF_TOPIC = "off_topic"


class Kept:
    """The last ``_KEPT`` answers by key: an article's passages and a parent are read once."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Floats] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Floats]) -> Floats:
        """The answer for ``key``, made when it is not there. Two threads may both make it: it is the same."""
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = make()
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
        return found


@dataclass(frozen=True)
class Cascade(Engine):
    """The judge with both passes. ``certain`` lets the fast pass answer alone: its highest probability of a label is
    below ``certain`` and there is no article to compare with. At 0 the encoder reads every comment.
    """

    encoder: Encoder = field(kw_only=True)
    words: Background = field(kw_only=True)
    certain: float = field(default=0.0, kw_only=True)
    kept: Kept = field(default_factory=Kept, kw_only=True, compare=False)

    @property
    def version(self) -> str:
        """Both models' names."""
        return f"{self.model.version}+{self.encoder.version}"

    def assess(
        self, text: str, article: Article | None = None, parent: str | None = "", language: str | None = None
    ) -> Assessment:
        """As ``Engine.assess``, with the encoder's word where it is needed."""
        first = super().assess(text, article, parent, language)
        if first.language not in SPOKEN or not text.strip() or self._is_certain(first):
            return first
        logits, vector = self._read(text[:READ], article, (parent or "")[:READ])
        scores = dict(first.scores) | self._blended(first, logits)
        if _OFF_TOPIC in scores:
            sounds = scores.pop(_OFF_TOPIC)
            told = self._off_topic(vector, (text, article, parent or "", first.language))
            scores |= {} if told is None else {_OFF_TOPIC: blend((1 - SOUNDS, SOUNDS, 0.0), told, sounds)}
        return replace(first, scores=scores)

    def _is_certain(self, first: Assessment) -> bool:
        return _OFF_TOPIC not in first.scores and max(first.scores.values(), default=0.0) < self.certain

    def _read(self, text: str, article: Article | None, parent: str) -> tuple[Floats, Floats]:
        """The higher logit of each label over the forms, as in the fast pass, and the plain form's vector."""
        where = setting(article is not None, bool(parent))
        logits, vectors = self.encoder.read([(one.form.text, where) for one in readings(text, article, parent)])
        return logits.max(axis=0), vectors[0]

    def _blended(self, first: Assessment, logits: Floats) -> dict[str, float]:
        """A calibrated blend of log-odds for each label both passes judge."""
        ours, weights = self.encoder.calibration, self.encoder.settings["blend"]
        found = {}
        for label, logit in zip(LABELS, logits.tolist(), strict=True):
            if label in first.scores and label in weights:
                careful = ours.probability(label, first.language, logit)
                found[label] = blend(weights[label], first.scores[label], careful)
        return found

    def _off_topic(self, vector: Floats, setting: Setting) -> float | None:
        """The words' relevance and the vectors'; None where the words are too few to tell.
        A courtesy stays below one half.
        """
        text, article, parent, language = setting
        told = judge_words(text, article, parent, language, self.words).score
        if told is None or article is None:
            return None
        near = features(vector, self._article(article), self._parent(parent))
        score = off_topic(self.encoder.settings[_OFF_TOPIC], near, told)
        return score / 2.01 if courtesy(text) else score

    def _article(self, article: Article) -> Floats:
        return self.kept.get(article, lambda: self.encoder.read([(one, SETTINGS[0]) for one in passages(article)])[1])

    def _parent(self, parent: str) -> Floats | None:
        if not parent.strip():
            return None
        found: Floats = self.kept.get(parent, lambda: self._vector(plain(parent[:READ]).text))[0]
        return found

    def _vector(self, text: str) -> Floats:
        return self.encoder.read([(text, SETTINGS[1])])[1]


def off_topic(weights: Any, near: Floats, words: float) -> float:
    """The chance from ``relevance.vectors.features`` and the words' probability, with the fitted ``weights``."""
    return _chance(float(np.dot(weights["near"], near)) + weights["words"] * odds(words) + weights["shift"])


def blend(weights: Any, fast: float, careful: float) -> float:
    """``weights`` are those of the two log-odds, and a shift."""
    of_fast, of_careful, shift = weights
    return _chance(of_fast * odds(fast) + of_careful * odds(careful) + shift)


def load(path: Path | None = None, passes: str = "fast", careful: Path = CAREFUL) -> Engine:
    """The engine with the passes asked for; raises ``ModelError`` with a sentence when a model cannot be read.

    ``fast``: n-grams alone. ``careful``: the encoder reads every comment too. ``auto``: the encoder reads where there
    is an article or the fast pass is not certain.
    """
    if passes not in PASSES:
        raise ValueError(f"There is no pass called {passes!r}; there are: {', '.join(PASSES)}")
    first = judge.load(path)
    if passes == "fast":
        return first
    model = encoder.load(careful)
    certain = float(model.settings["certain"]) if passes == "auto" else 0.0
    held = {one.name: getattr(first, one.name) for one in fields(first)}
    return Cascade(**held, encoder=model, words=_background(), certain=certain)


def _background() -> Background:
    try:
        return Background.load()
    except BackgroundError as error:
        raise ModelError(str(error)) from error


def odds(chance: float) -> float:
    """Log-odds, within about nine of even."""
    safe = min(max(chance, 1e-4), 1 - 1e-4)
    return log(safe / (1 - safe))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-min(max(odds, -30.0), 30.0)))
