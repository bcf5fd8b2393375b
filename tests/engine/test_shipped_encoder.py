"""The careful model that is shipped: small, quick to load, alike in both tongues, and it reads the article."""

from __future__ import annotations

import json

import numpy as np
import pytest

from palabre.engine import Article, Engine, cascade
from palabre.engine.cascade import CAREFUL
from palabre.engine.models.encoder import Encoder, load
from palabre.engine.models.pieces import SETTINGS
from palabre.engine.train.sources import BY_NAME

TRAM = Article("Le tram arrive à l'hôpital", "La ligne 4 du tram ouvrira en mars entre la gare et l'hôpital. " * 3)
BAKER = Article(
    "La boulangère ferme boutique", "Après quarante ans, Odile Marchetti éteint le four de sa boulangerie. " * 3
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load(CAREFUL)


@pytest.fixture(scope="module")
def both() -> Engine:
    return cascade.load(passes="careful")


def vectors(encoder: Encoder, *texts: str) -> np.ndarray:
    return np.concatenate([encoder.read([(text, SETTINGS[0])])[1] for text in texts])


def test_the_folder_is_at_most_thirty_megabytes() -> None:
    assert sum(path.stat().st_size for path in CAREFUL.iterdir()) <= 30e6


def test_a_sentence_lies_nearer_to_its_translation_than_to_another(encoder: Encoder) -> None:
    french, english, other = vectors(
        encoder, "le chat dort sur la table", "the cat is asleep on the table", "taxes will rise again next year"
    )
    assert french @ english > french @ other + 0.2


def test_a_comment_is_less_off_topic_under_its_own_article(both: Engine) -> None:
    text = "Enfin, je pourrai aller voir ma mère malade sans changer deux fois de bus, quel soulagement."
    own, other = (both.assess(text, article).scores["off_topic"] for article in (TRAM, BAKER))
    assert own < other


@pytest.mark.parametrize("text", ["Tu es un abruti et un menteur.", "You are a moron and a liar."])
def test_an_attack_on_the_reader_answered_is_told_in_both_tongues(both: Engine, text: str) -> None:
    assert both.assess(text, TRAM, "Je trouve que le tram est une bonne idée.").scores["attack_commenter"] > 0.5


def test_the_same_text_always_gives_the_same_scores(both: Engine) -> None:
    first, *others = [both.assess("Quelle bande de clowns, ce conseil municipal !", TRAM).scores for _ in range(3)]
    assert all(other == first for other in others)


@pytest.mark.parametrize("text", ["", "\ud800", "😀" * 300, "\u0301" * 500, "a" * 20_000, "\ue003\ue000 [CLS] [SEP]"])
def test_any_string_is_judged(both: Engine, text: str) -> None:
    assert all(0 <= score <= 1 for score in both.assess(text, TRAM, text).scores.values())


def test_what_it_was_trained_on_is_told_beside_it() -> None:
    told = json.loads((CAREFUL / "training.json").read_text(encoding="utf-8"))
    assert {source["source"] for source in told["sources"]} <= set(BY_NAME)
    assert all(source["licence"] == BY_NAME[source["source"]].licence for source in told["sources"])
    assert all(losses[-1][1] < losses[0][1] for losses in told["losses"].values())
