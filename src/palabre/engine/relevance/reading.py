"""An article prepared for comparison: read once, compared with every comment under it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palabre.engine.relevance.words import ARTICLE_LIMIT, fold, names, numbers, pieces, stems
from palabre.engine.types import Article

#: The lead is the first characters of the body: what a reader in a hurry has seen.
LEAD = 250
#: Share of an article's stems the background must know to read it.
KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """Stems of the whole, the title with the lead, and the by-line; names, numbers and five-letter pieces;
    rows of the word vectors of the whole and of the head. ``language`` is "" where the background knows too little."""

    language: str
    rows: NDArray[np.intp]
    head_rows: NDArray[np.intp]
    stems: frozenset[str]
    head: frozenset[str]
    byline: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    pieces: frozenset[str]


def read_article(
    article: Article,
    known: Collection[str],
    rows_of: Callable[[Sequence[str]], NDArray[np.intp]],
    languages: Sequence[str],
) -> ArticleReading:
    """Cut an article up and find its words among the ``known``."""
    body = article.text[:ARTICLE_LIMIT]
    full = fold(f"{article.title} {body}")
    language = _language(full[:2000], known, languages)
    whole = stems(full, language)
    head = stems(fold(f"{article.title} {body[:LEAD]}"), language)
    return ArticleReading(
        language=language,
        rows=rows_of(whole),
        head_rows=rows_of(head),
        stems=frozenset(whole),
        head=frozenset(head),
        byline=frozenset(stems(fold(article.byline), language)),
        names=frozenset(names(f"{body} {article.byline}", language)),
        numbers=frozenset(numbers(full)),
        pieces=frozenset(pieces(full)),
    )


def _language(folded: str, known: Collection[str], languages: Sequence[str]) -> str:
    """The language whose stems the background knows best, "" if it knows less than half of them in any."""
    shares = {}
    for code in languages:
        found = stems(folded, code)
        shares[code] = sum(stem in known for stem in found) / max(len(found), 1)
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= KNOWN else ""
