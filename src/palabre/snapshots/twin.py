"""The JSON twins of the HTML pages, and the counts of a site, in the shape docs/reference/snapshots.md promises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from palabre.accounts.models import Site
from palabre.discussion.models import Comment, Thread
from palabre.snapshots import links, wording
from palabre.snapshots.models import Snapshot
from palabre.snapshots.outline import Outline, Place


def page(thread: Thread, shape: Outline, number: int) -> bytes:
    """Page ``number`` of ``shape`` as JSON."""
    zone = wording.zone(thread.site)
    return _json(
        {
            "site": thread.site.slug,
            "thread": thread.name,
            "url": links.article(thread),
            "title": thread.title,
            "language": wording.language(thread),
            "revision": thread.revision,
            "closed": thread.closed,
            "count": shape.count,
            "page": number,
            "pages": len(shape.pages),
            "comments": [_comment(thread, place, number, zone) for place in shape.pages[number - 1]],
        }
    )


def _comment(thread: Thread, place: Place, page: int, zone: tzinfo) -> dict[str, Any]:
    comment = place.comment
    shown = {"number": place.number, "parent": place.parent, "depth": place.depth}
    if place.gone:
        return shown | {"gone": _gone(comment)}
    return shown | {
        "name": comment.name,
        "published": _iso(comment.published_at or comment.created_at, zone),
        "permalink": links.permalink(thread, place.number, page),
        "html": comment.current.html if comment.current else "",
    }


def _gone(comment: Comment) -> str:
    """``removed``, ``refused`` or ``withdrawn``; ``held`` for one that is being verified again."""
    return "held" if comment.status == "submitted" else comment.status


def _iso(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def counts(site: Site, snapshots: Iterable[Snapshot]) -> bytes:
    """How many comments each thread of ``site`` has; ``urls`` leads from addresses to threads without an id."""
    threads = list(snapshots)
    found = {snapshot.thread.url: snapshot.thread.name for snapshot in threads if snapshot.thread.name.startswith("u-")}
    numbers = {snapshot.thread.name: snapshot.count for snapshot in threads}
    return _json({"site": site.slug, "counts": numbers, "urls": found})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
