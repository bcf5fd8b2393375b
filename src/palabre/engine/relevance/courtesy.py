"""Replies no one calls off topic: thanks, agreements, questions, and texts too short to tell."""

from __future__ import annotations

import re

from palabre.engine.relevance.words import count, fold

#: Below this many words (or two words of content) there is not enough text to tell.
ENOUGH_WORDS = 6
#: An agreement or a thanks longer than this has something else to say too.
_BRIEF = 14
_ONE_QUESTION = 30

_THANKS = re.compile(
    r"\b(merci|remercie|thanks?|thank you|thx|cheers|bravo|felicitations|chapeau|well done|well said|bien dit"
    r"|great (?:article|piece|comment)|good (?:point|article|piece)|nice (?:article|piece)"
    r"|(?:bel|bon|excellent) article)\b"
)
_AGREEMENT = re.compile(
    r"\b(d'?accord|entierement d accord|tout a fait|exactement|exact|bien vu|pareil|idem|100 ?%|plus un|je confirme"
    r"|vous avez raison|tu as raison|t'as raison|je pense comme|meme avis|j'approuve|agreed?|i agree|exactly|same here"
    r"|you(?:'re| are) (?:so |absolutely |quite )?right|spot on|hear,? hear"
    r"|couldn't agree more|my thoughts|quite right)\b"
    r"|(?:^|\s)\+ ?1\b"
)
_REFUSAL = re.compile(r"\b(pas d'?accord|(?:don'?t|do not|disagree|can'?t) agree|disagree)\b")


def courtesy(text: str) -> str:
    """``"thanks"``, ``"agreement"`` or ``"question"`` when that is all the text is, else ``""``."""
    folded = fold(text[:400]).replace("’", "'").strip()
    length = count(text)
    if length <= _BRIEF and _THANKS.search(folded):
        return "thanks"
    if length <= _BRIEF and _AGREEMENT.search(folded) and not _REFUSAL.search(folded):
        return "agreement"
    return "question" if length <= _ONE_QUESTION and _is_one_question(folded) else ""


def too_short(text: str) -> bool:
    """Whether a reader too would say: I cannot tell what this is about."""
    return count(text) < ENOUGH_WORDS


def _is_one_question(folded: str) -> bool:
    """One sentence, and it asks."""
    body = folded.rstrip(" !?")
    return folded.endswith("?") and not re.search(r"[.!?…](\s|$)", body)
