"""The shape of a discussion: who answers whom, how deep, and on which page. Pure.

Fifty root comments with all that was said below them make a page, so that an answer is always on its parent's page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from palabre.discussion.models import Comment
from palabre.discussion.states import Status

ROOTS_A_PAGE = 50
#: Replies are indented so far; deeper ones stand flat below their ancestor and name whom they answer.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A comment where it stands: ``depth`` 0 is a root, ``parent`` the number it answers."""

    comment: Comment
    depth: int
    parent: int | None

    @property
    def number(self) -> int:
        return self.comment.number or 0

    @property
    def level(self) -> int:
        """How far it is indented."""
        return min(self.depth, DEEPEST)

    @property
    def gone(self) -> bool:
        """Only its place is kept, because somebody answered."""
        return self.comment.status != Status.PUBLISHED


@dataclass(frozen=True, slots=True)
class Outline:
    """All pages of a discussion (at least one, perhaps empty), each in reading order."""

    pages: tuple[tuple[Place, ...], ...]
    roots: int
    count: int

    def page_of(self) -> dict[int, int]:
        """The page each number is on."""
        return {place.number: page for page, places in enumerate(self.pages, 1) for place in places}


Children = dict[int | None, list[Comment]]


def outline(comments: Iterable[Comment]) -> Outline:
    """Arrange ``comments`` (as ``discussion.queries.shown`` gives them) into pages."""
    known = sorted(comments, key=lambda comment: comment.number or 0)
    children = _children(known)
    roots = children[None]
    pages = tuple(_page(roots[start : start + ROOTS_A_PAGE], children) for start in range(0, len(roots), ROOTS_A_PAGE))
    count = sum(comment.status == Status.PUBLISHED for comment in known)
    return Outline(pages or ((),), len(roots), count)


def _children(comments: Sequence[Comment]) -> Children:
    """Comments by the one they answer; an answer to what is not shown is a root."""
    keys = {comment.pk for comment in comments}
    children: Children = defaultdict(list)
    for comment in comments:
        children[comment.parent_id if comment.parent_id in keys else None].append(comment)
    return children


def _page(roots: Sequence[Comment], children: Children) -> tuple[Place, ...]:
    return tuple(place for root in roots for place in _branch(root, children))


def _branch(root: Comment, children: Children) -> list[Place]:
    """A root and everything below it; a loop rather than a recursion, for a thread may be thousands deep."""
    found: list[Place] = []
    waiting = [Place(root, 0, None)]
    while waiting:
        place = waiting.pop()
        found.append(place)
        if place.depth == DEEPEST:
            found += _flat(place, children)
        else:
            waiting += reversed(_answers(place, children))
    return found


def _answers(place: Place, children: Children) -> list[Place]:
    return [Place(answer, place.depth + 1, place.number) for answer in children.get(place.comment.pk, [])]


def _flat(place: Place, children: Children) -> list[Place]:
    """All that stands below ``place``, by number."""
    found: list[Place] = []
    waiting = _answers(place, children)
    while waiting:
        next_place = waiting.pop()
        found.append(next_place)
        waiting += _answers(next_place, children)
    return sorted(found, key=lambda below: below.number)
