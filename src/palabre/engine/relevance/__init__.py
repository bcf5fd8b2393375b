"""A comment against its article and its parent: how likely it is to be off topic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from palabre.engine.relevance.background import LANGUAGES, Background, BackgroundError
from palabre.engine.relevance.courtesy import courtesy, too_short
from palabre.engine.relevance.match import Floats, features
from palabre.engine.types import Article

__all__ = ["COURTEOUS", "Background", "BackgroundError", "Relevance", "courtesy", "judge"]

#: Content words below which the comment gives nothing to compare.
_CONTENT_WORDS = 2

#: The most an agreement, a thanks or a question may score: under any threshold, and still in order among themselves.
COURTEOUS = 0.25


@dataclass(frozen=True, slots=True)
class Relevance:
    """``score`` is the calibrated probability of being off topic, or None when the engine cannot tell.

    ``note``: ``"no_article"``, ``"no_language"``, ``"not_enough_text"``, ``"thanks"``, ``"agreement"``, ``"question"``
    or ``""``. ``features`` are the figures the net read (empty when it read none), in the order of ``match.features``.
    """

    score: float | None
    note: str = ""
    features: tuple[float, ...] = ()


def judge(text: str, article: Article | None, parent: str, language: str, background: Background) -> Relevance:
    """Compare a comment with the article it stands under. Bounded cost: about 0.3 ms."""
    if article is None or not (article.title.strip() or article.text.strip()):
        return Relevance(None, "no_article")
    reading = background.reading(article)
    language = reading.language if language == "unknown" else language
    if language not in LANGUAGES or not reading.language:
        return Relevance(None, "no_language")
    if too_short(text):
        return Relevance(None, "not_enough_text")
    found = features(text, parent, reading, language, background)
    if np.expm1(found[18]) < _CONTENT_WORDS - 0.5:
        return Relevance(None, "not_enough_text")
    note, figures = courtesy(text), tuple(float(value) for value in found)
    score = probability(found, background) * (COURTEOUS if note else 1)
    return Relevance(score, note, figures)


def probability(found: Floats, background: Background) -> float:
    """Mean of a few one-hidden-layer nets, then Platt's line (Platt 1999)."""
    net = background.net_
    scaled = (found - net["net_mean"]) / net["net_spread"]
    hidden = np.maximum(np.einsum("f,kfh->kh", scaled, net["net_in"]) + net["net_in_bias"], 0)
    logit = float(((hidden * net["net_out"]).sum(1) + net["net_out_bias"]).mean())
    slope, offset = net["net_platt"]
    return float(1 / (1 + np.exp(-(slope * logit + offset))))
