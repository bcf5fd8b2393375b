"""Where a comment, a page and a feed are found. Paths begin at the root of this server."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from palabre.discussion.models import Thread


def article(thread: Thread) -> str:
    """The article's address, or nothing if it is not one a browser should follow."""
    return thread.url if urlsplit(thread.url).scheme in ("http", "https") else ""


def page(thread: Thread, number: int) -> str:
    """The article with page ``number`` of its discussion below it."""
    address = article(thread).partition("#")[0]
    if number == 1:
        return address
    return f"{address}{'&' if '?' in address else '?'}discussion={number}"


def permalink(thread: Thread, number: int, on_page: int) -> str:
    """The place of comment ``number``, which stands on page ``on_page``."""
    return f"{page(thread, on_page)}#c{number}"


def folder(thread: Thread) -> str:
    """Where the thread's files are served, without a slash at the end."""
    return f"/d/{thread.site.slug}/{thread.name}"


def reply(thread: Thread, number: int) -> str:
    """The stand-alone form that answers comment ``number``."""
    return f"{folder(thread)}/write?reply={number}"


def public(path: str) -> str:
    """``path`` as a complete address."""
    return f"{settings.PALABRE_PUBLIC_URL}{path}"
