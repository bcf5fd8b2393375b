"""What an author changed from one revision to the next, word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
#: Beyond this many words the comparison gets slow, and the two texts are shown as one gone, one come.
LONGEST = 3000


class Change(NamedTuple):
    """A stretch of text that was kept, taken out or put in."""

    kind: Literal["kept", "out", "in"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """How ``before`` became ``after``; joined without the ``out`` parts it is ``after`` exactly."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        return [Change("out", before), Change("in", after)]
    return [change for change in _changes(old, new) if change.text]


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for step, old_begin, old_end, new_begin, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            yield Change("kept", "".join(new[new_begin:new_end]))
            continue
        yield Change("out", "".join(old[old_begin:old_end]))
        yield Change("in", "".join(new[new_begin:new_end]))
