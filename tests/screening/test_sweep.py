"""Every submitted comment is screened: assessed, judged, and published or held, whatever else happens."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import IntegrityError

from palabre.discussion import actions as discussion
from palabre.discussion.limits import Limits
from palabre.discussion.models import AuditEntry
from palabre.discussion.states import Status
from palabre.screening import actions, machine, queries
from palabre.screening.models import Assessment, Claim, Verdict
from palabre.screening.sweep import sweep


def status(comment) -> str:
    comment.refresh_from_db()
    return comment.status


def test_by_default_every_comment_waits_for_a_person(engine, write, noon):
    comment = write("Le tram passe toutes les dix minutes.")
    assert sweep(noon) == 1
    assert status(comment) == Status.HELD
    verdict = queries.newest_verdict(comment.current)
    assert (verdict.outcome, verdict.assessment.model) == ("hold", "fake-1")


def test_on_an_assisted_site_a_clear_comment_appears_and_an_insult_waits(engine, rule_file, site, write, noon):
    rule_file(site)
    clear, insult = write("Le tram passe enfin."), write("Quel nigaud, ce maire.")
    assert sweep(noon) == 2
    assert status(clear) == Status.PUBLISHED
    assert clear.number == 1
    assert status(insult) == Status.HELD


def test_the_audit_entry_names_rules_model_and_rule_book(engine, rule_file, site, write, noon):
    rule_file(site)
    comment = write("Quel nigaud.")
    sweep(noon)
    entry = AuditEntry.objects.filter(comment=comment).last()
    verdict = queries.newest_verdict(comment.current)
    assert entry.actor == "machine"
    assert entry.detail == {"verdict": verdict.pk, "rules": ["calm"], "model": "fake-1", "book": verdict.book.hash}


def test_a_screened_comment_is_not_due_any_more(engine, write, noon):
    write()
    assert sweep(noon) == 1
    assert sweep(noon) == 0
    assert Assessment.objects.count() == Verdict.objects.count() == 1
    assert not Claim.objects.exists()


def test_the_oldest_come_first_and_no_more_than_asked(engine, write, noon):
    comments = [write(f"Avis numéro {number} sur le tram.") for number in range(5)]
    assert sweep(noon, limit=2) == 2
    assert [status(comment) for comment in comments[:3]] == [Status.HELD, Status.HELD, Status.SUBMITTED]
    assert sweep(noon) == 3


def test_a_corrected_text_is_screened_anew(engine, rule_file, site, write, noon):
    rule_file(site)
    comment = write("Quel nigaud.")
    sweep(noon)
    comment.refresh_from_db()
    discussion.correct(comment, "Quelle erreur.", Limits(), noon + timedelta(minutes=1))
    assert sweep(noon + timedelta(minutes=2)) == 1
    assert status(comment) == Status.PUBLISHED
    assert Assessment.objects.count() == 2


def test_the_engine_is_told_the_article_and_the_comment_answered(engine, thread, published, write, noon):
    discussion.describe_thread(thread, lead="Il ouvre lundi.", body="Douze stations.", byline="Anne Roy")
    parent = published("Enfin une bonne nouvelle.")
    write("Oui, vraiment.", parent=parent.number)
    sweep(noon + timedelta(hours=1))
    text, article, said = engine.asked[-1]
    assert (text, said) == ("Oui, vraiment.", "Enfin une bonne nouvelle.")
    assert (article.title, article.text, article.byline) == (
        "Le tram arrive",
        "Il ouvre lundi.\n\nDouze stations.",
        "Anne Roy",
    )


def test_without_an_engine_everything_waits_and_the_note_says_why(no_engine, rule_file, site, write, noon):
    rule_file(site)
    comment = write()
    assert sweep(noon) == 1
    assert status(comment) == Status.HELD
    report = queries.report(comment.current, "fr")
    assert report.model == ""
    assert any("n’a pas pu être interrogé" in phase.note for phase in report.phases)


def test_a_text_that_breaks_the_engine_is_held_and_the_next_ones_are_screened(
    engine, rule_file, site, write, noon, caplog
):
    rule_file(site)
    broken, fine = write("Un bogue dans le tram."), write("Le tram va bien.")
    with caplog.at_level(logging.CRITICAL):
        assert sweep(noon) == 2
    assert (status(broken), status(fine)) == (Status.HELD, Status.PUBLISHED)


@pytest.mark.parametrize("text", ["?!", "👍👍", "12 000"])
def test_a_text_in_no_language_waits_even_on_an_assisted_site(engine, rule_file, site, write, noon, text):
    rule_file(site)
    comment = write(text)
    sweep(noon)
    assert status(comment) == Status.HELD


def test_a_comment_withdrawn_meanwhile_keeps_its_peace(engine, write, noon):
    comment = write()
    token = actions.claim_due(10, noon)
    (seen,) = queries.claimed(token)
    discussion.withdraw(comment, noon)
    assert not screen(seen, noon)
    assert status(comment) == Status.WITHDRAWN
    assert not Verdict.objects.exists()
    assert not Assessment.objects.exists()


def test_a_text_corrected_meanwhile_is_not_published_on_the_old_ones_verdict(engine, rule_file, site, write, noon):
    rule_file(site)
    comment = write("Une belle ligne.")
    token = actions.claim_due(10, noon)
    (seen,) = queries.claimed(token)
    discussion.correct(comment, "Quel nigaud.", Limits(), noon)
    assert not screen(seen, noon)
    assert status(comment) == Status.SUBMITTED
    assert sweep(noon) == 1
    assert status(comment) == Status.HELD


def test_of_two_workers_each_takes_other_comments(engine, write, noon):
    for _ in range(4):
        write(f"Avis {_} sur le tram.")
    first, second = actions.claim_due(3, noon), actions.claim_due(3, noon)
    assert [len(queries.claimed(token)) for token in (first, second)] == [3, 1]


@pytest.mark.parametrize("later", [actions.LEASE + timedelta(seconds=1), timedelta(days=-30)])
def test_what_a_dead_worker_had_claimed_is_due_again_also_when_the_clock_was_wrong(engine, write, noon, later):
    write()
    actions.claim_due(10, noon)  # and then it dies
    assert sweep(noon) == 0
    assert sweep(noon + later) == 1


def test_a_crash_between_keeping_and_moving_keeps_nothing(engine, write, noon, monkeypatch):
    comment = write()
    with monkeypatch.context() as patched:
        patched.setattr(discussion, "hold", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            sweep(noon)
    assert status(comment) == Status.SUBMITTED
    assert not Verdict.objects.exists()
    assert sweep(noon) == 1


def test_the_database_knows_no_verdict_that_refuses(engine, write, noon):
    write()
    sweep(noon)
    with pytest.raises(IntegrityError):
        Verdict.objects.update(outcome="refuse")


def screen(comment, now) -> bool:
    from palabre.screening.rulebooks import current
    from palabre.screening.sweep import question

    found = current(comment.thread.site)
    version = actions.use_rule_book(comment.thread.site, found, now)
    return actions.screen(comment, machine.assess([question(comment)])[0], found.book, version, now)


def _power_cut(*args) -> None:
    raise KeyboardInterrupt
