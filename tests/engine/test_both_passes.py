"""The two passes together: who reads, what is blended, what is kept; with a stand-in for the encoder."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from palabre.engine import Article, cascade, judge
from palabre.engine.cascade import Cascade
from palabre.engine.models.calibration import Calibration
from palabre.engine.models.encoder import Encoder
from palabre.engine.models.pieces import LABELS, passages
from palabre.engine.relevance import Background

ARTICLE = Article("The tram reaches the hospital", "Line 4 opens in March. " * 30, "Odile Marchetti, The Gazette")
WORDS = Background.load()
LINE = {label: {"": (1.0, 0.0)} for label in LABELS}
SETTINGS = {
    "blend": dict.fromkeys(LABELS, (0.5, 0.5, 0.0)),
    "off_topic": {"near": [-8.0, 0, 0, 0, 0, 0], "words": 0.5, "shift": 3.0},
}


class Stand(Encoder):
    """Finds the word « zebra » insulting, and puts texts that hold the word « tram » close together."""

    asked: list[str]

    def read(self, texts: Any) -> Any:
        self.asked.extend(text for text, _ in texts)
        logits = np.full((len(texts), len(LABELS)), -6.0, np.float32)
        vectors = np.zeros((len(texts), 4), np.float32)
        for row, (text, _) in enumerate(texts):
            logits[row, LABELS.index("insult")] = 6.0 if "zebra" in text else -6.0
            vectors[row, 0 if "tram" in text else 1] = 1
        return logits, vectors


@pytest.fixture
def stand() -> Stand:
    found = Stand("careful-0", SETTINGS, Calibration.of(LINE), None, None)
    object.__setattr__(found, "asked", [])
    return found


@pytest.fixture
def both(stand: Stand) -> Cascade:
    return with_certainty(stand, 0.0)


def with_certainty(stand: Stand, certain: float) -> Cascade:
    first = judge.load()
    return Cascade(
        **{one.name: getattr(first, one.name) for one in fields(first)}, encoder=stand, words=WORDS, certain=certain
    )


def test_the_encoder_raises_what_the_fast_pass_does_not_know(both: Cascade) -> None:
    text = "You are a zebra, and that is all I have to say to you."
    assert both.assess(text).scores["insult"] > 2 * judge.load().assess(text).scores["insult"]


def test_the_version_names_both_models(both: Cascade) -> None:
    assert both.version == f"{judge.load().version}+careful-0"
    assert both.assess("A good day to all of you here.").model == both.version


def test_a_language_the_encoder_has_not_learnt_is_left_to_the_fast_pass(both: Cascade, stand: Stand) -> None:
    text = "Das ist ein schöner Tag für alle."
    assert both.assess(text, language="de").scores == judge.load().assess(text, language="de").scores
    assert stand.asked == []


@pytest.mark.parametrize("text", ["", "  ", "\ud800", "😀😀😀", "\u0301" * 50, "a" * 30_000])
def test_any_string_is_judged(both: Cascade, text: str) -> None:
    assert all(0 <= score <= 1 for score in both.assess(text, ARTICLE, text).scores.values())


def test_the_fast_pass_answers_alone_where_it_is_certain(stand: Stand) -> None:
    with_certainty(stand, 1.0).assess("A zebra is an animal with stripes.")
    assert stand.asked == []


def test_the_encoder_reads_where_the_fast_pass_is_not_certain(stand: Stand) -> None:
    with_certainty(stand, 0.000001).assess("A zebra is an animal with stripes.")
    assert len(stand.asked) == 1


def test_under_an_article_that_can_be_compared_the_encoder_always_reads(stand: Stand) -> None:
    certain = with_certainty(stand, 1.0)
    text = "The tram will at last take my mother to the hospital without two changes of bus."
    first = judge.load().assess(text, ARTICLE)
    certain.assess(text, ARTICLE)
    assert bool(stand.asked) == ("off_topic" in first.scores)


def test_a_comment_far_from_its_article_is_more_off_topic_than_one_near(both: Cascade) -> None:
    near = both.assess("The tram will at last take my mother to the hospital on Mondays.", ARTICLE)
    far = both.assess("The soup will at last take my mother to the kitchen on Mondays.", ARTICLE)
    assert far.scores["off_topic"] > near.scores["off_topic"]


def test_a_thanks_is_never_off_topic(both: Cascade) -> None:
    assert both.assess("Thank you for this great article, dear editors!", ARTICLE).scores.get("off_topic", 0) < 0.5


def test_an_article_is_read_once_for_all_its_comments(both: Cascade, stand: Stand) -> None:
    for number in range(3):
        both.assess(f"Comment number {number} on the tram that will open in March.", ARTICLE, "The parent said so.")
    count = len([text for text in stand.asked if text.startswith("the tram reaches the hospital.")])
    assert count == len(list(passages(ARTICLE)))
    assert stand.asked.count("the parent said so.") == 1


def test_what_is_kept_is_bounded() -> None:
    kept = cascade.Kept()
    for number in range(3000):
        kept.get(number, lambda: np.zeros(1, np.float32))
    assert len(kept._held) <= 1024


def test_the_default_is_the_fast_pass_alone() -> None:
    assert not isinstance(cascade.load(), Cascade)


def test_an_unknown_pass_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="fast, careful, auto"):
        cascade.load(passes="slow")
