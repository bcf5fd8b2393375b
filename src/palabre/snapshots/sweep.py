"""Work of this room that is due: threads whose revision is ahead of their files.

Revisions are compared, never times. The revision is read before the comments: a comment that is published in
between is shown already and the thread stays due, so nothing is ever missed.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import DatabaseError

from palabre.accounts.models import Site
from palabre.base import clock
from palabre.discussion import queries as discussion
from palabre.discussion.models import Thread
from palabre.snapshots import feeds, files, queries, render, twin
from palabre.snapshots.models import SiteSnapshot, Snapshot
from palabre.snapshots.outline import Outline, outline

log = logging.getLogger(__name__)


def refresh(thread_id: int) -> bool:
    """Publish what the database says of a thread, now. Call it after the transaction that changed it.

    False if that failed (a full disk, say): the old files stay, the error is in the log, the thread is still due.
    """
    thread = Thread.objects.select_related("site").get(pk=thread_id)
    return _attempt(thread) and _attempt_site(thread.site)


def sweep(limit: int = 200) -> int:
    """Write up to ``limit`` threads that are due, and the files of their sites; how many threads were written."""
    written = 0
    for site in Site.objects.order_by("pk"):
        _notice_loss(site)
        due = queries.due_threads(site).select_related("site")[: limit - written]
        written += sum(_attempt(thread) for thread in due)
        _attempt_site(site)
    return written


def _attempt(thread: Thread) -> bool:
    try:
        _write(thread)
    except (OSError, DatabaseError, ValueError):
        log.exception("the discussion %s/%s could not be written and stays due", thread.site.slug, thread.name)
        return False
    return True


def _write(found: Thread) -> None:
    folder = files.thread_folder(found.site.slug, found.name)
    with files.locked(folder):
        thread = Thread.objects.select_related("site").get(pk=found.pk)  # as it is now that nobody else writes
        if not queries.is_due(thread):
            return
        look = queries.look(thread.site)
        shape = outline(discussion.shown(thread))
        files.write(folder, contents(thread, shape))
        files.drop_pages(folder, last=len(shape.pages))
        _remember(thread, shape, look)


def contents(thread: Thread, shape: Outline) -> dict[str, bytes]:
    """The thread's files by name, in the order they must be written: the last page first."""
    found: dict[str, bytes] = {}
    for number in range(len(shape.pages), 0, -1):
        found[f"{number}.json"] = twin.page(thread, shape, number)
        found[f"{number}.html"] = render.html(thread, shape, number).encode("utf-8", "replace")
    found["feed.atom"] = feeds.thread_feed(thread, shape)
    return found


def _remember(thread: Thread, shape: Outline, look: str) -> None:
    extent = {"count": shape.count, "pages": len(shape.pages)}
    fields = {"revision": thread.revision, "look": look, "written_at": clock.now()}
    Snapshot.objects.update_or_create(thread=thread, defaults=fields | extent)


def _attempt_site(site: Site) -> bool:
    try:
        _write_site(site)
    except (OSError, DatabaseError, ValueError):
        log.exception("the counts and feed of %s could not be written and stay due", site.slug)
        return False
    return True


def _write_site(site: Site) -> None:
    if not queries.is_site_due(site):
        return
    folder = files.site_folder(site.slug)
    with files.locked(folder):
        revisions, look, now = queries.revisions(site), queries.look(site), clock.now()
        counts = twin.counts(site, queries.published_threads(site))
        files.write(folder, {"counts.json": counts, "feed.atom": _site_feed(site, now)})
        fields = {"revisions": revisions, "look": look, "written_at": now}
        SiteSnapshot.objects.update_or_create(site=site, defaults=fields)


def _site_feed(site: Site, now: datetime) -> bytes:
    newest = list(discussion.latest_published(site.pk, feeds.ENTRIES))
    for comment in newest:
        comment.thread.site = site
    long_threads = queries.long_threads(site, (comment.thread_id for comment in newest))
    pages = {thread.pk: outline(discussion.shown(thread)).page_of() for thread in long_threads}
    return feeds.site_feed(site, newest, pages, now)


def _notice_loss(site: Site) -> None:
    """If the site's files are gone from the disk (moved, restored without them), all of it is due again."""
    known = SiteSnapshot.objects.filter(site=site)
    if known.exists() and not (files.site_folder(site.slug) / "counts.json").exists():
        Snapshot.objects.filter(thread__site=site).delete()
        known.delete()
