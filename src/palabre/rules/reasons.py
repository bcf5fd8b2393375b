"""Why a comment is held, refused or removed: stable ids, plain words and the category of the law.

Categories and keywords are those of the DSA Transparency Database (schema v2, Regulation (EU) 2022/2065,
articles 17 and 24(5)). An id never changes its meaning and is never reused: decisions and statements keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from palabre.rules.words import Words


@dataclass(frozen=True, slots=True)
class Reason:
    """One row of the table.

    ``words`` name it to people; ``category`` and ``keyword`` (without their ``STATEMENT_CATEGORY_`` and
    ``KEYWORD_`` prefixes) name it to the transparency database; ``by_law`` says whether the ground is the law
    (``ILLEGAL_CONTENT``) or the site's own rules (``INCOMPATIBLE_CONTENT``).
    """

    id: str
    words: Words
    category: str
    keyword: str
    by_law: bool = False

    @property
    def ground(self) -> str:
        """``decision_ground`` of a statement of reasons, without its ``DECISION_GROUND_`` prefix."""
        return "ILLEGAL_CONTENT" if self.by_law else "INCOMPATIBLE_CONTENT"


def _words(en: str, fr: str) -> Words:
    return MappingProxyType({"en": en, "fr": fr})


_ATTACK = ("CYBER_VIOLENCE", "CYBER_BULLYING_INTIMIDATION")
_SPEECH = "ILLEGAL_OR_HARMFUL_SPEECH"
_TERMS = "OTHER_VIOLATION_TC"

_TABLE = (
    Reason("off_topic", _words("Off topic", "Hors sujet"), _TERMS, "OTHER"),
    Reason("attack_author", _words("Attack on the author", "Attaque contre l’auteur"), *_ATTACK),
    Reason("attack_commenter", _words("Attack on a reader", "Attaque contre un lecteur"), *_ATTACK),
    Reason("insult", _words("Insult", "Insulte"), *_ATTACK),
    Reason("hate", _words("Incitement to hatred", "Incitation à la haine"), _SPEECH, "HATE_SPEECH", by_law=True),
    Reason("threat", _words("Threat", "Menace"), "VIOLENCE", "INCITEMENT_VIOLENCE_HATRED", by_law=True),
    # Not SCAMS_AND_FRAUD: that somebody is a fraudster is more than a refusal of advertising can claim.
    Reason("spam", _words("Advertising or spam", "Publicité ou pourriel"), _TERMS, "HIDDEN_ADVERTISEMENT"),
    Reason("obscene", _words("Obscenity", "Obscénité"), _TERMS, "OTHER"),
    Reason(
        "personal_data",
        _words("Personal data of someone", "Données personnelles d’autrui"),
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "OTHER",
    ),
    Reason("duplicate", _words("Same text again", "Texte déjà envoyé"), _TERMS, "OTHER"),
    Reason(
        "illegal_other", _words("Against the law, other", "Contraire à la loi, autre"), _SPEECH, "OTHER", by_law=True
    ),
    Reason("other", _words("Other reason", "Autre motif"), _TERMS, "OTHER"),
)

#: Every reason by id, in the order in which the desk offers them.
REASONS: Mapping[str, Reason] = MappingProxyType({reason.id: reason for reason in _TABLE})
