"""Does an identity word alone move the score? Subgroup, BPSN and BNSP AUC (Borkan et al. 2019).

Subgroup: positives and negatives that name the group. BPSN: negatives that name it against positives that do not
(low = the word is taken for an attack). BNSP: positives that name it against negatives that do not (low = attacks on
the group are missed).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from palabre.engine.evaluate import metrics
from palabre.engine.evaluate.rows import Judged

#: Words that name a group without insulting it, in French and English.
GROUPS: Mapping[str, str] = {
    "women": r"femmes?|filles?|wom[ae]n|girls?|female",
    "men": r"hommes?|garçons?|m[ae]n|boys?|male",
    "gay": r"gays?|homosexuel(?:le)?s?|homosexuals?|lesbiennes?|lesbians?|lgbt\w*|pédés?",
    "trans": r"trans|transgenres?|transgender|transsexual\w*",
    "muslim": r"musulman(?:e)?s?|islam|muslims?|moslems?",
    "jewish": r"juif|juive|juifs|juives|jews?|jewish",
    "christian": r"chrétien(?:ne)?s?|catholiques?|christians?|catholics?",
    "black": r"noire?s?|blacks?|african[- ]americans?",
    "white": r"blanc(?:he)?s?|whites?",
    "arab": r"arabes?|maghrébin(?:e)?s?|arabs?",
    "migrants": r"immigré(?:e)?s?|migrants?|réfugié(?:e)?s?|immigrants?|refugees?|étrangers?",
    "roma": r"roms?|tsiganes?|gitans?|roma|gypsy|gypsies",
    "disabled": r"handicapé(?:e)?s?|autistes?|disabled|autistic",
}

_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group: rows and positives that name it, and the three areas (NaN under ten rows of a side)."""

    group: str
    n: int
    positives: int
    subgroup: float
    bpsn: float
    bnsp: float


def by_group(judged: Sequence[Judged], label: str = "toxic") -> list[GroupFigures]:
    """The three areas for every group named in at least twenty rows that know the label."""
    known = [one for one in judged if one.row.truth(label) is not None]
    truth = np.array([bool(one.row.truth(label)) for one in known], dtype=np.bool_)
    score = np.array([one.score(label) for one in known])
    lines = (_line(group, _named(known, words), truth, score) for group, words in GROUPS.items())
    return [line for line in lines if line.n >= 2 * _ENOUGH]


def _named(known: Sequence[Judged], words: str) -> metrics.Truth:
    named = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    return np.array([bool(named.search(one.row.text)) for one in known], dtype=np.bool_)


def _line(group: str, named: metrics.Truth, truth: metrics.Truth, score: metrics.Scores) -> GroupFigures:
    inside = named
    bpsn = (named & ~truth) | (~named & truth)
    bnsp = (named & truth) | (~named & ~truth)
    areas = (_area(truth, score, part) for part in (inside, bpsn, bnsp))
    return GroupFigures(group, int(named.sum()), int((named & truth).sum()), *areas)


def _area(truth: metrics.Truth, score: metrics.Scores, part: metrics.Truth) -> float:
    enough = min((part & truth).sum(), (part & ~truth).sum()) >= _ENOUGH
    return metrics.auc(truth[part], score[part]) if enough else float("nan")
