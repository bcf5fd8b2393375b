"""The statement of reasons: why a comment was refused or removed (Regulation (EU) 2022/2065, article 17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language

from palabre.discussion import queries as discussion
from palabre.discussion.models import Comment
from palabre.rules import REASONS, say
from palabre.screening import queries as screening
from palabre.screening.queries import RuleLine

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
    ``passages`` a program had marked for them; ``by_machine``: a program had drawn attention to the comment.
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
    report = screening.report(comment.current) if comment.current else None
    spoke = report.rules if report else ()
    meant = [rule for rule in spoke if rule.reason == decision.reason]  # not those the person did not follow
    return Statement(
        reason=reason_words(decision.reason),
        words=decision.words,
        decided_at=decision.created_at,
        by_machine=bool(spoke),
        rules=list({rule.id: RuleSaid(rule.title, rule.text) for rule in meant if rule.title}.values()),
        passages=_passages(comment.current.text if comment.current else "", meant),
    )


def reason_words(reason: str) -> str:
    """The reason code in the words of the language in force; the code itself if an older version used it."""
    known = REASONS.get(reason)
    return say(known.words, get_language() or "en") if known else reason


def _passages(text: str, rules: list[RuleLine]) -> list[str]:
    """The marked words, each once, in the order of the text."""
    places = sorted((span.begin, span.end) for rule in rules for span in rule.spans)
    marked = dict.fromkeys(text[begin:end].strip() for begin, end in places)
    return [words for words in marked if words][:PASSAGES]
