"""Plain words in several languages, carried by the data itself because the rules know no Django."""

from __future__ import annotations

from collections.abc import Mapping

#: Language code (``"fr"``, ``"en"``) to text.
Words = Mapping[str, str]

#: The languages every table of this room speaks.
SPOKEN = ("en", "fr")


def say(words: Words, language: str) -> str:
    """The text for ``language`` (``"fr"`` or ``"fr-CA"``), else English, else whatever there is, else nothing."""
    primary = language.replace("_", "-").split("-")[0].lower()
    return words.get(primary) or words.get("en") or next(iter(words.values()), "")
