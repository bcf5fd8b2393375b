"""What search engines and archives read of an article: a schema.org NewsArticle as JSON-LD.

https://schema.org/NewsArticle; provenance is told by ``isBasedOn``, ``translator`` and ``citation``.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from palabre.press import links
from palabre.press.articles import Article, Original, Source
from palabre.press.library import Card

# As in Django's json_script: nothing in the text can end the script element or begin another.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script(article: Article, card: Card, count: int | None) -> SafeString:
    """The JSON of ``news_article``, safe inside a script element."""
    text = json.dumps(news_article(article, card, count), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308 - every character that could leave the element is escaped


def news_article(article: Article, card: Card, count: int | None) -> dict[str, Any]:
    """The article as schema.org has it; what is unknown is left out."""
    url = links.article(card.slug, article)
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "description": article.lead,
            "inLanguage": article.language,
            "datePublished": article.date.isoformat(),
            "url": url,
            "mainEntityOfPage": url,
            "discussionUrl": f"{url}#discussion",
            "author": _person(article.author),
            "publisher": _organisation(article.outlet or card.name),
            "translator": _person(article.translator),
            "image": links.image(card.slug, article.image) if article.image else None,
            "isBasedOn": _original(article.original) if article.original else None,
            "citation": [_source(source) for source in article.sources],
            "commentCount": count,
        }
    )


def _original(original: Original) -> dict[str, Any]:
    return _known(
        {
            "@type": "NewsArticle",
            "headline": original.title,
            "author": _person(original.author),
            "publisher": _organisation(original.outlet),
            "url": original.url,
            "datePublished": original.date.isoformat() if original.date else None,
            "inLanguage": original.language,
        }
    )


def _source(source: Source) -> dict[str, Any]:
    return _known({"@type": "CreativeWork", "name": source.name, "url": source.url})


def _person(name: str) -> dict[str, str] | None:
    return {"@type": "Person", "name": name} if name else None


def _organisation(name: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _known(pairs: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in pairs.items() if value not in (None, "", [])}
