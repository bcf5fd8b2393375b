"""Exchange: does the engine read the article, or only know how off-topic comments sound?

Each on-topic comment of at least eight words is judged under its own article and, the same text with the same
parent, under five other articles; the figure is the AUC of ``off_topic`` between the two. A model that has learnt how
off-topic comments sound gives both the same score: 0.5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from palabre.engine.evaluate import metrics
from palabre.engine.evaluate.rows import Judged, Row, judge
from palabre.engine.judge import Engine
from palabre.engine.types import Article

WORDS = 8
OTHERS = 5


def exchanged(rows: Sequence[Row], foils: Sequence[Row] = (), seed: int = 0) -> list[Row]:
    """The rows to judge, labelled ``off_topic`` 0 under their own article and 1 under another of their language.

    Other articles come from ``rows`` first, then from ``foils`` when there are fewer than five.
    """
    random, found = np.random.default_rng(seed), []
    for row in filter(_fits, rows):
        found.append(replace(row, labels={"off_topic": 0.0}))
        for article in _others(row, rows, foils, random):
            found.append(replace(row, article=article, labels={"off_topic": 1.0}))
    return found


def exchange(rows: Sequence[Row], engine: Engine, foils: Sequence[Row] = ()) -> metrics.Interval:
    """The figure with its interval; NaN where no comment fits."""
    judged = judge(exchanged(rows, foils), engine)
    truth = np.array([bool(one.row.truth("off_topic")) for one in judged], dtype=np.bool_)
    return metrics.auc_interval(truth, np.array([one.score("off_topic") for one in judged]))


def _fits(row: Row) -> bool:
    """On topic for certain (not spam either), under an article, long enough to tell."""
    on_topic = row.truth("off_topic") is False and not row.truth("spam")
    return on_topic and row.article is not None and len(row.text.split()) >= WORDS


def _others(row: Row, rows: Sequence[Row], foils: Sequence[Row], random: np.random.Generator) -> Iterator[Article]:
    near, far = _articles(rows, row), _articles(foils, row)
    drawn = [near[i] for i in random.permutation(len(near))] + [far[i] for i in random.permutation(len(far))]
    yield from list(dict.fromkeys(drawn))[:OTHERS]


def _articles(rows: Sequence[Row], row: Row) -> list[Article]:
    """Articles in the row's language other than its own, each once."""
    found = dict.fromkeys(one.article for one in rows if one.lang == row.lang and one.article)
    return [article for article in found if article != row.article]


def summary(judged: Sequence[Judged]) -> float:
    """AUC of ``off_topic`` on comments as they stand: to be read beside the exchange, which is the one to trust."""
    known = [one for one in judged if one.row.truth("off_topic") is not None]
    truth = np.array([bool(one.row.truth("off_topic")) for one in known])
    return metrics.auc(truth, np.array([one.score("off_topic") for one in known]))
