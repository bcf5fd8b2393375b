"""How a text matches an article: shared rare words, names and figures, and words of the same world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from palabre.engine.relevance.background import CONTENT, Background
from palabre.engine.relevance.reading import ArticleReading
from palabre.engine.relevance.words import COMMENT_LIMIT, fold, numbers, pieces, stems

Floats = NDArray[np.float32]

#: Stems of a comment that are compared, so that a long one costs no more than this.
_STEMS = 300
#: Positions in ``measure`` that are repeated for the parent: the rest of it tells too little in a short text.
_OF_PARENT = (0, 1, 8, 10, 15, 16)


def features(text: str, parent: str, reading: ArticleReading, language: str, background: Background) -> Floats:
    """What the net reads: the text against the article, then (if there is one) the parent against the article."""
    own = measure(text, reading, language, background)
    if not parent.strip():
        return np.array([*own, *[0.0] * (1 + len(_OF_PARENT))], np.float32)
    above = measure(parent, reading, language, background)
    return np.array([*own, 1.0, *(above[i] for i in _OF_PARENT)], np.float32)


def measure(text: str, reading: ArticleReading, language: str, background: Background) -> list[float]:
    """Nineteen figures: eight of shared words, nine of close words, two of length."""
    folded = fold(text[:COMMENT_LIMIT])
    found = stems(folded, language)[:_STEMS]
    rows = background.rows(found)
    close = _close_words(rows, reading, background) if len(rows) else [0.0] * 9
    return [*_shared_words(found, folded, reading, background), *close, np.log1p(len(found)), np.log1p(len(rows))]


def _shared_words(found: list[str], folded: str, reading: ArticleReading, background: Background) -> list[float]:
    """Weight of the stems the article has too, of those in its head, its names, by-line, figures and pieces."""
    weight = {stem: w for stem in found if (w := background.weight(stem)) > CONTENT}
    hits = [w for stem, w in weight.items() if stem in reading.stems]
    head = sum(w for stem, w in weight.items() if stem in reading.head)
    mine = pieces(folded)
    return [
        sum(hits) / (1 + sum(weight.values())),
        float(np.log1p(sum(hits))),
        max(hits, default=0.0),
        float(np.log1p(head)),
        float(np.log1p(sum(stem in reading.names for stem in found))),
        min(sum(stem in reading.byline for stem in weight), 2),
        min(len(numbers(folded) & reading.numbers), 2),
        len(mine & reading.pieces) / (3 + len(mine)),
    ]


def _close_words(rows: NDArray[np.intp], reading: ArticleReading, background: Background) -> list[float]:
    """Best cosine of each stem with the article, in spreads above what an unrelated article gives."""
    excess = _excess(rows, reading.rows, background)
    ranked = np.sort(excess)[::-1]
    heavy = np.maximum(background.weights_[rows] - 2.5, 0.2)
    return [
        float((heavy * excess).sum() / (1 + heavy.sum())),
        float(ranked[0]),
        float(ranked[:3].sum() / 3),
        float(ranked[:6].sum() / 6),
        float(np.maximum(excess, 0).sum() / (3 + len(excess))),
        _close_to_head(rows, reading, background),
        *_close_centres(rows, reading, background),
    ]


def _excess(rows: NDArray[np.intp], theirs: NDArray[np.intp], background: Background) -> Floats:
    """Spreads above the usual best cosine, by stem, within -2..5."""
    if not len(theirs):
        return np.zeros(len(rows), np.float32)
    best = (background.vectors_[rows] @ background.vectors_[theirs].T).max(1)
    usual: Floats = (best - background.usual_mean_[rows]) / background.usual_spread_[rows]
    return np.clip(usual, -2, 5)


def _close_to_head(rows: NDArray[np.intp], reading: ArticleReading, background: Background) -> float:
    head = reading.head_rows
    if not len(head):
        return 0.0
    best = np.sort((background.vectors_[rows] @ background.vectors_[head].T).max(1))[::-1]
    return float(best[:4].sum() / 4)


def _close_centres(rows: NDArray[np.intp], reading: ArticleReading, background: Background) -> list[float]:
    """Cosine of the two centres, as it is, in spreads above other articles, and its rank among them."""
    mine = background.centre(rows)
    cosine = float(mine @ background.centre(reading.rows))
    others = background.references_[reading.language] @ mine
    return [cosine, float((cosine - others.mean()) / (others.std() + 0.05)), float((others < cosine).mean())]
