"""What each training source is, how far it is trusted, and what of it is believed.

The weights come from reading rows: comments under articles count most; tweets and forum scrapes were picked by
keyword, and their negatives may be rude, so that only some of their labels are believed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the training folder; ``labels`` are those believed, ``only_positive`` those whose 0 says nothing."""

    name: str
    licence: str
    weight: float
    labels: tuple[str, ...]
    only_positive: tuple[str, ...] = ()
    written: bool = False


_DESK = ("insult", "attack_author", "attack_commenter", "hate", "threat", "obscene", "spam", "off_topic")
_WIKI = ("toxic", "severe", "insult", "hate", "threat", "obscene")
_OURS = "written for this project"

SOURCES: tuple[Source, ...] = (
    *(Source(f"desk_train_{part}", _OURS, 3.0, _DESK, written=True) for part in ("fr_a", "fr_b", "fr_c", "en")),
    *(Source(f"contrast_{lang}", _OURS, 2.0, _DESK[:6], written=True) for lang in ("fr", "en")),
    Source("register_fr", _OURS, 2.0, ("toxic", *_DESK[:6]), written=True),
    Source("civil_spans", "CC0", 0.6, ("toxic", "insult", "obscene", "hate", "threat")),
    Source("wiki6", "labels CC0, text CC BY-SA 3.0", 1.0, _WIKI),
    Source("wiki6_fr_mt", "MIT", 1.0, _WIKI),
    Source("wiki_binary", "labels CC0, text CC BY-SA 3.0", 0.7, ("toxic",)),
    Source("wiki_context", "Apache-2.0", 0.3, ("toxic",)),
    Source("wiki_multi", "labels CC0, text CC BY-SA 3.0", 1.0, ("toxic",)),
    Source("fox", "MIT", 0.3, ("hate", "toxic"), ("toxic",)),
    Source("ftr", "MIT", 0.5, ("hate", "toxic"), ("toxic",)),
    Source("germeval2018", "CC BY 4.0", 0.5, ("toxic", "insult", "hate", "obscene")),
    Source("hatexplain", "MIT/Apache-2.0", 0.3, ("toxic", "hate")),
    Source("identity_neutral", "Apache-2.0", 0.2, ("toxic", "hate")),
    Source("mlma", "MIT", 0.15, ("toxic", "insult", "hate"), ("insult", "hate")),
    Source("stormfront", "CC BY-SA 3.0", 0.3, ("hate", "toxic"), ("toxic",)),
    Source("davidson", "MIT", 0.05, ("toxic", "hate")),
)
BY_NAME = {source.name: source for source in SOURCES}
