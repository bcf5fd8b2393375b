"""Reads values out of a parsed TOML text, each with its place, and complains in the editor's words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import NoReturn

from palabre.rules.errors import RuleBookError
from palabre.rules.lines import Lines, Path, line_of, locate
from palabre.rules.words import Words

#: A rule book is a page or two; anything longer is a mistake and would only cost time.
LONGEST_FILE = 200_000
LONGEST_TEXT = 5_000

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True, slots=True)
class At:
    """A value of the file together with where it stands."""

    value: object
    path: Path
    lines: Lines

    @property
    def line(self) -> int:
        return line_of(self.path, self.lines)

    @property
    def where(self) -> str:
        """``rules[2].labels.insult``, counting rules from 1 as people do."""
        parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.path]
        return "".join(parts).lstrip(".")

    def fail(self, code: str, **values: object) -> NoReturn:
        raise RuleBookError(code, self.line, where=self.where, **values)

    def table(self, allowed: Collection[str] | None = None) -> dict[str, At]:
        """The values of a table by key; a key that is not ``allowed`` is a mistake."""
        if not isinstance(self.value, dict):
            self.fail("not_table")
        children = {key: At(value, (*self.path, key), self.lines) for key, value in self.value.items()}
        for key, child in children.items():
            if allowed is not None and key not in allowed:
                child.fail("unknown_key", choices=", ".join(allowed), near=_near(key, allowed))
        return children

    def items(self) -> list[At]:
        """The tables of an array of tables."""
        if not isinstance(self.value, list):
            self.fail("not_list")
        return [At(value, (*self.path, place), self.lines) for place, value in enumerate(self.value)]

    def need(self, key: str) -> At:
        """The value under ``key`` of a table, which may not be absent."""
        child = self.table().get(key)
        if child is None:
            At(None, (*self.path, key), self.lines).fail("missing")
        return child

    def string(self) -> str:
        """A text that is not blank."""
        if not isinstance(self.value, str) or not self.value.strip():
            self.fail("not_string")
        if len(self.value) > LONGEST_TEXT:
            self.fail("too_long", most=LONGEST_TEXT)
        return self.value.strip()

    def one_of(self, choices: Collection[str]) -> str:
        """A text out of a closed list."""
        value = self.string()
        if value not in choices:
            self.fail("not_choice", value=value, choices=", ".join(choices), near=_near(value, choices))
        return value

    def identifier(self) -> str:
        """A stable name."""
        value = self.string()
        if not _ID.fullmatch(value):
            self.fail("bad_id", value=value)
        return value

    def whole(self, low: int, high: int) -> int:
        """A whole number in ``low..high``; ``true`` is none, whatever Python thinks."""
        value = self.value
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fail("not_whole", low=low, high=high)
        return value

    def share(self) -> float:
        """A number above 0 and up to 1, which also excludes TOML's ``nan`` and ``inf``."""
        value = self.value
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 1:
            self.fail("not_share")
        return float(value)

    def words(self) -> Words:
        """A text in one or more languages."""
        children = self.table()
        if not children:
            self.fail("missing")
        for key, child in children.items():
            if not _LANGUAGE.fullmatch(key):
                child.fail("bad_language")
        return MappingProxyType({key: child.string() for key, child in sorted(children.items())})


def read(text: str) -> At:
    """The whole text as one table; raises RuleBookError where it is no TOML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > LONGEST_FILE:
        raise RuleBookError("too_big", 1, most=LONGEST_FILE)
    try:
        return At(tomllib.loads(text), (), locate(text))
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(str(error), text) from error
    except RecursionError as error:  # brackets nested by the thousand
        raise RuleBookError("not_toml", 1, detail="nested too deep") from error


def _no_toml(message: str, text: str) -> RuleBookError:
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else len(text.split("\n"))
    return RuleBookError("not_toml", line, detail=_PLACE.sub("", message))


def _near(word: str, choices: Collection[str]) -> str:
    return next(iter(get_close_matches(word, choices, n=1)), "")
