"""What the desk shows of a comment: the passages, the rules that spoke in words, and every phase."""

from __future__ import annotations

import pytest
from django.utils import translation

from palabre.discussion.models import Comment
from palabre.engine.types import Span
from palabre.screening import queries
from palabre.screening.models import RuleBookVersion
from palabre.screening.sweep import sweep


@pytest.fixture
def insult(engine, rule_file, site, write, noon) -> Comment:
    rule_file(site)
    comment = write("Quel nigaud, ce maire.")
    sweep(noon)
    return comment


def test_the_passage_is_marked_and_the_rule_speaks_to_the_moderator_in_their_language(insult):
    report = queries.report(insult.current, "fr")
    (rule,) = report.rules
    assert (rule.title, rule.text, rule.reason_words, rule.label_words) == (
        "Restez calmes",
        "Pas d’insultes.",
        "Insulte",
        "insulte",
    )
    assert (rule.score, rule.threshold, rule.holds) == (0.9, 0.5, True)
    assert report.spans == rule.spans == (Span(5, 11, "insult", 0.9),)
    assert insult.current.text[5:11] == "nigaud"
    with translation.override("en"):
        assert queries.report(insult.current).rules[0].title == "Stay calm"


def test_every_phase_is_there_in_order_with_what_it_found(insult):
    phases = queries.report(insult.current, "fr").phases
    assert [phase.name for phase in phases] == [
        "assessed",
        "language",
        "judged",
        "disguise",
        "law",
        "house",
        "verification",
    ]
    assert [phase.outcome for phase in phases] == ["pass"] * 5 + ["hold", "pass"]
    assert phases[5].title == "Règles de la maison"
    assert phases[5].evidence == ("Restez calmes",)


def test_the_report_names_language_model_rule_book_and_scores(insult):
    report = queries.report(insult.current)
    assert (report.outcome, report.language, report.model, report.concern) == ("hold", "fr", "fake-1", 0.9)
    assert report.scores[0] == ("insult", 0.9)
    assert report.book == RuleBookVersion.objects.get().hash


def test_an_unscreened_revision_has_no_report(write):
    assert queries.report(write().current) is None


def test_a_report_outlives_a_rule_book_this_version_cannot_read(insult):
    RuleBookVersion.objects.update(text="written = 'by another version'", hash="0" * 64)
    assert queries.report(insult.current).rules[0].title == "calm"


def test_a_queue_is_sorted_by_concern(engine, rule_file, site, write, noon):
    rule_file(site, rule_file(site).read_text().replace("assisted", "every comment"))
    calm, insult, unscreened = write("Un avis."), write("Quel nigaud."), write("Un autre.")
    sweep(noon, limit=2)
    rows = queries.with_concern(Comment.objects.all()).order_by("-concern", "pk")
    assert [(row.pk, row.concern) for row in rows] == [(insult.pk, 0.9), (calm.pk, 0.01), (unscreened.pk, 0.0)]


def test_reading_a_report_costs_one_query(insult, django_assert_num_queries):
    revision = insult.current
    with django_assert_num_queries(1):
        queries.report(revision, "fr")
