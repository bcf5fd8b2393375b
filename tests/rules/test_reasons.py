"""Reasons are promises: ids never go away, and each is understood by people and by the transparency database."""

from __future__ import annotations

import ast
from pathlib import Path

import palabre.rules
from palabre.rules import REASONS, say

PROMISED = [
    "off_topic",
    "attack_author",
    "attack_commenter",
    "insult",
    "hate",
    "threat",
    "spam",
    "obscene",
    "personal_data",
    "duplicate",
    "illegal_other",
    "other",
]

#: From the request rules of the DSA Transparency Database, schema v2: those a comment can fall under.
CATEGORIES = {
    "CYBER_VIOLENCE",
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "ILLEGAL_OR_HARMFUL_SPEECH",
    "OTHER_VIOLATION_TC",
    "VIOLENCE",
}
KEYWORDS = {"CYBER_BULLYING_INTIMIDATION", "HATE_SPEECH", "INCITEMENT_VIOLENCE_HATRED", "HIDDEN_ADVERTISEMENT", "OTHER"}


def test_no_promised_reason_is_missing_and_none_is_unpromised():
    assert list(REASONS) == PROMISED


def test_each_reason_has_a_category_and_a_keyword_of_the_transparency_database():
    for reason in REASONS.values():
        assert reason.category in CATEGORIES
        assert reason.keyword in KEYWORDS


def test_what_the_law_forbids_is_illegal_content_and_the_rest_against_the_rules():
    illegal = {reason.id for reason in REASONS.values() if reason.ground == "ILLEGAL_CONTENT"}
    assert illegal == {"hate", "threat", "illegal_other"}


def test_words_fall_back_from_a_region_to_a_language_to_english():
    words = REASONS["insult"].words
    assert say(words, "fr-CA") == "Insulte"
    assert say(words, "de") == "Insult"
    assert say({"de": "Beleidigung"}, "fr") == "Beleidigung"
    assert say({}, "fr") == ""


def test_the_rules_know_of_the_house_only_the_types_of_the_engine():
    for file in Path(palabre.rules.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("palabre"):
                assert (node.module or "").startswith(("palabre.rules", "palabre.engine.types")), file
