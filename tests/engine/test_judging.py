"""The engine at its promised border: any string in, an explained assessment out."""

from __future__ import annotations

import pytest

from palabre.engine import LABELS, Article, Engine, load

ARTICLE = Article(
    "La ligne 4 du tram ouvrira en mars",
    "La mairie a annoncé mardi l'ouverture de la ligne 4 du tram, avec douze stations entre la gare et l'hôpital.",
    "Odile Marchetti, La Feuille de Sainte-Aubière",
)
SENTENCES = """
今日は天気がいいですね
오늘은 날씨가 좋네요
какой прекрасный день
Τι όμορφη μέρα
يوم جميل
יום יפה
आज मौसम अच्छा है
আজ আবহাওয়া ভালো
இன்று வானிலை நன்றாக உள்ளது
వాతావరణం బాగుంది
วันนี้อากาศดี
Hôm nay trời đẹp
Bugün hava güzel
Piękny dzień
Krásný den
Szép nap
O zi frumoasă
Хубав ден
Лепа дан
Lijep dan
Lep dan
Graži diena
Jauka diena
Ilus päev
Kaunis päivä
En vacker dag
En smuk dag
En fin dag
Fallegur dagur
Lá breá
Diwrnod braf
Egun ederra
Bonic dia
Bo día
გმადლობთ
Շնորհակալ եմ
አመሰግናለሁ
ຂອບໃຈ
អរគុណ
ကျေးဇူးတင်ပါတယ်
""".strip().splitlines()


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load()


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\ud800", "\udfff\ud800 con", "😀" * 50, "\u0301" * 50, "\x00", *SENTENCES]
)
def test_any_text_gets_an_assessment(engine: Engine, text: str) -> None:
    assessment = engine.assess(text, ARTICLE, "Bonjour")
    assert set(assessment.scores) <= set(LABELS)
    assert all(0 <= score <= 1 for score in assessment.scores.values())
    assert assessment.model == engine.version


@pytest.mark.parametrize("unit", ["a", "a ", "😀", "\u0301", "con ", "c.o.n ", "é", "@a", "a*", "\ud800", "<", "1a"])
def test_twenty_thousand_characters_of_anything_are_judged(engine: Engine, unit: str) -> None:
    text = (unit * 20_000)[:20_000]  # how long that takes is measured by ./run bench engine
    assert all(0 <= score <= 1 for score in engine.assess(text, ARTICLE).scores.values())


def test_a_huge_text_is_read_up_to_a_limit_and_says_so(engine: Engine) -> None:
    assert "truncated" in engine.assess("bonjour " * 2_500_000).notes


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Espèce de connard, va te faire foutre", "toxic"),
        ("You are a stupid moron and nobody likes you", "toxic"),
        ("Tu es un abruti fini, retourne à l'école", "attack_commenter"),
        ("Gagnez 3000 euros par jour depuis chez vous, cliquez ici https://exemple.biz", "spam"),
        ("Les juifs sont des parasites, il faut tous les gazer", "hate"),
    ],
)
def test_a_plain_offence_is_seen(engine: Engine, text: str, label: str) -> None:
    assert engine.assess(text, ARTICLE, "J'aime bien ce tram.").scores[label] > 0.5


@pytest.mark.parametrize(
    "text", ["Merci pour cet article, très clair.", "Vivement mars !", "A good article, thank you."]
)
def test_a_friendly_comment_is_not_held_against(engine: Engine, text: str) -> None:
    scores = engine.assess(text, ARTICLE).scores
    assert max(score for label, score in scores.items() if label != "off_topic") < 0.4


def test_a_disguise_is_noted_and_does_not_hide(engine: Engine) -> None:
    clear, disguised = engine.assess("Quel connard, ce maire"), engine.assess("Quel c0nn@rd, ce maire")
    assert "obfuscated" in disguised.notes
    assert disguised.scores["insult"] > 0.8 * clear.scores["insult"]


def test_spans_point_at_the_words_in_the_text_as_typed(engine: Engine) -> None:
    text = "😀 Franchement, quel c\u200bonnard ce type"
    spans = [span for span in engine.assess(text).spans if span.label == "insult"]
    assert any("c\u200bonnard" in text[span.begin : span.end] for span in spans)
    assert all(0 <= span.begin < span.end <= len(text) for span in engine.assess(text).spans)


def test_off_topic_is_not_judged_without_an_article(engine: Engine) -> None:
    assert "off_topic" not in engine.assess("La pêche à la truite ouvre samedi dans toute la vallée").scores


def test_a_language_without_data_has_no_scores_it_cannot_give(engine: Engine) -> None:
    assert engine.assess("какой прекрасный день сегодня в нашем городе", language="uk").scores == {}


def test_the_same_text_always_gets_the_same_scores(engine: Engine) -> None:
    assert engine.assess("Quel idiot") == engine.assess("Quel idiot")


def test_many_comments_are_judged_as_one_by_one(engine: Engine) -> None:
    items = [("Merci !", None, "", None), ("Quel idiot", ARTICLE, "Bonjour", "fr")]
    assert list(engine.assess_many(items)) == [engine.assess(*item) for item in items]
