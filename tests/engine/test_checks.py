"""The functional cases are many, varied, in both languages, and apart from training."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import palabre.engine
from palabre.engine.evaluate.checks import cases, run
from palabre.engine.evaluate.checks.cases import Case
from palabre.engine.evaluate.obfuscate import DISGUISES, disguised
from palabre.engine.evaluate.slices import REFUSING
from palabre.engine.types import LABELS

CASES = cases.all_cases()


def test_there_are_twenty_five_kinds_of_twenty_cases_in_each_language() -> None:
    for lang in ("fr", "en"):
        kinds = Counter(case.kind for case in CASES if case.lang == lang)
        assert len(kinds) >= 25
        assert min(kinds.values()) >= 20, kinds


def test_both_languages_ask_the_same_kinds() -> None:
    kinds = {lang: {case.kind for case in CASES if case.lang == lang} for lang in ("fr", "en")}
    assert kinds["fr"] == kinds["en"]


def test_no_slot_or_bracket_is_left_and_no_text_is_asked_twice() -> None:
    texts = Counter((case.kind, case.lang, case.text) for case in CASES)
    assert max(texts.values()) == 1
    assert not [case.text for case in CASES if case.kind != "spelling_leet" and set("{}[]") & set(case.text)]


def test_cases_ask_only_of_labels_that_refuse() -> None:
    assert {label for case in CASES for label in case.holds} <= set(REFUSING) <= set(LABELS)


def test_every_disguise_changes_the_word_and_is_the_same_each_time() -> None:
    for name in DISGUISES:
        assert disguised("imbécile", name, 3) != "imbécile"
        assert disguised("imbécile", name, 3) == disguised("imbécile", name, 3)


def test_training_does_not_know_the_cases() -> None:
    for source in (Path(palabre.engine.__file__).parent / "train").glob("*.py"):
        assert "evaluate" not in source.read_text(encoding="utf-8"), source.name


def test_kinds_are_counted_apart_and_wrong_texts_are_shown() -> None:
    engine = palabre.engine.load()
    thanks = Case("thanks", "en", "Thank you, that was a lovely read.")
    impossible = Case("impossible", "en", "Thank you, that was a lovely read.", ("threat",))
    first, second = run.by_kind(engine, cases=[thanks, impossible])
    assert (first.kind, first.n, first.right, first.wrong) == ("thanks", 1, 1.0, ())
    assert (second.right, second.wrong) == (0.0, (impossible.text,))
