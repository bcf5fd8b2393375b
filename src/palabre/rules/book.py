"""The rule book of a site: the house rules as data, read from one TOML text and named by the hash of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast, get_args

from palabre.engine.types import LABELS
from palabre.rules.errors import RuleBookError
from palabre.rules.lines import Path
from palabre.rules.reading import At, read
from palabre.rules.reasons import REASONS, Reason
from palabre.rules.words import Words

Verify = Literal["every comment", "assisted"]
Does = Literal["hold", "note"]

#: Part of every hash: counts up when the phases come to read the same book differently.
POLICY = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What the form turns down at once. Each is a field of ``[limits]``."""

    max_length: int = 5_000  # characters of a comment
    max_per_window: int = 5  # comments from one truncated address ...
    per_minutes: int = 10  # ... in so many minutes
    correction_minutes: int = 15  # how long after posting an author may still correct
    min_seconds: int = 3  # between showing the form and sending it


#: The smallest and the largest value of each limit.
BOUNDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "max_length": (1, 50_000),
        "max_per_window": (1, 1_000),
        "per_minutes": (1, 1_440),
        "correction_minutes": (0, 1_440),
        "min_seconds": (0, 600),
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One house rule. ``labels`` gives the score of the engine from which it speaks; a rule without labels is
    for people alone. ``does`` says whether a comment it speaks of waits (``hold``) or is only marked (``note``)."""

    id: str
    reason: str
    title: Words
    text: Words
    labels: Mapping[str, float]
    does: Does = "hold"

    @property
    def why(self) -> Reason:
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules of a site, in the order in which readers see them."""

    rules: tuple[Rule, ...]
    notice: Words
    verify: Verify
    limits: Limits
    hash: str

    @classmethod
    def parse(cls, text: str) -> RuleBook:
        """The rule book ``text`` describes; raises RuleBookError with the line and the cure."""
        return _book(read(text))

    @classmethod
    def default(cls) -> RuleBook:
        """The rule book of a site that has written none, in French and English."""
        return _default()

    def rule(self, rule_id: str) -> Rule | None:
        """The rule with that id."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


def default_text() -> str:
    """The TOML of the default rule book: a file to start one's own from."""
    return resources.files(__package__).joinpath("default.toml").read_text(encoding="utf-8")


@cache
def _default() -> RuleBook:
    return RuleBook.parse(default_text())


def _book(root: At) -> RuleBook:
    if not root.value:
        raise RuleBookError("empty", 1)
    parts = root.table(("verify", "notice", "limits", "rules"))
    rules = _rules(root.need("rules"))
    notice = parts["notice"].words() if "notice" in parts else None
    _same_languages(root, rules, notice)
    verify = cast(Verify, parts["verify"].one_of(get_args(Verify))) if "verify" in parts else "every comment"
    limits = _limits(parts["limits"]) if "limits" in parts else Limits()
    notice = notice or _default().notice
    return RuleBook(rules, notice, verify, limits, _hash(rules, notice, verify, limits))


def _limits(at: At) -> Limits:
    return Limits(**{key: child.whole(*BOUNDS[key]) for key, child in at.table(tuple(BOUNDS)).items()})


def _rules(at: At) -> tuple[Rule, ...]:
    items = at.items()
    if not items:
        raise RuleBookError("empty", at.line)
    rules = tuple(_rule(item) for item in items)
    first: dict[str, int] = {}
    for rule, item in zip(rules, items, strict=True):
        if rule.id in first:
            item.need("id").fail("twice", value=rule.id, other=first[rule.id])
        first[rule.id] = item.need("id").line
    return rules


def _rule(at: At) -> Rule:
    parts = at.table(("id", "reason", "title", "text", "labels", "does"))
    return Rule(
        id=at.need("id").identifier(),
        reason=at.need("reason").one_of(tuple(REASONS)),
        title=at.need("title").words(),
        text=at.need("text").words(),
        labels=_labels(parts["labels"]) if "labels" in parts else MappingProxyType({}),
        does=cast(Does, parts["does"].one_of(get_args(Does))) if "does" in parts else "hold",
    )


def _labels(at: At) -> Mapping[str, float]:
    return MappingProxyType({key: child.share() for key, child in sorted(at.table(LABELS).items())})


def _same_languages(root: At, rules: Iterable[Rule], notice: Words | None) -> None:
    """A reader must not find one rule in French and the next only in English."""
    texts = _texts(rules, notice)
    languages = sorted({language for words in texts.values() for language in words})
    for path, words in texts.items():
        for language in languages:
            if language not in words:
                At(None, path, root.lines).fail("no_language", value=language)


def _texts(rules: Iterable[Rule], notice: Words | None) -> dict[Path, Words]:
    texts: dict[Path, Words] = {} if notice is None else {("notice",): notice}
    for place, rule in enumerate(rules):
        texts["rules", place, "title"] = rule.title
        texts["rules", place, "text"] = rule.text
    return texts


def _hash(rules: tuple[Rule, ...], notice: Words, verify: str, limits: Limits) -> str:
    """SHA-256 of what the book says, so that a comment or a blank line in the file makes no new version."""
    content = [POLICY, [_plain(rule) for rule in rules], dict(notice), verify, asdict(limits)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def _plain(rule: Rule) -> list[object]:
    return [rule.id, rule.reason, dict(rule.title), dict(rule.text), dict(rule.labels), rule.does]
