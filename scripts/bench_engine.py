"""How fast the engine judges: ``./run bench engine``. One core, no network, text made here.

Prints the rate of the fast pass beside scikit-learn's ``HashingVectorizer`` with a linear model over the same n-grams,
the time of one call on 500 characters, and the cost by length, one repeated character included. Everything runs in
one process, in turns.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before numpy is loaded: one core

import numpy as np  # noqa: E402
from scipy.sparse import hstack  # noqa: E402
from sklearn.feature_extraction.text import HashingVectorizer  # noqa: E402

from palabre.engine import Engine, load  # noqa: E402
from palabre.engine.models.reading import TOGETHER, Reading  # noqa: E402
from palabre.engine.text.plain import plain  # noqa: E402

TEXT = (
    "le tram passera par la rue du marché et la mairie promet une piste cyclable mais les riverains demandent depuis "
    "longtemps des arbres the council says that buses will stop near every school while parents would rather have a "
    "safe crossing first"
)
WORDS = TEXT.split()
COMMENTS, ROUNDS = 400, 3
LABELS = 11


def comment(chance: Random, size: int) -> str:
    """A made-up comment of about ``size`` characters."""
    text = ""
    while len(text) < size:
        text += chance.choice(WORDS) + chance.choice((" ", " ", " ", ", ", ". "))
    return text[:size]


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def plain_scikit() -> Callable[[list[str]], object]:
    """The comparison: character 2-5-grams and word 1-2-grams, hashed, times a matrix of as many labels."""
    characters = HashingVectorizer(analyzer="char_wb", ngram_range=(2, 5), n_features=2**20)
    words = HashingVectorizer(ngram_range=(1, 2), n_features=2**20)
    weights = np.random.default_rng(1).normal(size=(2**21, LABELS))
    return lambda texts: hstack([characters.transform(texts), words.transform(texts)]).tocsr() @ weights


def fast_scores(engine: Engine) -> Callable[[list[str]], object]:
    """The same work by the fast pass: lower case and folding, n-grams (and word pairs), columns; some at a time."""

    def work(texts: list[str]) -> object:
        forms = [Reading(plain(text), (), 0) for text in texts]
        return [engine.model.columns_of(forms[at : at + TOGETHER]) for at in range(0, len(forms), TOGETHER)]

    return work


def assessments(engine: Engine) -> Callable[[list[str]], object]:
    """Everything: language, forms, scores, calibration, spans."""
    return lambda texts: list(engine.assess_many((text, None, "", None) for text in texts))


def rates(engine: Engine) -> dict[str, float]:
    """Comments a second of each, best of some rounds taken in turns."""
    chance = Random(1)
    texts = [comment(chance, chance.randrange(60, 600)) for _ in range(COMMENTS)]
    works = {"scikit-learn": plain_scikit(), "fast pass": fast_scores(engine), "whole assessment": assessments(engine)}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            times[name].append(seconds(lambda work=work: work(texts)))  # type: ignore[misc]
    return {name: COMMENTS / min(taken) for name, taken in times.items()}


def call_times(engine: Engine) -> dict[str, float]:
    """Median and 99th percentile, in milliseconds, of one whole assessment of 500 characters."""
    chance = Random(2)
    texts = [comment(chance, 500) for _ in range(1000)]
    taken = sorted(seconds(lambda text=text: engine.assess(text)) * 1000 for text in texts)  # type: ignore[misc]
    return {"p50_ms": taken[500], "p99_ms": taken[990]}


def by_length(engine: Engine) -> dict[str, dict[int, float]]:
    """Milliseconds by length, for words and for one repeated character."""
    chance = Random(3)
    sizes = (1250, 2500, 5000, 10_000, 20_000)
    makers: dict[str, Callable[[int], str]] = {
        "words": lambda size: comment(chance, size),
        "one character": lambda size: "a" * size,
    }
    return {
        name: {size: min(seconds(lambda: engine.assess(make(size))) for _ in range(5)) * 1000 for size in sizes}  # noqa: B023
        for name, make in makers.items()
    }


def main() -> None:
    """Measure and print; ``--json`` for machines."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    begin = time.perf_counter()
    engine = load()
    engine.assess("one call to load what is loaded late")
    figures = {
        "load_s": time.perf_counter() - begin,
        "rates": rates(engine),
        **call_times(engine),
        "lengths_ms": by_length(engine),
    }
    if "--json" in sys.argv[1:]:
        print(json.dumps(figures))
        return
    _print(figures)


def _print(figures: dict[str, Any]) -> None:
    print(f"loading                {figures['load_s']:8.2f} s")
    for name, value in figures["rates"].items():
        times = value / figures["rates"]["scikit-learn"]
        print(f"{name:22s} {value:8.0f} comments/s  {times:5.1f} x scikit-learn")
    print(
        f"one call, 500 chars    {figures['p50_ms']:8.2f} ms median, {figures['p99_ms']:.2f} ms at the 99th percentile"
    )
    for name, taken in figures["lengths_ms"].items():
        print(f"{name:22s} " + "  ".join(f"{size}: {time:.1f} ms" for size, time in taken.items()))


if __name__ == "__main__":
    main()
