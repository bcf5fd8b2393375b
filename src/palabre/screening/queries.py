"""Every read of this room beyond a primary key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Exists, FloatField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from palabre import rules
from palabre.accounts.models import Site
from palabre.discussion.models import Comment, Revision
from palabre.discussion.states import Status
from palabre.engine.types import Span
from palabre.rules.phases import NOTES, TITLES
from palabre.screening.models import RuleBookVersion, Verdict


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that spoke, in words; ``spans`` are characters of the revision's text, end exclusive."""

    id: str
    title: str
    text: str
    reason: str
    reason_words: str
    label: str
    label_words: str
    score: float
    threshold: float
    holds: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """What a phase said, in words; ``outcome`` is ``pass``, ``note`` or ``hold``, ``evidence`` titles or ids."""

    name: str
    title: str
    outcome: str
    note: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All the desk shows of the newest verdict on a revision. ``model`` is empty where no engine was asked."""

    outcome: str
    concern: float
    language: str
    model: str
    book: str
    scores: tuple[tuple[str, float], ...]
    spans: tuple[Span, ...]
    rules: tuple[RuleLine, ...]
    phases: tuple[PhaseLine, ...]


def due(limit: int) -> QuerySet[Comment]:
    """The oldest submitted comments of which no worker has taken the current revision."""
    rows = Comment.objects.filter(status=Status.SUBMITTED, current__isnull=False)
    return rows.filter(current__screening_claim__isnull=True).order_by("created_at", "pk")[:limit]


def claimed(token: str) -> list[Comment]:
    """The comments claimed under ``token`` that are still waiting, with all that the engine is told."""
    rows = Comment.objects.filter(status=Status.SUBMITTED, current__screening_claim__token=token)
    return list(_with_surroundings(rows).order_by("created_at", "pk"))


def without_verdict(site: Site, model: str, book: str, after: int, limit: int) -> list[Comment]:
    """Held comments of ``site`` that ``model`` and ``book`` have not judged, from primary key ``after`` on."""
    judged = Verdict.objects.filter(revision=OuterRef("current"), assessment__model=model, book__hash=book)
    rows = Comment.objects.filter(thread__site=site, status=Status.HELD, current__isnull=False, pk__gt=after)
    return list(_with_surroundings(rows.exclude(Exists(judged))).order_by("pk")[:limit])


def _with_surroundings(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    return rows.select_related("thread__site", "current", "parent__current")


def last_rule_book(site: Site) -> RuleBookVersion | None:
    """The rule book that was last in use on ``site``."""
    return RuleBookVersion.objects.filter(site=site).order_by("-used_at", "-pk").first()


def newest_verdict(revision: Revision) -> Verdict | None:
    """The verdict that counts for ``revision``, with its assessment and rule book."""
    rows = Verdict.objects.filter(revision=revision).select_related("assessment", "book")
    return rows.order_by("-created_at", "-pk").first()


def with_concern(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """``comments`` with ``concern`` (0..1, the newest verdict's; 0 without one), to sort a queue by."""
    newest = Verdict.objects.filter(revision=OuterRef("current")).order_by("-created_at", "-pk")
    concern = Coalesce(Subquery(newest.values("concern")[:1]), Value(0.0), output_field=FloatField())
    return comments.annotate(concern=concern)


def report(revision: Revision, language: str | None = None) -> Report | None:
    """The newest verdict on ``revision`` in the words of ``language`` (the reader's by default); None if unscreened."""
    row = newest_verdict(revision)
    if row is None:
        return None
    return _report(row, rules.Verdict.from_json(row.content), language or get_language() or "en")


def _report(row: Verdict, verdict: rules.Verdict, language: str) -> Report:
    by_id = _rules_of(row.book.hash, row.book.text)
    assessment = row.assessment
    return Report(
        outcome=verdict.outcome,
        concern=verdict.concern,
        language=assessment.language if assessment else "",
        model=assessment.model if assessment else "",
        book=verdict.book,
        scores=tuple(sorted(assessment.scores.items(), key=lambda item: -item[1])) if assessment else (),
        spans=tuple(Span(**span) for span in assessment.spans) if assessment else (),
        rules=tuple(_rule_line(spoken, by_id, language) for spoken in verdict.spoke),
        phases=tuple(_phase_line(result, by_id, language) for result in verdict.phases),
    )


def _rule_line(spoken: rules.Spoken, by_id: Mapping[str, rules.Rule], language: str) -> RuleLine:
    rule = by_id.get(spoken.rule)
    return RuleLine(
        id=spoken.rule,
        title=rules.say(rule.title, language) if rule else spoken.rule,
        text=rules.say(rule.text, language) if rule else "",
        reason=spoken.reason,
        reason_words=rules.say(rules.REASONS[spoken.reason].words, language),
        label=spoken.label,
        label_words=rules.say(rules.LABEL_WORDS.get(spoken.label, {}), language) or spoken.label,
        score=spoken.score,
        threshold=spoken.threshold,
        holds=spoken.does == "hold",
        spans=spoken.spans,
    )


def _phase_line(result: rules.PhaseResult, by_id: Mapping[str, rules.Rule], language: str) -> PhaseLine:
    titles = {key: rules.say(rule.title, language) for key, rule in by_id.items()}
    return PhaseLine(
        name=result.name,
        title=rules.say(TITLES.get(result.name, {}), language) or result.name,
        outcome=result.outcome,
        note=rules.say(NOTES.get(result.note, {}), language),
        evidence=tuple(titles.get(item, item) for item in result.evidence),
    )


@lru_cache(maxsize=64)
def _rules_of(hash_: str, text: str) -> Mapping[str, rules.Rule]:
    """The rules of a stored rule book by id; none if this version of Palabre cannot read it any more."""
    try:
        return {rule.id: rule for rule in rules.RuleBook.parse(text).rules}
    except rules.RuleBookError:
        return {}
