"""Judging anew happens when somebody asks for it, moves nobody, and can be stopped and gone on with."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from palabre.discussion.states import Status
from palabre.screening import machine, queries
from palabre.screening.fakes import FakeEngine
from palabre.screening.models import Assessment, Verdict
from palabre.screening.sweep import rescreen, sweep

LATER = timedelta(hours=1)


@pytest.fixture
def waiting(no_engine, write, noon):
    """Three comments held while there was no engine."""
    comments = [write(text) for text in ("Un avis.", "Quel nigaud.", "Un autre avis.")]
    sweep(noon)
    return comments


@pytest.fixture
def newer():
    with machine.using(FakeEngine({"nigaud": ("insult", 0.8)}, version="fake-2")):
        yield


def test_held_comments_get_a_newer_verdict_and_stay_held(waiting, newer, site, noon):
    assert rescreen(site, noon + LATER, batch=2) == 3
    for comment in waiting:
        comment.refresh_from_db()
        assert comment.status == Status.HELD
    verdict = queries.newest_verdict(waiting[1].current)
    assert (verdict.assessment.model, verdict.concern) == ("fake-2", 0.8)
    assert Verdict.objects.count() == 6


def test_a_second_time_finds_nothing_to_do(waiting, newer, site, noon):
    rescreen(site, noon + LATER)
    assert rescreen(site, noon + LATER) == 0


def test_a_changed_rule_book_is_a_reason_and_an_assessment_is_not_made_twice(waiting, newer, site, rule_file, noon):
    rescreen(site, noon + LATER)
    rule_file(site)
    assert rescreen(site, noon + 2 * LATER) == 3
    assert Assessment.objects.count() == 3
    assert queries.report(waiting[1].current, "fr").rules[0].title == "Restez calmes"


def test_an_older_rule_book_put_back_counts_again(waiting, newer, site, rule_file, noon):
    path = rule_file(site)
    rescreen(site, noon + LATER)
    path.unlink()
    rescreen(site, noon + 2 * LATER)
    rule_file(site)
    Verdict.objects.filter(book__text__contains="calm").delete()
    rescreen(site, noon + 3 * LATER)
    assert queries.report(waiting[1].current, "fr").rules[0].title == "Restez calmes"


def test_comments_of_other_sites_and_comments_decided_are_left_alone(waiting, newer, other_site, noon):
    assert rescreen(other_site, noon + LATER) == 0


def test_the_command_says_how_many(waiting, newer, site):
    out = StringIO()
    call_command("rescreen", site.slug, stdout=out, stderr=StringIO())
    assert out.getvalue().strip().endswith("3")


def test_the_command_says_what_stops_it(waiting, site):
    with pytest.raises(CommandError, match="There is no site"):
        call_command("rescreen", "nowhere")
    with pytest.raises(CommandError, match="cannot be asked"):
        call_command("rescreen", site.slug)
