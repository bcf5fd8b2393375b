"""Every read of this room: what is due, and published pages straight from their files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Sum

import palabre
from palabre.accounts.models import Site
from palabre.discussion.models import Thread
from palabre.screening import rulebooks
from palabre.snapshots import files
from palabre.snapshots.models import SiteSnapshot, Snapshot

#: Moves on with templates and JSON: threads whose files look older are written anew.
FORMAT = 1


def page(site_slug: str, thread_name: str, number: int) -> str | None:
    """The published HTML of page ``number``, from its file; None if there is none. No database is asked."""
    try:
        return files.read(files.thread_folder(site_slug, thread_name) / f"{number:d}.html")
    except ValueError:
        return None


def notice(site: Site, language: str) -> str:
    """The house rules in short, as readers see them above the comments; in another language than none."""
    words = rulebooks.rule_book(site).notice
    return words.get(language) or words.get(site.language) or next(iter(words.values()), "")


def look(site: Site) -> str:
    """What the pages of ``site`` depend on besides their comments, as 16 hexadecimal digits.

    When it changes (a new version, other house rules, another public address), all its threads are due.
    """
    notices = [notice(site, language) for language, _name in settings.LANGUAGES]
    ours = [palabre.__version__, FORMAT, settings.PALABRE_PUBLIC_URL, notices]
    theirs = [site.name, site.url, site.language, site.time_zone]
    return hashlib.sha256(json.dumps([ours, theirs]).encode()).hexdigest()[:16]


def due_threads(site: Site) -> QuerySet[Thread]:
    """Threads of ``site`` whose files show an older revision or another look, or that have none."""
    up_to_date = Snapshot.objects.filter(thread=OuterRef("pk"), revision__gte=OuterRef("revision"), look=look(site))
    return Thread.objects.filter(~Exists(up_to_date), site=site).order_by("pk")


def is_due(thread: Thread) -> bool:
    """Whether the files of ``thread`` are behind it."""
    return not Snapshot.objects.filter(thread=thread, revision__gte=thread.revision, look=look(thread.site)).exists()


def revisions(site: Site) -> int:
    """The sum of all revisions of the site's published threads: another sum, another page."""
    return Snapshot.objects.filter(thread__site=site).aggregate(sum=Sum("revision"))["sum"] or 0


def is_site_due(site: Site) -> bool:
    """Whether the counts and feed of ``site`` are behind its threads' files."""
    current = SiteSnapshot.objects.filter(site=site, revisions=revisions(site), look=look(site))
    return not current.exists()


def published_threads(site: Site) -> QuerySet[Snapshot]:
    """The snapshots of ``site`` with their threads, by name."""
    rows = Snapshot.objects.filter(thread__site=site).select_related("thread")
    return rows.only("count", "thread__name", "thread__url").order_by("thread__name")


def long_threads(site: Site, threads: Iterable[int]) -> QuerySet[Thread]:
    """Those of ``threads`` (ids) that have more than one page."""
    return Thread.objects.filter(site=site, pk__in=set(threads), snapshot__pages__gt=1)


def pending() -> int:
    """How many threads of all sites are due, for ``doctor``."""
    return sum(due_threads(site).count() for site in Site.objects.all())
