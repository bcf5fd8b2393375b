"""Where a reader writes: a thread, or the page of a registered origin that has none yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from palabre.accounts.models import Site
from palabre.base import urls
from palabre.base.text import clean_text
from palabre.discussion import queries as discussion
from palabre.discussion.forms import token_key
from palabre.discussion.limits import Limits
from palabre.discussion.models import Thread
from palabre.screening import rulebooks
from palabre.widget import origins, queries

TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Place:
    """``thread`` is None until the first comment makes it.

    ``site`` is None where nothing can be written, and ``lacking`` says why: ``unknown``, or ``busy`` if the database
    gave no answer.
    """

    site_slug: str
    name: str
    site: Site | None = None
    thread: Thread | None = None
    url: str = ""
    title: str = ""
    lacking: str = ""

    @property
    def language(self) -> str:
        """The readers' language here."""
        spoken = (self.thread and self.thread.language) or (self.site and self.site.language)
        return spoken or settings.LANGUAGE_CODE

    @property
    def token_key(self) -> str:
        """What the form's token is bound to."""
        return token_key(self.site_slug, self.name)

    @property
    def limits(self) -> Limits:
        """What the site allows at the form."""
        return rulebooks.limits(self.site) if self.site else Limits()


def find(site_slug: str, name: str, page: Mapping[str, str]) -> Place:
    """The place of the thread ``name``.

    A thread nobody has opened is a place only for ``page`` (its ``url`` and ``title``) of a registered origin,
    whose own name it must bear if it was not given one. Raises ``Http404`` for anything else.
    """
    thread = discussion.thread(site_slug, name)
    if thread is not None:
        return Place(site_slug, name, thread.site, thread, thread.url, thread.title)
    site = queries.site(site_slug)
    url = page.get("url", "")
    if site is None or not urls.is_thread_name(name) or not _is_its_page(site_slug, name, url):
        raise Http404
    return Place(site_slug, name, site, None, url.split("#")[0], _title(page.get("title", "")))


def named(identifier: str, url: str) -> str:
    """The name of the thread a page asks for by id or, without one, by address. Raises ``Http404`` for neither."""
    try:
        return urls.thread_name(identifier or url)
    except ValueError as error:
        raise Http404 from error


def _is_its_page(site_slug: str, name: str, url: str) -> bool:
    if not url or not origins.is_registered(site_slug, url):
        return False
    return not name.startswith("u-") or urls.thread_name(url) == name


def _title(text: str) -> str:
    return " ".join(clean_text(text).split())[:TITLE_LENGTH]
