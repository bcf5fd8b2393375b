"""What the engine's labels are called where people read them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from palabre.rules.words import Words


def _words(en: str, fr: str) -> Words:
    return MappingProxyType({"en": en, "fr": fr})


#: A short name for each label of ``palabre.engine.types.LABELS``.
LABEL_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "toxic": _words("hurtful tone", "ton blessant"),
        "severe": _words("violent tone", "ton violent"),
        "insult": _words("insult", "insulte"),
        "attack_author": _words("attack on the author", "attaque contre l’auteur"),
        "attack_commenter": _words("attack on a reader", "attaque contre un lecteur"),
        "hate": _words("hatred", "haine"),
        "threat": _words("threat", "menace"),
        "obscene": _words("obscenity", "obscénité"),
        "sexual": _words("sexual words", "propos sexuels"),
        "spam": _words("advertising", "publicité"),
        "off_topic": _words("off topic", "hors sujet"),
    }
)
