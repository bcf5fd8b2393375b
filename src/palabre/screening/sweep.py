"""Work of this room that is due: submitted comments nobody has screened. A crash loses nothing: they stay due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from palabre.accounts.models import Site
from palabre.base import clock
from palabre.discussion.models import Comment
from palabre.engine.types import Article
from palabre.rules import RuleBook
from palabre.screening import actions, machine, queries, rulebooks
from palabre.screening.models import RuleBookVersion

Books = dict[int, tuple[RuleBook, RuleBookVersion]]
#: Comments written in one transaction: enough to spare most commits, few enough to let readers' comments in between.
TOGETHER = 20


def sweep(now: datetime | None = None, limit: int = 100) -> int:
    """Screen up to ``limit`` due comments, oldest first; how many were published or held."""
    moment = now or clock.now()
    token = actions.claim_due(limit, moment)
    try:
        return _screen(queries.claimed(token), moment)
    finally:
        actions.release(token)


def rescreen(
    site: Site, now: datetime | None = None, batch: int = 200, progress: Callable[[int], None] | None = None
) -> int:
    """Judge the held comments of ``site`` by the present engine and rule book; how many got a new verdict.

    They stay held: what changes is what the desk shows of them. Stopped half-way, it goes on where it was.
    """
    status = machine.engine_status()
    moment, done, after = now or clock.now(), 0, 0
    book = rulebooks.rule_book(site).hash
    while status.ok and (comments := queries.without_verdict(site, status.version, book, after, batch)):
        _screen_again(comments, moment)
        done, after = done + len(comments), comments[-1].pk
        if progress:
            progress(done)
    return done


def _screen(comments: list[Comment], now: datetime) -> int:
    books: Books = {}
    assessed = machine.assess([question(comment) for comment in comments])
    judged = [(comment, said, *_book(comment, books, now)) for comment, said in zip(comments, assessed, strict=True)]
    return sum(actions.screen_together(judged[at : at + TOGETHER], now) for at in range(0, len(judged), TOGETHER))


def _screen_again(comments: list[Comment], now: datetime) -> None:
    books: Books = {}
    assessed = machine.assess([question(comment) for comment in comments])
    for comment, said in zip(comments, assessed, strict=True):
        actions.screen_again(comment, said, *_book(comment, books, now), now)


def _book(comment: Comment, books: Books, now: datetime) -> tuple[RuleBook, RuleBookVersion]:
    """The rule book of the comment's site, looked up once a batch."""
    site = comment.thread.site
    if site.pk not in books:
        current = rulebooks.current(site)
        books[site.pk] = current.book, actions.use_rule_book(site, current, now)
    return books[site.pk]


def question(comment: Comment) -> machine.Question:
    """What the engine is told: the text, the article as the thread knows it, and the text it answers."""
    thread, parent = comment.thread, comment.parent
    body = "\n\n".join(part for part in (thread.lead, thread.body) if part)
    return machine.Question(
        text=comment.current.text if comment.current else "",
        article=Article(title=thread.title, text=body, byline=thread.byline),
        parent=parent.current.text if parent and parent.current else "",
    )
