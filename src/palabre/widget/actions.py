"""What a reader's form does, in one transaction: the thread is made together with its first comment or not at all."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404

from palabre.base.turns import writing
from palabre.discussion import actions as discussion
from palabre.discussion.actions import Receipt, Submission
from palabre.widget.places import Place


@writing()
def comment(place: Place, sent: Submission, now: datetime) -> Receipt:
    """Take ``sent`` at ``place``. Raises ``limits.Refused``, and then leaves no thread behind."""
    if place.site is None:
        raise Http404
    thread = place.thread or discussion.open_thread(place.site, place.name, now, url=place.url, title=place.title)
    return discussion.submit(thread, sent, place.limits, now)
