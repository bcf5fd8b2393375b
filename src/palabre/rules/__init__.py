"""What does the house do about it? The rule book of a site, and the verdict on an assessment.

Pure: no Django, no network, no clock; of the engine it knows only the types. Useful alone::

    from palabre.rules import Context, RuleBook, decide
    verdict = decide(assessment, Context(), RuleBook.default())
"""

from palabre.rules.book import Limits, Rule, RuleBook, default_text
from palabre.rules.deciding import decide
from palabre.rules.errors import RuleBookError
from palabre.rules.labels import LABEL_WORDS
from palabre.rules.reasons import REASONS, Reason
from palabre.rules.verdict import Context, PhaseResult, Spoken, Verdict
from palabre.rules.words import Words, say

__all__ = [
    "LABEL_WORDS",
    "REASONS",
    "Context",
    "Limits",
    "PhaseResult",
    "Reason",
    "Rule",
    "RuleBook",
    "RuleBookError",
    "Spoken",
    "Verdict",
    "Words",
    "decide",
    "default_text",
    "say",
]
