"""The next comment to decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palabre.accounts.models import Site
from palabre.base import clock
from palabre.base.text import RawText
from palabre.desk import actions, queries, words
from palabre.desk.forms import ReasonForm
from palabre.desk.line import Line
from palabre.desk.marks import mark
from palabre.desk.views.doors import access_comment, of_site, page, person
from palabre.discussion import actions as discussion
from palabre.discussion.models import Comment
from palabre.engine.types import Span
from palabre.screening.queries import Report, report

#: The session remembers what this person skipped, so that it comes back last.
SKIPPED = "desk_skipped"
SKIPPED_KEPT = 50


@of_site
@require_safe
def queue(request: HttpRequest, site: Site) -> HttpResponse:
    """Reserve the next comment for the person who asks, and show all that is needed to decide on it."""
    now = clock.now()
    line = queries.line(site, person(request), now)
    comment = actions.take(site, person(request), line, _wanted(request, line), now)
    others = queries.others_at_work(site, person(request), now)
    if comment is None:
        return page(request, site, "empty", others=others)
    return page(request, site, "queue", others=others, line=line, place=line.place(comment.pk), **looked_at(comment))


def looked_at(comment: Comment) -> dict[str, Any]:
    """What a page that decides on ``comment`` shows of it."""
    found = report(comment.current) if comment.current else None
    return {"comment": comment, "report": found, "marked": marked(comment, found), "form": ReasonForm()}


def marked(comment: Comment, said: Report | None) -> str:
    """The comment as typed, with the words marked for which rules spoke (else whatever the machine marked)."""
    spans: Iterable[Span] = ()
    if said is not None:
        spans = [span for rule in said.rules for span in rule.spans] or said.spans
    return mark(RawText(comment.current.text if comment.current else ""), spans, words.label)


def _wanted(request: HttpRequest, line: Line) -> list[int]:
    """What to try to reserve: ``?comment=``, else around ``?after=`` or ``?before=``, else the next."""
    asked = {name: _number(request, name) for name in ("comment", "after", "before")}
    if asked["comment"] in line.taken:
        messages.warning(request, _("A colleague has reserved this comment. Here is the next one."))
    elif asked["comment"] and asked["comment"] not in line.order:
        messages.warning(request, _("This comment no longer waits. Here is the next one."))
    if asked["after"]:
        return line.after(asked["after"])
    if asked["before"]:
        return line.before(asked["before"])
    first = [asked["comment"]] if asked["comment"] in line.order else []
    return [*first, *line.candidates(request.session.get(SKIPPED, ()))]


def _number(request: HttpRequest, name: str) -> int:
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


@of_site
@require_POST
def release(request: HttpRequest, site: Site, pk: int) -> HttpResponse:
    """Give the comment back to the queue; this person sees it again when nothing else is left."""
    comment = access_comment(site, pk)
    discussion.release(comment, person(request))
    request.session[SKIPPED] = [*request.session.get(SKIPPED, ()), comment.pk][-SKIPPED_KEPT:]
    return redirect("desk:queue", site.slug)
