"""Deciding: the machine publishes or holds, says why, and never gets bolder when a score rises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.engine.types import LABELS, UNKNOWN, Assessment, Span
from palabre.rules import LABEL_WORDS, REASONS, Context, RuleBook, Verdict, decide
from palabre.rules.phases import NOTES, PHASES, TITLES

DEFAULT = RuleBook.default()
ASSISTED = replace(DEFAULT, verify="assisted")
CLEAN = dict.fromkeys(LABELS, 0.01)

shares = st.floats(0, 1)
scores = st.dictionaries(st.sampled_from(LABELS), shares)
notes = st.sets(st.sampled_from(("obfuscated", "not_enough_text", "mixed_scripts", "truncated", "new_one"))).map(tuple)
languages = st.sampled_from(("fr", "en", "de", UNKNOWN))
assessments = st.builds(
    Assessment, language=languages, scores=scores, spans=st.just(()), model=st.just("m"), notes=notes
)
contexts = st.builds(Context, has_parent=st.booleans())
books = st.sampled_from((DEFAULT, ASSISTED))


def assess(language: str = "fr", notes: tuple[str, ...] = (), **raised: float) -> Assessment:
    return Assessment(language, {**CLEAN, **raised}, (), "fake", notes)


def phase(verdict: Verdict, name: str) -> tuple[str, str]:
    return next((result.outcome, result.note) for result in verdict.phases if result.name == name)


@given(st.none() | assessments, contexts, books)
def test_there_is_no_third_outcome_and_publishing_needs_an_assisted_site(assessment, context, book):
    verdict = decide(assessment, context, book)
    assert verdict.outcome in ("publish", "hold")
    if verdict.outcome == "publish":
        assert book.verify == "assisted"
        assert not any(spoken.does == "hold" for spoken in verdict.spoke)


@given(assessments, contexts, st.sampled_from(LABELS), shares)
def test_raising_a_score_never_turns_hold_into_publish(assessment, context, label, higher):
    raised = {**assessment.scores, label: max(higher, assessment.scores.get(label, 0.0))}
    before = decide(assessment, context, ASSISTED)
    after = decide(replace(assessment, scores=raised), context, ASSISTED)
    if label in assessment.scores:
        assert (before.outcome, after.outcome) != ("hold", "publish")
        assert before.concern <= after.concern


@given(assessments, contexts, st.sampled_from(LABELS))
def test_taking_a_score_away_never_publishes_what_a_rule_about_it_alone_held(assessment, context, label):
    rules = tuple(rule for rule in ASSISTED.rules if set(rule.labels) == {label})
    book = replace(ASSISTED, rules=rules)
    if decide(assessment, context, book).outcome == "hold" and label not in ("attack_commenter", "off_topic"):
        without: Mapping[str, float] = {key: score for key, score in assessment.scores.items() if key != label}
        assert decide(replace(assessment, scores=without), context, book).outcome == "hold"


@given(st.none() | assessments, contexts, books)
def test_a_verdict_survives_json_and_all_phases_speak_in_order(assessment, context, book):
    verdict = decide(assessment, context, book)
    assert Verdict.from_json(json.loads(json.dumps(verdict.as_json(), allow_nan=False))) == verdict
    assert [result.name for result in verdict.phases] == [phase.__name__ for phase in PHASES]
    assert all(result.note in NOTES for result in verdict.phases if result.note)


@given(assessments, contexts)
def test_the_same_input_gives_the_same_verdict(assessment, context):
    assert decide(assessment, context, ASSISTED) == decide(assessment, context, ASSISTED)


def test_a_clean_comment_is_published_on_an_assisted_site():
    verdict = decide(assess(), Context(), ASSISTED)
    assert verdict.outcome == "publish"
    assert verdict.spoke == ()


def test_a_clean_comment_waits_where_people_verify_every_comment():
    verdict = decide(assess(), Context(), DEFAULT)
    assert verdict.outcome == "hold"
    assert phase(verdict, "verification") == ("hold", "every_comment")


def test_without_an_engine_everything_waits_and_the_note_says_so():
    verdict = decide(None, Context(), ASSISTED)
    assert verdict.outcome == "hold"
    assert phase(verdict, "assessed") == ("hold", "no_engine")


def test_an_unknown_language_waits():
    verdict = decide(assess(UNKNOWN), Context(), ASSISTED)
    assert verdict.outcome == "hold"
    assert phase(verdict, "language") == ("hold", "unknown_language")


def test_a_disguise_is_evidence_and_no_fault():
    verdict = decide(assess(notes=("obfuscated",)), Context(), ASSISTED)
    assert verdict.outcome == "publish"
    assert phase(verdict, "disguise") == ("note", "disguised")


def test_every_rule_that_speaks_is_named_with_its_words():
    spans = (Span(3, 8, "insult", 0.9), Span(9, 12, "spam", 0.2))
    verdict = decide(replace(assess(insult=0.9, hate=0.7, obscene=0.9), spans=spans), Context(), ASSISTED)
    assert [(spoken.rule, spoken.label) for spoken in verdict.spoke] == [
        ("insult", "insult"),
        ("hate", "hate"),
        ("obscene", "obscene"),
    ]
    assert verdict.spoke[0].spans == (spans[0],)
    assert phase(verdict, "law") == ("hold", "rules_spoke")
    assert phase(verdict, "house") == ("hold", "rules_spoke")
    assert verdict.concern == 0.9


def test_obscenity_alone_is_only_noted():
    verdict = decide(assess(obscene=0.99), Context(), ASSISTED)
    assert verdict.outcome == "publish"
    assert phase(verdict, "house") == ("note", "rules_spoke")


@pytest.mark.parametrize(("score", "outcome"), [(0.1999, "publish"), (0.2, "hold"), (float("nan"), "hold")])
def test_a_rule_speaks_from_its_threshold_on_and_of_what_is_no_number(score, outcome):
    assert decide(assess(threat=score), Context(), ASSISTED).outcome == outcome


def test_a_rule_the_engine_could_not_judge_is_left_to_a_person():
    scores = {label: score for label, score in CLEAN.items() if label != "hate"}
    verdict = decide(replace(assess(), scores=scores), Context(), ASSISTED)
    assert verdict.outcome == "hold"
    assert [result.evidence for result in verdict.phases if result.name == "judged"] == [("hate",)]


def test_a_text_the_engine_read_only_in_part_is_left_to_a_person():
    verdict = decide(assess(notes=("truncated",)), Context(), ASSISTED)
    assert verdict.outcome == "hold"
    assert phase(verdict, "judged") == ("hold", "not_read_whole")


@pytest.mark.parametrize(
    ("missing", "has_parent", "notes", "outcome"),
    [
        ("attack_commenter", False, (), "publish"),
        ("attack_commenter", True, (), "hold"),
        ("off_topic", False, ("not_enough_text",), "publish"),
        ("off_topic", False, (), "hold"),
    ],
)
def test_a_question_that_does_not_arise_needs_no_answer(missing, has_parent, notes, outcome):
    scores = {label: score for label, score in CLEAN.items() if label != missing}
    verdict = decide(replace(assess(notes=notes), scores=scores), Context(has_parent=has_parent), ASSISTED)
    assert verdict.outcome == outcome


def test_every_phase_note_and_reason_speaks_french_and_english():
    tables = [*TITLES.values(), *NOTES.values(), *(reason.words for reason in REASONS.values()), *LABEL_WORDS.values()]
    assert all(set(words) == {"en", "fr"} for words in tables)
    assert set(TITLES) == {phase.__name__ for phase in PHASES}
    assert list(LABEL_WORDS) == list(LABELS)
