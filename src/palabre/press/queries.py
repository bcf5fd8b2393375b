"""What press asks the database, for those few who are served from it."""

from __future__ import annotations

from palabre.discussion.models import Comment, Thread
from palabre.discussion.states import Status


def published(site_slug: str, thread_name: str, number: int) -> Comment | None:
    """The published comment ``number`` of a thread, to be answered."""
    rows = Comment.objects.filter(thread__site__slug=site_slug, thread__name=thread_name, status=Status.PUBLISHED)
    return rows.filter(number=number).first()


def published_ids(thread: Thread) -> set[int]:
    """The ids of every comment readers see."""
    return set(Comment.objects.filter(thread=thread, status=Status.PUBLISHED).values_list("pk", flat=True))


def own_ids(thread: Thread, ids: set[int]) -> set[int]:
    """Which of the comments ``ids`` (a browser's own) readers see in this thread."""
    rows = Comment.objects.filter(thread=thread, status=Status.PUBLISHED, pk__in=ids)
    return set(rows.values_list("pk", flat=True))
