"""The whole policy of a site, in order, on one screen. Every phase runs, so that people see every reason.

A phase looks at the case and says ``pass``, ``note`` or ``hold``. One ``hold`` is enough to make a comment wait for a
person; no phase can refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from palabre.engine.types import UNKNOWN, Assessment
from palabre.rules.book import Rule, RuleBook
from palabre.rules.verdict import Context, PhaseResult, Result, Spoken
from palabre.rules.words import Words


@dataclass(frozen=True, slots=True)
class Case:
    """All that a phase may look at. ``assessment`` is None where no engine could be asked."""

    assessment: Assessment | None
    context: Context
    book: RuleBook
    spoke: tuple[Spoken, ...]


def assessed(case: Case) -> PhaseResult:
    """Was there an engine to ask?"""
    if case.assessment is None:
        return PhaseResult("assessed", "hold", "no_engine")
    return PhaseResult("assessed", "pass")


def language(case: Case) -> PhaseResult:
    """Scores of a text in no known language mean nothing."""
    if case.assessment is not None and case.assessment.language == UNKNOWN:
        return PhaseResult("language", "hold", "unknown_language")
    return PhaseResult("language", "pass")


def judged(case: Case) -> PhaseResult:
    """A rule that holds and of which the engine could judge no label was not checked: a person must. Nor was the end
    of a text longer than the engine reads."""
    if case.assessment is not None and "truncated" in case.assessment.notes:
        return PhaseResult("judged", "hold", "not_read_whole")
    unjudged = tuple(rule.id for rule in case.book.rules if case.assessment and _unjudged(rule, case))
    return PhaseResult("judged", "hold", "not_judged", unjudged) if unjudged else PhaseResult("judged", "pass")


def disguise(case: Case) -> PhaseResult:
    """Letters replaced or torn apart: worth a look, and not a fault by itself."""
    seen = tuple(note for note in case.assessment.notes if note in DISGUISES) if case.assessment else ()
    return PhaseResult("disguise", "note", "disguised", seen) if seen else PhaseResult("disguise", "pass")


def law(case: Case) -> PhaseResult:
    """The rules that stand in the law."""
    return _rules("law", case, by_law=True)


def house(case: Case) -> PhaseResult:
    """The rules of the house."""
    return _rules("house", case, by_law=False)


def verification(case: Case) -> PhaseResult:
    """Does a person verify every comment here?"""
    if case.book.verify == "every comment":
        return PhaseResult("verification", "hold", "every_comment")
    return PhaseResult("verification", "pass")


#: The policy, in the order in which it is shown.
PHASES: tuple[Callable[[Case], PhaseResult], ...] = (
    assessed,
    language,
    judged,
    disguise,
    law,
    house,
    verification,
)

#: Notes of the engine that tell of a text made to be read by people and not by machines.
DISGUISES = ("obfuscated", "mixed_scripts")


def _rules(name: str, case: Case, *, by_law: bool) -> PhaseResult:
    spoke = [spoken for spoken in case.spoke if _by_law(spoken, case.book) == by_law]
    if not spoke:
        return PhaseResult(name, "pass")
    outcome: Result = "hold" if any(spoken.does == "hold" for spoken in spoke) else "note"
    return PhaseResult(name, outcome, "rules_spoke", tuple(dict.fromkeys(spoken.rule for spoken in spoke)))


def _by_law(spoken: Spoken, book: RuleBook) -> bool:
    rule = book.rule(spoken.rule)
    return rule is not None and rule.why.by_law


def _unjudged(rule: Rule, case: Case) -> bool:
    if rule.does != "hold" or not rule.labels or case.assessment is None:
        return False
    return not any(label in case.assessment.scores or _beside_the_point(label, case) for label in rule.labels)


def _beside_the_point(label: str, case: Case) -> bool:
    """No reader is answered, or the text is too short to leave a subject: the label's question does not arise."""
    if label == "attack_commenter":
        return not case.context.has_parent
    if label == "off_topic":
        return case.assessment is not None and "not_enough_text" in case.assessment.notes
    return False


def _words(en: str, fr: str) -> Words:
    return MappingProxyType({"en": en, "fr": fr})


#: What each phase is called on the screen.
TITLES: Mapping[str, Words] = MappingProxyType(
    {
        "assessed": _words("Assessment", "Évaluation"),
        "language": _words("Language", "Langue"),
        "judged": _words("Reach of the machine", "Portée de la machine"),
        "disguise": _words("Disguised spelling", "Graphie déguisée"),
        "law": _words("The law", "La loi"),
        "house": _words("House rules", "Règles de la maison"),
        "verification": _words("Verification by a person", "Vérification par une personne"),
    }
)

#: What a phase may remark, by the id in ``PhaseResult.note``.
NOTES: Mapping[str, Words] = MappingProxyType(
    {
        "no_engine": _words(
            "The engine could not be asked, so nothing was checked by machine.",
            "Le moteur n’a pas pu être interrogé : rien n’a été contrôlé par la machine.",
        ),
        "unknown_language": _words(
            "The language could not be told, so the scores say little.",
            "La langue n’a pas pu être reconnue : les scores disent peu de chose.",
        ),
        "not_judged": _words(
            "The engine cannot judge these rules for this comment.",
            "Le moteur ne sait pas juger ces règles pour ce commentaire.",
        ),
        "not_read_whole": _words(
            "The text is longer than the engine reads; its end was not checked.",
            "Le texte est plus long que ce que lit le moteur : la fin n’a pas été contrôlée.",
        ),
        "disguised": _words(
            "Letters were replaced, torn apart or mixed.",
            "Des lettres ont été remplacées, séparées ou mélangées.",
        ),
        "rules_spoke": _words("These rules spoke.", "Ces règles se sont prononcées."),
        "every_comment": _words(
            "On this site a person verifies every comment.",
            "Sur ce site, une personne vérifie chaque commentaire.",
        ),
    }
)
