"""The language of a comment, and « unknown » when nobody could tell."""

from __future__ import annotations

import pytest

from palabre.engine.text.language import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La ligne de tram passera enfin devant chez moi.", "fr"),
        ("The library opens again on Monday, at last.", "en"),
        ("Die Bibliothek öffnet endlich wieder am Montag.", "de"),
        ("La biblioteca abre por fin el lunes que viene.", "es"),
        ("La biblioteca riapre finalmente lunedì prossimo.", "it"),
        ("A biblioteca vai abrir de novo na segunda-feira.", "pt"),
        ("De bibliotheek gaat maandag eindelijk weer open.", "nl"),
    ],
)
def test_a_sentence_tells_its_language(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize("text", ["", "ok", "Bravo !", "😀😀😀", "https://exemple.fr", "\ud800\udfff", "123 456"])
def test_a_text_too_short_to_tell_is_unknown(text: str) -> None:
    assert language(text) == "unknown"


def test_two_languages_in_one_comment_are_unknown() -> None:
    french = "Je trouve que la mairie a eu raison de fermer la rue aux voitures le dimanche, tout le quartier respire. "
    english = "I think the council was right to close the street to cars on Sundays, the whole area can breathe again."
    assert language(french + english) == "unknown"
