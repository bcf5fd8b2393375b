"""A comment is judged off topic by reading the article, and only when there is enough text to tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from palabre.engine.relevance import COURTEOUS, Background, BackgroundError, judge
from palabre.engine.types import Article

HARBOUR = Article(
    "Le port de Kervarec rouvrira aux pêcheurs le 3 avril",
    "Fermé depuis la tempête de février, le port de pêche de Kervarec rouvrira le 3 avril, a annoncé la mairie. "
    "Les travaux de la digue ont coûté 2,4 millions d'euros. « Les bateaux ne pouvaient plus attendre », dit "
    "Yann Le Goff, patron d'un chalutier. Les mareyeurs, eux, demandent une aide de la région.",
    "Solenn Abgrall",
)
SCHOOL = Article(
    "A village school keeps its last teacher",
    "The county council has dropped its plan to close the primary school in Ashby Fell, where eleven pupils are taught "
    "by a single teacher, Margaret Thorne. Parents had raised £14,000 and walked to the county hall to protest.",
    "Owen Pritchard",
)


GERMAN = "Der Hafen hätte schon vor dem Sturm erneuert werden müssen, sagen die Fischer."


@pytest.fixture(scope="module")
def background() -> Background:
    return Background.load()


def test_a_comment_on_the_subject_scores_lower_than_one_from_elsewhere(background: Background) -> None:
    near = "La digue aurait dû être refaite avant la tempête, les pêcheurs le disaient."
    far = "Ma box internet est en panne depuis lundi et personne ne répond au téléphone."
    on, off = judge(near, HARBOUR, "", "fr", background), judge(far, HARBOUR, "", "fr", background)
    assert on.score is not None
    assert off.score is not None
    assert on.score < 0.15 < off.score


def test_the_same_words_score_higher_under_another_article(background: Background) -> None:
    text = "Eleven pupils and one teacher: my own primary school was no bigger and we all learnt to read."
    own = judge(text, SCHOOL, "", "en", background).score
    other = judge(text, HARBOUR, "", "en", background).score
    assert own is not None
    assert other is not None
    assert own < other


def test_close_words_count_where_no_word_is_shared(background: Background) -> None:
    text = "Les marins ont le droit de reprendre la mer, leurs navires pourrissent au mouillage."
    under_harbour = judge(text, HARBOUR, "", "fr", background).score or 0
    under_school = judge(text, SCHOOL, "", "fr", background).score or 0
    assert under_harbour < under_school


@pytest.mark.parametrize("text", ["Ah bon.", "Lol", "", "🙂🙂🙂", "\u0301\u0301", "Et alors, quoi donc ?"])
def test_a_short_reply_is_not_judged(text: str, background: Background) -> None:
    found = judge(text, HARBOUR, "", "fr", background)
    assert found.score is None
    assert found.note == "not_enough_text"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Merci beaucoup pour votre réponse, ça m'aide vraiment.", "thanks"),
        ("Je suis tout à fait d'accord avec vous, Madame Martin.", "agreement"),
        ("Quelqu'un saurait-il me dire si la fanfare joue dimanche prochain ?", "question"),
    ],
)
def test_thanks_agreements_and_questions_are_never_off_topic(text: str, note: str, background: Background) -> None:
    found = judge(text, HARBOUR, "", "fr", background)
    assert found.note == note
    assert found.score is not None
    assert found.score <= COURTEOUS


def test_disagreeing_is_not_agreeing(background: Background) -> None:
    text = "Je ne suis pas d'accord du tout avec la mairie de Kervarec."
    assert judge(text, HARBOUR, "", "fr", background).note == ""


def test_without_an_article_or_a_known_language_there_is_no_score(background: Background) -> None:
    text = GERMAN
    assert judge(text, None, "", "fr", background).note == "no_article"
    assert judge(text, Article(), "", "fr", background).note == "no_article"
    assert judge(text, HARBOUR, "", "de", background).note == "no_language"


def test_an_article_in_an_unknown_language_is_not_read(background: Background) -> None:
    article = Article("Der Hafen öffnet wieder", "Nach dem Sturm öffnet der Hafen wieder für die Fischer der Stadt.")
    assert judge(GERMAN, article, "", "unknown", background).note == "no_language"


def test_long_texts_are_judged_by_their_first_page(background: Background) -> None:
    page = "port digue tempête " * 1_200
    assert judge(page, HARBOUR, "", "fr", background) == judge(page + page, HARBOUR, "", "fr", background)
    for text in ("a" * 20_000, "\ud800" * 20_000):
        judge(text, HARBOUR, text, "fr", background)


def test_the_same_input_gives_the_same_score(background: Background) -> None:
    text = "Les mareyeurs ont raison de demander une aide à la région."
    assert judge(text, HARBOUR, "", "fr", background) == judge(text, HARBOUR, "", "fr", Background.load())


def test_a_missing_or_damaged_background_is_refused_with_a_sentence(tmp_path: Path, background: Background) -> None:
    with pytest.raises(BackgroundError, match="is missing"):
        Background.load(tmp_path / "none.npz")
    whole = tmp_path / "whole.npz"
    background.save(whole)
    cut = tmp_path / "cut.npz"
    cut.write_bytes(whole.read_bytes()[:100_000])
    with pytest.raises(BackgroundError, match="damaged"):
        Background.load(cut)
    changed = Background({**background.arrays, "net_platt": background.arrays["net_platt"] + 1})
    changed.arrays["checksum"] = background.arrays["net_mean"]
    assert changed.version != background.version
