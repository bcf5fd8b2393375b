"""The statement of reasons: why a comment was refused or removed (Regulation (EU) 2022/2065, article 17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from palabre.discussion import queries as discussion
from palabre.discussion.models import Comment, Decision, Revision
from palabre.rules import REASONS, say
from palabre.screening import queries as screening
from palabre.widget import queries

PASSAGES = 5


@dataclass(frozen=True, slots=True)
class RuleSaid:
    """A rule of the house in words."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person decided and why.

    ``reason`` names it, ``words`` are the moderator's own, ``rules`` those of the house that say so with the
    ``passages`` a program had marked for them; ``by_machine``: a program had set the comment aside.
    """

    reason: str = ""
    words: str = ""
    decided_at: datetime | None = None
    by_machine: bool = False
    rules: list[RuleSaid] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)


def statement_of(comment: Comment) -> Statement:
    """The statement on ``comment``; an imported one has no decision and so no reason."""
    decision = discussion.last_decision(comment)
    if decision is None:
        return Statement()
    rules, passages = _rules(decision, comment.current)
    return Statement(
        reason=reason_words(decision.reason),
        words=decision.words,
        decided_at=decision.created_at,
        by_machine=queries.set_aside_by_machine(comment),
        rules=rules,
        passages=passages,
    )


def reason_words(reason: str) -> str:
    """The reason code in the words of the language in force; the code itself if an older version used it."""
    known = REASONS.get(reason)
    return say(known.words, get_language() or "en") if known else reason


def _rules(decision: Decision, revision: Revision | None) -> tuple[list[RuleSaid], list[str]]:
    """The rules that spoke for the reason the person gave, not those the person did not follow."""
    report = screening.report(revision) if revision is not None else None
    if report is None or revision is None:
        return [], []
    spoke = [rule for rule in report.rules if rule.reason == decision.reason]
    marked = {revision.text[span.begin : span.end].strip(): None for rule in spoke for span in rule.spans}
    said = {rule.id: RuleSaid(rule.title, rule.text) for rule in spoke if rule.title}
    return list(said.values()), [text for text in marked if text][:PASSAGES]
