"""What the encoder reads: the setting of a comment, the passages of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from palabre.engine.text.plain import plain
from palabre.engine.types import LABELS as ALL
from palabre.engine.types import Article

#: The labels the encoder's heads give, in order; off_topic comes from its vectors.
LABELS = tuple(label for label in ALL if label != "off_topic")
#: The piece that says where a text stands: nowhere known, under an article, in answer to a comment.
SETTINGS = ("[BARE]", "[UNDER]", "[REPLY]")
#: Words of the article in one passage, and characters of the article that are read.
PASSAGE, ARTICLE = 32, 4000


def setting(article: bool, parent: bool) -> str:
    """The piece for a comment's setting."""
    return SETTINGS[2] if parent else SETTINGS[1] if article else SETTINGS[0]


def passages(article: Article) -> Iterator[str]:
    """The article as the encoder reads it: pieces of about ``PASSAGE`` words, each behind the title."""
    held: list[str] = []
    for sentence in re.split(r"(?<=[.!?…»])\s+", article.text[:ARTICLE]):
        held += sentence.split()
        if len(held) >= PASSAGE:
            yield _passage(article.title, held)
            held = []
    if held or not article.text:
        yield _passage(article.title, held)


def _passage(title: str, words: list[str]) -> str:
    return plain(f"{title[:200]}. {' '.join(words[: 2 * PASSAGE])}").text
