"""What comes after the network: calibration, the blend with the fast pass, and relevance from vectors.

All of it on comments of the groups kept back, read by the very file the engine will read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from palabre.engine import relevance
from palabre.engine.cascade import Kept, odds
from palabre.engine.models.encoder import Encoder
from palabre.engine.models.pieces import LABELS, SETTINGS, passages
from palabre.engine.relevance import Background
from palabre.engine.relevance.vectors import features
from palabre.engine.text.plain import plain
from palabre.engine.train.calibrate import lines
from palabre.engine.train.careful.labelled import TIMES, example, kept_back
from palabre.engine.train.rows import Row
from palabre.engine.types import Article

Floats = NDArray[np.float64]
#: The two log-odds and the shift: both passes alike, a little sharper than their mean since they err apart.
EQUAL = (0.6, 0.6, 0.0)
#: The fast pass answers alone where every label of it is below this and there is no article: one comment in eleven of
#: the dev sets, for at most 0.004 of AUC.
CERTAIN = 0.08
#: Other articles each kept comment is tried under, and words it needs.
_OTHERS, _WORDS = 4, 8
#: Sources of other registers would calibrate for tweets.
_TRUSTED = 0.5


def calibration(rows: list[Row], encoder: Encoder) -> dict[str, Any]:
    """Platt lines by label and language."""
    kept = [row for row in rows if kept_back(row) and TIMES.get(row.source, 0) >= _TRUSTED]
    found = [example(row) for row in kept]
    logits = np.concatenate([encoder.read([(one.text, one.setting)])[0] for one in found])
    targets, languages = np.array([one.targets for one in found]), np.array([row.lang for row in kept])
    enough = {label: i for i, label in enumerate(LABELS) if np.nansum(targets[:, i]) >= 10}
    return {label: lines(logits[:, i].astype(float), targets[:, i], languages) for label, i in enough.items()}


def near_weights(rows: list[Row], encoder: Encoder, words: Background) -> dict[str, Any]:
    """Weights of the vectors' figures and of the words' log-odds: own article against others, and real labels."""
    kept = [row for row in rows if row.article and "off_topic" in row.labels and kept_back(row)]
    kept = [row for row in kept if len(row.text.split()) >= _WORDS]
    found, off, weight, read = [], [], [], Kept()
    for row, article, truth, heavy in _pairs(kept):
        told = relevance.judge(row.text, article, row.parent, row.lang, words).score
        if told is not None:
            found.append([*_near(row, article, encoder, read), odds(told)])
            off.append(truth)
            weight.append(heavy)
    line = LogisticRegression(C=3.0).fit(np.array(found), np.array(off), np.array(weight))
    *near, told = line.coef_[0].tolist()
    return {"near": near, "words": told, "shift": float(line.intercept_[0])}


def _pairs(rows: list[Row]) -> list[tuple[Row, Article, bool, float]]:
    """Every comment under its own article, those on topic under others of their language too."""
    random, found = np.random.default_rng(0), []
    for row in rows:
        off = row.labels["off_topic"] >= 0.5
        assert row.article is not None  # noqa: S101 - the caller chose rows that have one
        found.append((row, row.article, off, 2.0))
        if not off and row.labels.get("spam", 0) < 0.5:
            others = sorted(
                {one.article for one in rows if one.article and one.lang == row.lang} - {row.article}, key=str
            )
            drawn = random.permutation(len(others))[:_OTHERS]
            found += [(row, others[place], True, 1.0 / _OTHERS) for place in drawn]
    return found


def _near(row: Row, article: Article, encoder: Encoder, kept: Kept) -> NDArray[np.float32]:
    """As the cascade does it; what was read once is kept."""
    one, above = example(row), plain(row.parent).text
    vector = kept.get(one, lambda: encoder.read([(one.text, one.setting)])[1])[0]
    parent = kept.get(above, lambda: encoder.read([(above, SETTINGS[1])])[1])[0] if above.strip() else None
    parts = [(part, SETTINGS[0]) for part in passages(article)]
    return features(vector, kept.get(article, lambda: encoder.read(parts)[1]), parent)


def settings(rows: list[Row], encoder: Encoder, say: Callable[[str], None]) -> Mapping[str, Any]:
    """Everything ``config.json`` holds beside labels, pieces and checksums."""
    say("calibration")
    found = calibration(rows, encoder)
    say("relevance")
    near = near_weights(rows, encoder, Background.load())
    return {"calibration": found, "blend": dict.fromkeys(found, EQUAL), "off_topic": near, "certain": CERTAIN}
