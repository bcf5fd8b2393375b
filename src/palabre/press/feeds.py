"""A site's articles as an Atom feed (RFC 4287), each with a link to the feed of its discussion (RFC 4685)."""

from __future__ import annotations

from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from palabre.press import links
from palabre.press.articles import Article
from palabre.press.library import Shelf
from palabre.press.pages import body_html

LATEST = 30


class _Feed(Atom1Feed):
    """Django's, with each article's whole text and the way to its comments."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["body"], {"type": "html", "xml:lang": item["language"]})
        handler.addQuickElement(
            "link", "", {"rel": "replies", "type": "application/atom+xml", "href": item["discussion"]}
        )


def atom(shelf: Shelf) -> str:
    """The feed of the site's latest articles."""
    card = shelf.card
    feed = _Feed(
        title=card.name, link=links.site(card.slug), description="", language=card.language,
        feed_url=links.feed(card.slug), author_name=card.name,
    )  # fmt: skip
    for article in list(shelf.articles.values())[:LATEST]:
        _add(feed, shelf, article)
    return str(feed.writeString("utf-8"))


def _add(feed: _Feed, shelf: Shelf, article: Article) -> None:
    url = links.article(shelf.card.slug, article)
    feed.add_item(
        title=article.title,
        link=url,
        unique_id=url,
        description=article.lead,
        author_name=article.author or None,
        pubdate=article.moment,
        updateddate=article.moment,
        language=article.language,
        body=body_html(article.body),
        discussion=links.discussion_feed(shelf.card.slug, article),
    )
