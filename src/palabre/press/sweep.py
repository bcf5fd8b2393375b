"""Work of this room that is due: sites' cards in step with the sites table, threads with the articles."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from palabre.accounts.models import Site
from palabre.base.files import replace_atomically
from palabre.discussion.actions import describe_thread, open_thread
from palabre.press import links, pages
from palabre.press.articles import Article
from palabre.press.library import Card, Library, Shelf, library, read_card

log = logging.getLogger(__name__)

#: Articles already brought to their threads, by library and site: an unchanged folder costs no question.
_done: WeakKeyDictionary[Library, dict[int, Mapping[str, Article]]] = WeakKeyDictionary()


def sweep(now: datetime) -> int:
    """Bring cards and threads up to date; how many of them changed."""
    books = library()
    sites = list(Site.objects.all())
    changed = _forget_cards(books, {site.slug for site in sites})
    for site in sites:
        changed += _keep_card(books, site)
        shelf = books.shelf(site.slug)
        changed += _open_threads(books, site, shelf, now) if shelf is not None else 0
    return changed


def _keep_card(books: Library, site: Site) -> int:
    card = Card(site.slug, site.name, site.language, site.time_zone)
    if read_card(books.cards, site.slug) == card:
        return 0
    content = {"name": card.name, "language": card.language, "time_zone": card.time_zone}
    try:
        replace_atomically(books.cards / f"{site.slug}.json", json.dumps(content, ensure_ascii=False).encode())
    except OSError:
        log.exception("The card of %s could not be written; the next sweep tries again.", site.slug)
        return 0
    return 1


def _forget_cards(books: Library, known: set[str]) -> int:
    gone = [slug for slug in books.slugs() if slug not in known]
    for slug in gone:
        (books.cards / f"{slug}.json").unlink(missing_ok=True)
    return len(gone)


def _open_threads(books: Library, site: Site, shelf: Shelf, now: datetime) -> int:
    done = _done.setdefault(books, {})
    before = done.get(site.pk, {})
    fresh = [article for slug, article in shelf.articles.items() if before.get(slug) != article]
    changed = sum(_open_thread(site, shelf.card, article, now) for article in fresh)
    done[site.pk] = shelf.articles
    return changed


def _open_thread(site: Site, card: Card, article: Article, now: datetime) -> bool:
    thread = open_thread(site, article.slug, now)
    return describe_thread(thread, **describe(article, card))


def describe(article: Article, card: Card) -> dict[str, Any]:
    """What a thread keeps of its article: what the engine reads, and until when readers may write."""
    return {
        "url": links.article(card.slug, article),
        "title": article.title,
        "lead": article.lead,
        "body": pages.body_text(article.body),
        "byline": pages.byline(article),
        "language": article.language if len(article.language) <= 8 else article.language.split("-")[0],
        "closed": not article.comments.open,
        "closes_at": pages.closes_at(article.comments, card.time_zone),
    }
