"""The plain form: what is left of a text when writing habits are taken away. Linear, one table look-up a character."""

from __future__ import annotations

import numpy as np

from palabre.engine.text.characters import DROPPED, EXPANDS, codes_of, table, text_of
from palabre.engine.text.folded import Folded

#: Characters that are read; what lies behind is not judged (a site's own limit is far below). Bounds time and memory.
READ = 20_000


def plain(text: str) -> Folded:
    """Lower case without accents, look-alikes and invisible characters; reads at most ``READ`` characters."""
    codes = codes_of(text[:READ])
    mapping, several = table()
    became = mapping[codes]
    places = np.arange(len(codes), dtype=np.int32)
    kept = became != DROPPED
    if (became == EXPANDS).any():
        return _expanded(became, codes.tolist(), several)
    kept_places = places[kept]
    return Folded(text_of(became[kept]), kept_places, kept_places + 1)


def _expanded(became: np.ndarray, codes: list[int], several: dict[int, str]) -> Folded:
    parts: list[str] = []
    starts: list[int] = []
    for place, (new, old) in enumerate(zip(became.tolist(), codes, strict=True)):
        part = several[old] if new == EXPANDS else chr(new) if new != DROPPED else ""
        parts.append(part)
        starts += [place] * len(part)
    places = np.array(starts, dtype=np.int32)
    return Folded("".join(parts), places, places + 1)
