"""The rule book as an editor writes it: what is read, and how a mistake is told with its line and its cure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palabre.engine.types import LABELS
from palabre.rules import REASONS, RuleBook, RuleBookError, default_text
from palabre.rules.errors import MESSAGES

SMALL = """\
verify = "assisted"

[limits]
max_length = 800

[[rules]]
id = "calm"
reason = "insult"
labels = { insult = 0.5 }
title.fr = "Calme"
text.fr = "Restez calmes."

[[rules]]
id = "on_subject"
reason = "off_topic"
[rules.labels]
off_topic = 0.7
[rules.title]
fr = "Sujet"
[rules.text]
fr = \"\"\"
Restez dans
verify = le sujet.
\"\"\"
"""


def error(text: str) -> RuleBookError:
    with pytest.raises(RuleBookError) as caught:
        RuleBook.parse(text)
    return caught.value


def attempt(text: str) -> RuleBook | RuleBookError:
    try:
        return RuleBook.parse(text)
    except RuleBookError as caught:
        return caught


def test_the_default_book_speaks_to_readers_in_french_and_english():
    book = RuleBook.default()
    assert book.verify == "every comment"
    assert (book.limits.max_length, book.limits.correction_minutes) == (5000, 15)
    assert "hors sujet" in book.notice["fr"]
    assert all(set(rule.title) == set(rule.text) == {"fr", "en"} for rule in book.rules)
    assert {rule.id for rule in book.rules if rule.why.by_law} == {"hate", "threat"}
    assert [rule.id for rule in book.rules if rule.does == "note"] == ["obscene"]


def test_a_book_of_ones_own_is_read_as_written():
    book = RuleBook.parse(SMALL)
    assert [rule.id for rule in book.rules] == ["calm", "on_subject"]
    assert (book.verify, book.limits.max_length, book.limits.per_minutes) == ("assisted", 800, 10)
    assert book.rules[1].labels == {"off_topic": 0.7}
    assert book.notice == RuleBook.default().notice


def test_the_hash_follows_what_the_book_says_and_not_how_it_is_laid_out():
    same = "# a remark\r\n" + SMALL.replace("\n\n", "\n\n\n").replace("\n", "\r\n")
    assert RuleBook.parse(same).hash == RuleBook.parse(SMALL).hash
    assert RuleBook.parse(SMALL.replace("0.7", "0.8")).hash != RuleBook.parse(SMALL).hash
    assert RuleBook.parse(SMALL.replace("Calme", "Du calme")).hash != RuleBook.parse(SMALL).hash
    assert RuleBook.parse("\ufeff" + default_text()).hash == RuleBook.default().hash


@pytest.mark.parametrize("text", ["", "\n", "# only a remark\n", "rules = []\n"])
def test_an_empty_file_is_told_as_such(text):
    assert error(text).code == "empty"


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ('verify = "assisted"', 'verfy = "assisted"', 1, "unknown_key"),
        ('verify = "assisted"', 'verify = "asisted"', 1, "not_choice"),
        ('verify = "assisted"', "verify = assisted", 1, "not_toml"),
        ('verify = "assisted"', "verify = true", 1, "not_string"),
        ("max_length = 800", "max_lenght = 800", 4, "unknown_key"),
        ("max_length = 800", "max_length = 0", 4, "not_whole"),
        ("max_length = 800", "max_length = true", 4, "not_whole"),
        ("max_length = 800", "max_length = 80.5", 4, "not_whole"),
        ("[limits]\nmax_length = 800", "limits = 800", 3, "not_table"),
        ("insult = 0.5", "insults = 0.5", 9, "unknown_key"),
        ("insult = 0.5", "insult = 0", 9, "not_share"),
        ("insult = 0.5", "insult = 1.01", 9, "not_share"),
        ("insult = 0.5", "insult = -inf", 9, "not_share"),
        ("insult = 0.5", "insult = nan", 9, "not_share"),
        ("insult = 0.5", 'insult = "high"', 9, "not_share"),
        ("insult = 0.5", "insult = true", 9, "not_share"),
        ("off_topic = 0.7", "off_topic = 7", 17, "not_share"),
        ('reason = "insult"', 'reason = "insulte"', 8, "not_choice"),
        ('reason = "insult"\n', "", 6, "missing"),
        ('id = "calm"', 'id = "Calm!"', 7, "bad_id"),
        ('id = "calm"', 'id = "on_subject"', 14, "twice"),
        ('title.fr = "Calme"', 'title.fr = " "', 10, "not_string"),
        ('title.fr = "Calme"', 'title.french = "Calme"', 10, "bad_language"),
        ('title.fr = "Calme"', 'title = "Calme"', 10, "not_table"),
        ('title.fr = "Calme"', 'title.fr = "Calme"\ntitle.en = "Calm"', 12, "no_language"),
        ("[[rules]]", "[[rule]]", 6, "unknown_key"),
        ("[[rules]]", "[rules]", 13, "not_toml"),
        ('"""\n', "", 21, "not_toml"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, line, code):
    assert old in SMALL
    caught = error(SMALL.replace(old, new))
    assert (caught.code, caught.line) == (code, line)


def test_a_typo_is_told_with_what_was_probably_meant():
    assert "Did you mean “off_topic”?" in str(error(SMALL.replace("off_topic = 0.7", "of_topic = 0.7")))
    assert "« assisted »" in error(SMALL.replace('"assisted"', '"asisted"')).say("fr")


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "a = " + "[" * 50_000, "a=1\n" * 60_000, "\0", "\ud800 = 1", "a = 1\na = 2"]
)
def test_a_hostile_file_is_refused_with_a_sentence(text):
    assert error(text).code in ("not_toml", "too_big")


@given(st.text(max_size=200) | st.lists(st.sampled_from(SMALL.split("\n")), max_size=40).map("\n".join))
def test_whatever_the_text_there_is_a_book_or_an_error_in_both_languages(text):
    caught = attempt(text)
    if isinstance(caught, RuleBookError):
        assert 1 <= caught.line <= text.count("\n") + 1
        assert caught.say("fr") != caught.say("en")


@given(st.sampled_from(LABELS), st.floats(min_value=0, max_value=1, exclude_min=True))
def test_every_label_and_every_share_may_stand_in_a_rule(label, threshold):
    book = RuleBook.parse(SMALL.replace("insult = 0.5", f"{label} = {threshold!r}"))
    assert book.rules[0].labels == {label: threshold}


def test_every_reason_may_stand_in_a_rule():
    for reason in REASONS:
        assert RuleBook.parse(SMALL.replace('"insult"', f'"{reason}"')).rules[0].why is REASONS[reason]


def test_every_message_is_written_in_both_languages():
    assert all(set(words) == {"en", "fr"} for words in MESSAGES.values())
