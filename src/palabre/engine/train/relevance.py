"""Fit the background: word vectors, what is usual, and the small net that says how likely off topic is.

The net learns from comments under their own article against the same comments under other articles, so it cannot
learn how off-topic comments *sound*; Platt's line is then fitted on the labels of the real off-topic comments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.neural_network import MLPClassifier

from palabre.engine.relevance.background import LANGUAGES, Background, unit
from palabre.engine.relevance.courtesy import too_short
from palabre.engine.relevance.match import features
from palabre.engine.train import stem_vectors
from palabre.engine.train.corpora import passages, records
from palabre.engine.types import Article

Floats = NDArray[np.float32]

_WRITTEN = ("desk_train_fr_a", "desk_train_fr_b", "desk_train_fr_c", "desk_train_en")
_OTHERS = 5
_HIDDEN = 16
_ROUNDS = 40
_SEEDS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Comments under articles: ``found`` (n x features), ``off`` (n), ``group`` (n, the comment's own article)."""

    found: Floats
    off: NDArray[np.bool_]
    group: NDArray[np.intp]


def fit(data: Path, out: Path) -> None:
    """Learn everything from ``data`` (train and text folders only) and write ``out``. About three minutes."""
    rows = [row for name in _WRITTEN for row in records(data / f"train/{name}.jsonl.gz")]
    background = _with_words(data, rows)
    print(f"relevance: {len(background.rows_)} stems learnt")
    exchanged, real = exchange_pairs(rows, background), real_pairs(rows, background)
    nets = _nets(exchanged)
    slope_and_offset = _platt(exchanged, real)
    Background({**background.arrays, **nets, "net_platt": slope_and_offset}).save(out)
    print(f"relevance: {len(exchanged.off)} exchanged pairs, {out}")


def article_of(row: Mapping[str, Any]) -> Article:
    """The article a row stands under."""
    return Article(row.get("article_title") or "", row.get("article_text") or "", row.get("article_byline") or "")


def exchange_pairs(rows: list[dict[str, Any]], background: Background, seed: int = 0) -> Pairs:
    """Each on-topic comment of eight words or more under its own article (not off) and five others (off)."""
    random = np.random.default_rng(seed)
    articles = list(dict.fromkeys((article_of(row), row["lang"]) for row in rows))
    found, off, group = [], [], []
    for row in rows:
        if not _on_topic(row):
            continue
        own = article_of(row)
        others = [article for article, language in articles if language == row["lang"] and article != own]
        for article in (own, *(others[i] for i in random.permutation(len(others))[:_OTHERS])):
            found.append(_features(row, article, background))
            off.append(article != own)
            group.append(articles.index((own, row["lang"])))
    return Pairs(np.array(found), np.array(off), np.array(group))


def _on_topic(row: Mapping[str, Any]) -> bool:
    """Neither off topic nor spam, and eight words or more."""
    labels = row["labels"]
    return max(labels.get("off_topic", 0), labels.get("spam", 0)) < 0.5 and len(row["text"].split()) >= 8


def real_pairs(rows: list[dict[str, Any]], background: Background) -> Pairs:
    """Every comment long enough, under its own article, with its label."""
    articles = list(dict.fromkeys(article_of(row) for row in rows))
    kept = [row for row in rows if "off_topic" in row["labels"] and not too_short(row["text"])]
    found = np.array([_features(row, article_of(row), background) for row in kept])
    off = np.array([row["labels"]["off_topic"] >= 0.5 for row in kept])
    return Pairs(found, off, np.array([articles.index(article_of(row)) for row in kept]))


def _features(row: Mapping[str, Any], article: Article, background: Background) -> Floats:
    return features(row["text"], row.get("parent") or "", background.reading(article), row["lang"], background)


def _with_words(data: Path, rows: list[dict[str, Any]]) -> Background:
    """A background with vectors and usual matches, and no net yet."""
    documents, vocabulary = stem_vectors.count(passages(data))
    learnt = stem_vectors.learn(documents, vocabulary)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(vocabulary.stems).encode(), np.uint8),
        "weights": vocabulary.weights.astype(np.float16),
        "vectors": np.round(learnt / np.abs(learnt).max(1, keepdims=True).clip(1e-9) * 127).astype(np.int8),
        "usual_mean": np.zeros(len(learnt), np.float16),
        "usual_spread": np.ones(len(learnt), np.float16),
        **{f"references_{code}": np.zeros((1, learnt.shape[1]), np.float16) for code in LANGUAGES},
    }
    return Background({**arrays, **_usual(Background(arrays), rows)})


def _usual(background: Background, rows: list[dict[str, Any]]) -> dict[str, NDArray[Any]]:
    """What any article gives: by stem the best cosine's mean and spread, and the articles' own vectors."""
    read = [background.reading(article) for article in dict.fromkeys(article_of(row) for row in rows)]
    best = np.array([(background.vectors_ @ background.vectors_[one.rows].T).max(1) for one in read])
    found: dict[str, NDArray[Any]] = {
        "usual_mean": best.mean(0).astype(np.float16),
        "usual_spread": (best.std(0) + 0.03).astype(np.float16),
    }
    for code in LANGUAGES:
        centres = [background.centre(one.rows) for one in read if one.language == code]
        found[f"references_{code}"] = unit(np.array(centres)).astype(np.float16)
    return found


def _nets(pairs: Pairs) -> dict[str, NDArray[Any]]:
    """Three small nets from three seeds, as arrays for ``relevance.probability``."""
    mean, spread = pairs.found.mean(0), pairs.found.std(0) + 1e-6
    nets = [_net((pairs.found - mean) / spread, pairs.off, seed) for seed in _SEEDS]
    return {
        "net_mean": mean.astype(np.float32),
        "net_spread": spread.astype(np.float32),
        "net_in": np.array([net.coefs_[0] for net in nets], np.float32),
        "net_in_bias": np.array([net.intercepts_[0] for net in nets], np.float32),
        "net_out": np.array([net.coefs_[1][:, 0] for net in nets], np.float32),
        "net_out_bias": np.array([net.intercepts_[1][0] for net in nets], np.float32),
    }


def _net(found: Floats, off: NDArray[np.bool_], seed: int) -> MLPClassifier:
    """Own and exchanged pairs weigh the same: the rarer own ones are repeated."""
    rows = np.concatenate([np.arange(len(off)), np.repeat(np.flatnonzero(~off), _OTHERS - 1)])
    net = MLPClassifier((_HIDDEN,), alpha=3, max_iter=_ROUNDS, tol=0, n_iter_no_change=_ROUNDS, random_state=seed)
    net.set_params(learning_rate_init=2e-3)
    return net.fit(found[rows], off[rows])


def _platt(exchanged: Pairs, real: Pairs) -> NDArray[np.float32]:
    """Slope and offset on logits of nets that did not see the article (five folds by article)."""
    logits = np.zeros(len(real.off))
    for learn, hold in GroupKFold(5).split(exchanged.found, groups=exchanged.group):
        part = Pairs(exchanged.found[learn], exchanged.off[learn], exchanged.group[learn])
        held = np.isin(real.group, np.unique(exchanged.group[hold]))
        logits[held] = _logits(real.found[held], _nets(part))
    line = LogisticRegression(C=1e6).fit(logits[:, None], real.off)
    return np.array([line.coef_[0, 0], line.intercept_[0]], np.float32)


def _logits(found: Floats, nets: dict[str, NDArray[Any]]) -> Floats:
    """The nets' mean logit for many rows."""
    scaled = (found - nets["net_mean"]) / nets["net_spread"]
    hidden = np.maximum(np.einsum("nf,kfh->nkh", scaled, nets["net_in"]) + nets["net_in_bias"], 0)
    mean: Floats = ((hidden * nets["net_out"]).sum(2) + nets["net_out_bias"]).mean(1)
    return mean
