"""The words that are shown are the words that moved the score, exactly."""

from __future__ import annotations

import numpy as np
import pytest

from palabre.engine import Engine, load
from palabre.engine.explain.spans import character_parts, named_part, spans
from palabre.engine.models.reading import BLOCKS, named, readings

TEXTS = ("Vous êtes un idiot, monsieur, et un c0nnard", "You are all idiots, idiots and idiots!", "merci", "a" * 300)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load()


@pytest.mark.parametrize("text", TEXTS)
def test_the_parts_of_the_characters_add_up_to_the_score(engine: Engine, text: str) -> None:
    model = engine.model
    for reading in readings(text):
        inputs = model.inputs(reading, (0.0, 0.0))
        columns = inputs[: len(model.scale)]
        slopes = np.zeros(len(inputs), np.float32)
        slopes[: len(columns)] = np.linspace(-1, 1, len(columns))
        parts = character_parts(model, reading, slopes, len(text))
        on_words = (
            named_part(model, reading, slopes) if any(name.startswith("offence") for name in reading.names) else 0
        )
        by_name = model.weights(named(reading.names)).sum(axis=0) * BLOCKS[3]
        grams = float(slopes[: len(columns)] @ (columns - model.bias - by_name))
        assert parts.sum() == pytest.approx(grams + on_words, abs=1e-3)


def test_neighbouring_words_are_one_span() -> None:
    text = "quel idiot fini, ce maire"
    parts = np.array([0.1 if 5 <= place < 15 else 0.0 for place in range(len(text))])
    found = spans(text, parts, "insult")
    assert [(text[span.begin : span.end], span.label) for span in found] == [("idiot fini", "insult")]


def test_nothing_that_lowers_a_score_is_shown() -> None:
    assert spans("merci bien", np.full(10, -0.2), "insult") == []
