"""Atom feeds (RFC 4287) of a thread and of a site; an entry names what it answers (RFC 4685, ``thr:in-reply-to``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree
from lxml.etree import SubElement, _Element

from palabre.accounts.models import Site
from palabre.discussion.models import Comment, Thread
from palabre.snapshots import links, wording
from palabre.snapshots.outline import Outline

ATOM = "http://www.w3.org/2005/Atom"
THR = "http://purl.org/syndication/thread/1.0"
ENTRIES = 50
#: What XML 1.0 cannot hold, however escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: The page each comment of a thread is on, by number.
Pages = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A published comment of ``thread``; ``parent`` is the number it answers."""

    comment: Comment
    thread: Thread
    parent: int | None
    pages: Pages

    def link(self, number: int) -> str:
        """The permalink of comment ``number`` of the same thread."""
        return links.permalink(self.thread, number, self.pages.get(number, 1))


def thread_feed(thread: Thread, shape: Outline) -> bytes:
    """The newest published comments of ``thread``, newest first."""
    pages = shape.page_of()
    places = [place for page in shape.pages for place in page if not place.gone]
    newest = sorted(places, key=lambda place: -place.number)[:ENTRIES]
    with translation.override(wording.language(thread)):
        feed = _feed(
            name=_name(thread),
            title=_("Comments on “%(title)s”") % {"title": thread.title or thread.name},
            language=wording.language(thread),
            path=f"{links.folder(thread)}/feed.atom",
            alternate=links.article(thread),
        )
        _fill(feed, [Entry(place.comment, thread, place.parent, pages) for place in newest], thread.created_at)
    return _bytes(feed)


def site_feed(site: Site, comments: Sequence[Comment], pages: Mapping[int, Pages], moment: datetime) -> bytes:
    """``comments`` of ``site``, newest first; ``moment`` is the feed's date while there are none.

    ``pages`` has, by thread id, the discussions of more than one page.
    """
    with translation.override(wording.site_language(site)):
        feed = _feed(
            name=_urn(site, ""),
            title=_("Comments on %(site)s") % {"site": site.name},
            language=wording.site_language(site),
            path=f"/d/{site.slug}/feed.atom",
            alternate=site.url,
        )
        entries = [
            Entry(comment, comment.thread, _parent(comment), pages.get(comment.thread_id, {})) for comment in comments
        ]
        _fill(feed, entries, moment)
    return _bytes(feed)


def _parent(comment: Comment) -> int | None:
    return comment.parent.number if comment.parent else None


def _feed(*, name: str, title: str, language: str, path: str, alternate: str) -> _Element:
    prefixes: dict[Any, str] = {None: ATOM, "thr": THR}
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=prefixes)
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    _text(feed, "id", name)
    _text(feed, "title", title)
    _link(feed, "self", links.public(path), "application/atom+xml")
    if alternate:
        _link(feed, "alternate", alternate, "text/html")
    return feed


def _fill(feed: _Element, entries: Sequence[Entry], moment: datetime) -> None:
    _text(feed, "updated", _date(max((_updated(entry.comment) for entry in entries), default=moment)))
    for entry in entries:
        _add(feed, entry)


def _add(feed: _Element, entry: Entry) -> None:
    comment, thread, number = entry.comment, entry.thread, entry.comment.number or 0
    element = SubElement(feed, f"{{{ATOM}}}entry")
    _text(element, "id", _name(thread, number))
    _text(element, "title", _("%(name)s on “%(title)s”") % {"name": comment.name, "title": thread.title or thread.name})
    _text(SubElement(element, f"{{{ATOM}}}author"), "name", comment.name)
    _text(element, "published", _date(comment.published_at or comment.created_at))
    _text(element, "updated", _date(_updated(comment)))
    if links.article(thread):
        _link(element, "alternate", entry.link(number), "text/html")
    _answers(element, entry)
    _text(element, "content", comment.current.html if comment.current else "", {"type": "html"})


def _answers(element: _Element, entry: Entry) -> None:
    """What the comment answers: another one, or the thread itself."""
    answered = SubElement(element, f"{{{THR}}}in-reply-to", ref=_name(entry.thread, entry.parent or 0))
    if links.article(entry.thread):
        answered.set("href", _clean(entry.link(entry.parent) if entry.parent else links.article(entry.thread)))
        answered.set("type", "text/html")


def _updated(comment: Comment) -> datetime:
    published = comment.published_at or comment.created_at
    return max(published, comment.current.created_at) if comment.current else published


def _name(thread: Thread, number: int = 0) -> str:
    """The permanent name of a thread or comment, whatever address it moves to."""
    return _urn(thread.site, f"{thread.name}/{number}" if number else thread.name)


def _urn(site: Site, rest: str) -> str:
    return uuid5(NAMESPACE_URL, f"palabre:{site.slug}/{rest}").urn


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _link(parent: _Element, rel: str, href: str, kind: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=_clean(href), type=kind)


def _text(parent: _Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(parent, f"{{{ATOM}}}{tag}", attributes).text = _clean(text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _bytes(feed: _Element) -> bytes:
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True)
