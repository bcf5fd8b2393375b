"""A page of a discussion as an HTML fragment: the same for the file, the article page and the embed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from palabre.discussion import queries as discussion
from palabre.discussion.models import Thread
from palabre.snapshots import links, queries, wording
from palabre.snapshots.outline import DEEPEST, Outline, Place, outline

#: How many neighbours of the current page the page list names.
NEIGHBOURS = 2


class Act(NamedTuple):
    """What this reader may do to a comment: ``kind`` ``"post"`` is a form, ``"link"`` a link."""

    label: str
    url: str
    kind: str = "post"


#: By comment id. An act may be given as a plain triple.
Acts = Mapping[int, Sequence[Act | tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the template's loop; ``before`` closes and opens the lists between it and the line above."""

    place: Place
    before: SafeString
    name: str
    html: SafeString
    time: str
    iso: str
    permalink: str
    reply: str
    tombstone: str
    answers: int | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the page list; ``number`` None is a gap."""

    number: int | None
    url: str = ""
    current: bool = False


def thread_page(thread: Thread, page: int, acts: Acts | None = None, csrf_token: str = "") -> str:
    """Page ``page`` (the last one if there are fewer) as it is in the database now.

    ``acts`` maps comment ids to what this reader may do; its forms carry ``csrf_token``. ``thread.site`` is read.
    """
    return html(thread, outline(discussion.shown(thread)), page, acts, csrf_token)


def html(thread: Thread, shape: Outline, page: int, acts: Acts | None = None, csrf_token: str = "") -> str:
    """Page ``page`` of ``shape``; no question is asked of the database but the site's house rules."""
    number = max(1, min(page, len(shape.pages)))
    language = wording.language(thread)
    with translation.override(language):
        context = {
            "thread": thread,
            "language": language,
            "page": number,
            "pages": len(shape.pages),
            "count": shape.count,
            "heading": wording.count(shape.count),
            "notice": queries.notice(thread.site, language),
            "rows": (rows := list(_rows(thread, shape.pages[number - 1], number, acts or {}))),
            "after": _after(rows),
            "page_links": _page_links(thread, number, len(shape.pages)),
            "feed": f"{links.folder(thread)}/feed.atom",
            "csrf_token": csrf_token,
        }
        return render_to_string("snapshots/thread.html", context)


def _rows(thread: Thread, places: Sequence[Place], page: int, acts: Acts) -> Iterator[Row]:
    zone = wording.zone(thread.site)
    level = -1
    for place in places:
        here = tuple(Act(*act) for act in acts.get(place.comment.pk, ()))
        yield _row(thread, place, page, _between(level, place.level), zone, here)
        level = place.level


def _row(thread: Thread, place: Place, page: int, before: SafeString, zone: tzinfo, acts: tuple[Act, ...]) -> Row:
    comment, number = place.comment, place.number
    moment = (comment.published_at or comment.created_at).astimezone(zone)
    return Row(
        place=place,
        before=before,
        name=comment.name,
        html=mark_safe(comment.current.html if comment.current else ""),  # noqa: S308 - SafeHtml since it was stored
        time=wording.long_date(moment),
        iso=moment.isoformat(timespec="seconds"),
        permalink=links.permalink(thread, number, page),
        reply="" if thread.closed else links.reply(thread, number),
        tombstone=wording.tombstone(comment) if place.gone else "",
        answers=place.parent if place.depth > DEEPEST else None,
        acts=acts,
    )


def _between(above: int, level: int) -> SafeString:
    """What closes the line above and opens the list this one stands in. A line is at most one level deeper."""
    if above < 0:
        return mark_safe("")
    if level > above:
        return mark_safe('<ol class="palabre-replies">')
    return mark_safe("</li>" + "</ol></li>" * (above - level))  # noqa: S308 - our own constants


def _after(rows: Sequence[Row]) -> SafeString:
    """What closes the last line."""
    return mark_safe("</li>" + "</ol></li>" * rows[-1].place.level if rows else "")  # noqa: S308 - as above


def _page_links(thread: Thread, current: int, pages: int) -> list[PageLink]:
    """First, last and the neighbours of ``current``; empty if there is one page only."""
    if pages == 1:
        return []
    near = range(current - NEIGHBOURS, current + NEIGHBOURS + 1)
    found: list[PageLink] = []
    for number in range(1, pages + 1):
        if number in (1, pages) or number in near:
            found.append(PageLink(number, f"{links.page(thread, number)}#discussion", number == current))
        elif found[-1].number is not None:
            found.append(PageLink(None))
    return found
