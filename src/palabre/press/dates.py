"""Dates as the reader of an article expects them: in full, in the article's own language."""

from __future__ import annotations

import datetime as dt

from django.utils import dateformat, formats, translation

# Django's formats leave out the day of the week; the order of the words is each language's own.
LONG = {
    "de": "l, j. F Y",
    "en": "l j F Y",
    "es": r"l j \d\e F \d\e Y",
    "fr": "l j F Y",
    "it": "l j F Y",
    "nl": "l j F Y",
    "pt": r"l, j \d\e F \d\e Y",
}


def long_date(day: dt.date, language: str) -> str:
    """« mardi 2 décembre 2025 » for ``fr``; the format of Django's locale where ``LONG`` has none."""
    with translation.override(known(language)):
        base = language.split("-")[0]
        shape = LONG.get(base) or formats.get_format("DATE_FORMAT")
        written = dateformat.format(day, shape)
        written = written.lower() if base in ("it", "pt") else written  # Django gives them capitals
    # French says « 1er » of the first of the month, and of no other day.
    return written.replace(" 1 ", " 1er ", 1) if base == "fr" and day.day == 1 else written


def known(language: str) -> str:
    """``language``, or its nearest relative that Django speaks, or English."""
    for tag in (language, language.split("-")[0]):
        if translation.check_for_language(tag):
            return tag
    return "en"
