"""What stands in a text without being a word of it: addresses, user names, the author's name.

Each becomes one private character, so that the models learn « somebody is named » and not who.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from palabre.engine.text.confusables import LEET
from palabre.engine.text.folded import Edit, Folded
from palabre.engine.text.lexicon import is_offensive

URL, USER, MAIL, AUTHOR, OUTLET = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
MASKS = URL + USER + MAIL + AUTHOR + OUTLET

_FOUND = re.compile(
    r"(?P<url>(?:https?://|www\.)[^\s<>\"]+|\b[a-z0-9-]{2,40}\.(?:com|net|org|info|biz|shop|xyz|top|ru|io|co|fr|uk|de|site|online|club|me|ly)(?:/[^\s<>\"]*)?(?![\w@]))"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}\.[\w.]{2,30})"
    r"|(?P<user>(?<![\w@])@[\w.]{2,40}|<user>|\[user\])"
)
_WORTH = re.compile(r"[a-z0-9-]\.[a-z]|@|://|[<\[]user")
_BY_KIND = {"url": URL, "mail": MAIL, "user": USER}


def masked(form: Folded, author: Iterable[str] = (), outlet: Iterable[str] = ()) -> Folded:
    """``form`` with addresses and user names masked, and the words of the author's and the paper's name."""
    form = form.edited(_addresses(form.text))
    for words, mask in ((author, AUTHOR), (outlet, OUTLET)):
        if words:
            form = form.edited(_names(form.text, words, mask))
    return form


def _addresses(text: str) -> Iterator[Edit]:
    if not _WORTH.search(text):
        return
    for match in _FOUND.finditer(text):
        kind = match.lastgroup or "url"
        if kind == "user" and is_offensive(match.group().translate(LEET)):
            continue  # « @bruti » is not a user name
        yield match.start(), match.end(), _BY_KIND[kind]


def _names(text: str, words: Iterable[str], mask: str) -> Iterator[Edit]:
    alternatives = "|".join(re.escape(word) for word in words)
    pattern = re.compile(rf"\b(?:{alternatives})\b(?:[ -]+(?:{alternatives})\b)*")
    for match in pattern.finditer(text):
        yield match.start(), match.end(), mask
