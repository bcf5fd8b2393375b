"""Text as people typed it, made safe to store and compare. Never changes what a reader can see."""

from __future__ import annotations

import re
import unicodedata
from typing import NewType

#: Text as somebody typed it: hostile until rendered.
RawText = NewType("RawText", str)

NAME_LENGTH = 60

# Marks that reorder or hide the text around them: bidi controls, zero-width characters, the byte-order mark.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|[\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def clean_text(text: str) -> RawText:
    """``text`` in NFC with ``\\n`` line ends, without control characters, bidi overrides or towers of accents."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BIDI.sub("", _CONTROL.sub("", text))
    return RawText(_STACKED.sub(r"\1", unicodedata.normalize("NFC", text)).strip())


def clean_name(name: str) -> str:
    """A display name on one line, at most ``NAME_LENGTH`` characters, nothing invisible in it."""
    return " ".join(_INVISIBLE.sub("", clean_text(name)).split())[:NAME_LENGTH].strip()


def visible(text: str) -> str:
    """What of ``text`` a reader would see: without white space and invisible characters."""
    return "".join(_INVISIBLE.sub("", _CONTROL.sub("", text)).split())


def fingerprint(text: str) -> str:
    """``text`` as compared with an earlier one for exact repeats: case, spacing and invisible marks apart."""
    return visible(unicodedata.normalize("NFKC", text)).casefold()
