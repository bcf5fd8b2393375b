"""What a page shows of an article, ready for the template: rendered body, dates in full, provenance in a sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from palabre.base.html import plain, render_article
from palabre.press.articles import Article, Comments, Original
from palabre.press.dates import long_date
from palabre.press.library import Card


@dataclass(frozen=True)
class Page:
    """An article on its page: the date in the article's language, the provenance in the active one."""

    article: Article
    card: Card
    body: SafeString
    date: str
    provenance: str


def page(article: Article, card: Card) -> Page:
    return Page(article, card, body_html(article.body), long_date(article.date, article.language), provenance(article))


def speaking(article: Article, card: Card) -> str:
    """The language of the words around an article: its own if we speak it, else its site's."""
    spoken = {code for code, _name in settings.LANGUAGES}
    own = article.language.split("-")[0]
    return own if own in spoken else card.language


@lru_cache(maxsize=512)
def body_html(body: str) -> SafeString:
    """A body's Markdown as HTML; kept, because rendering takes milliseconds and a page is read often."""
    return mark_safe(render_article(body))  # noqa: S308 - sanitised by base.html


@lru_cache(maxsize=512)
def body_text(body: str) -> str:
    """A body's words without any markup, for the engine."""
    return plain(render_article(body))


def provenance(article: Article) -> str:
    """“Original by …, published by … on …, translated by ….”; empty for an article that began here."""
    parts = _origin(article.original, article.language) if article.original else []
    if article.translator:
        parts.append(_("translated by {translator}").format(translator=article.translator))
    sentence = ", ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _origin(original: Original, language: str) -> list[str]:
    by = _("original by {author}").format(author=original.author) if original.author else _("first published elsewhere")
    date = long_date(original.date, language) if original.date else ""
    if original.outlet and date:
        return [by, _("published by {outlet} on {date}").format(outlet=original.outlet, date=date)]
    if original.outlet:
        return [by, _("published by {outlet}").format(outlet=original.outlet)]
    return [by, _("published on {date}").format(date=date)] if date else [by]


def byline(article: Article) -> str:
    """Everyone who wrote the article, for the engine: an attack on any of them is one on its author."""
    people = [article.author, article.original.author if article.original else "", article.translator]
    return ", ".join(dict.fromkeys(name for name in people if name))[:300]


def closes_at(comments: Comments, time_zone: str) -> dt.datetime | None:
    """When the discussion closes: a bare date is its last day, to midnight on the site's clock."""
    until = comments.until
    if until is None:
        return None
    zone = _zone(time_zone)
    if isinstance(until, dt.datetime):
        return until if until.tzinfo else until.replace(tzinfo=zone)
    return dt.datetime.combine(until, dt.time(), zone) + dt.timedelta(days=1)


def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # a site's zone that no longer exists takes no page down
        return dt.UTC


def is_open(article: Article, card: Card, now: dt.datetime) -> bool:
    """Whether readers may comment at ``now``, as far as the file says."""
    closing = closes_at(article.comments, card.time_zone)
    return article.comments.open and (closing is None or now < closing)
