"""Dates are written in full in the article's language, whatever the language of the reader or the machine."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from palabre.press.dates import long_date


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fr", "mardi 2 décembre 2025"),
        ("fr-CA", "mardi 2 décembre 2025"),
        ("en", "Tuesday 2 December 2025"),
        ("de", "Dienstag, 2. Dezember 2025"),
        ("es", "martes 2 de diciembre de 2025"),
        ("it", "martedì 2 dicembre 2025"),
        ("pl", "2 grudnia 2025"),
    ],
)
@pytest.mark.parametrize("reader", ["en", "fr"])
def test_a_date_is_in_the_language_of_the_article(language: str, written: str, reader: str) -> None:
    with translation.override(reader):
        assert long_date(dt.date(2025, 12, 2), language) == written


def test_the_first_of_the_month_in_french() -> None:
    assert long_date(dt.date(2025, 12, 1), "fr") == "lundi 1er décembre 2025"
    assert long_date(dt.date(2025, 12, 11), "fr") == "jeudi 11 décembre 2025"


def test_a_moment_is_dated_where_it_was_written() -> None:
    late = dt.datetime(2025, 12, 2, 23, 30, tzinfo=dt.timezone(-dt.timedelta(hours=5)))
    assert long_date(late, "fr") == "mardi 2 décembre 2025"


def test_an_unknown_language_still_has_a_date() -> None:
    assert "2025" in long_date(dt.date(2025, 12, 2), "xx")
