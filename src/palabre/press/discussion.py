"""The discussion under an article: the snapshot for everyone, the database for those who may act on a comment."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from palabre.accounts.access import moderates
from palabre.base import clock, tokens
from palabre.discussion import mine
from palabre.discussion import queries as discussion
from palabre.discussion.forms import CommentForm, token_key
from palabre.discussion.models import Comment, Thread
from palabre.press import links, pages, queries
from palabre.press.articles import Article
from palabre.press.library import Card
from palabre.snapshots import queries as snapshots
from palabre.snapshots import render


@dataclass(frozen=True)
class Discussion:
    """What the template shows below an article. ``html`` is None until the thread's first snapshot is written."""

    html: SafeString | None
    form: CommentForm | None
    action: str = ""
    answering: Comment | None = None
    closed: bool = False


def of(request: HttpRequest, article: Article, card: Card, page: int) -> Discussion:
    """The discussion as this reader may see it; only ``?reply=`` and people who may act cost a question."""
    html = _personal(request, article, card, page) or snapshots.page(card.slug, article.slug, page)
    if html is None:
        return Discussion(None, None)
    safe = mark_safe(html)  # noqa: S308 - our own template, rendered now or read from disk
    if not pages.is_open(article, card, clock.now()):
        return Discussion(safe, None, closed=True)
    action, answering = links.comment_form(card.slug, article), _answering(request, article, card)
    return Discussion(safe, _form(article, card, answering) if action else None, action, answering)


def count(html: str | None) -> int | None:
    """How many comments ``html`` says the thread has; None without a thread."""
    found = re.search(r'data-count="(\d+)"', html or "")
    return int(found[1]) if found else None


def _personal(request: HttpRequest, article: Article, card: Card, page: int) -> str | None:
    """The discussion with what this reader may do beside each comment; None for those who may do nothing."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES and mine.COOKIE not in request.COOKIES:
        return None
    thread = discussion.thread(card.slug, article.slug)
    acts = _acts(request, thread) if thread is not None else {}
    return render.thread_page(thread, page, acts=acts) if thread is not None and acts else None


def _acts(request: HttpRequest, thread: Thread) -> dict[int, list[render.Act]]:
    """*Withdraw* beside the reader's own comments, *Remove* beside all of them for a moderator of the site.

    Both lead to the page where it is done: one asks for the reason, the other whether they are sure.
    """
    own = mine.own_comments(request) if mine.COOKIE in request.COOKIES else {}
    moderating = settings.SESSION_COOKIE_NAME in request.COOKIES and moderates(request.user, thread.site)
    acts: dict[int, list[render.Act]] = defaultdict(list)
    for comment in queries.published_ids(thread) if moderating else queries.own_ids(thread, set(own)):
        if comment in own:
            acts[comment].append(_withdraw(own[comment]))
        if moderating:
            acts[comment].append(_remove(request, thread, comment))
    return dict(acts)


def _withdraw(capability: str) -> render.Act:
    label = pgettext("an author, beside their own comment", "Withdraw")
    return render.Act(label, reverse("widget:status", args=[capability]), "link")


def _remove(request: HttpRequest, thread: Thread, comment: int) -> render.Act:
    back = quote(request.get_full_path(), safe="")
    url = reverse("desk:remove", args=[thread.site.slug, comment])
    return render.Act(pgettext("a moderator, beside a comment", "Remove"), f"{url}?next={back}", "link")


def _form(article: Article, card: Card, answering: Comment | None) -> CommentForm:
    token = tokens.issue(token_key(card.slug, article.slug), clock.now())
    return CommentForm(initial={"token": token, "parent": answering.number if answering else None})


def _answering(request: HttpRequest, article: Article, card: Card) -> Comment | None:
    number = request.GET.get("reply", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return queries.published(card.slug, article.slug, int(number))
