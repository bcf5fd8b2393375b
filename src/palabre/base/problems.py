"""What is wrong on a site that a person must mend: rooms announce where to ask, the desk and `doctor` show it.

Rooms that may not know each other meet here: the one calls `register` in its ``apps.ready()``, the other `of_site`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: ``where`` (file, with line if known), ``what`` is wrong, and the ``cure`` if there is one."""

    where: str
    what: str
    cure: str = ""


#: Gives the problems of the site with this slug, in the language in force.
Source = Callable[[str], Iterable[Problem]]

_sources: dict[str, Source] = {}


def register(room: str, source: Source) -> None:
    """Ask ``source`` for ``room``'s problems from now on; a second call for the same room replaces the first."""
    _sources[room] = source


def of_site(slug: str) -> list[Problem]:
    """All problems of the site ``slug``. A source that fails is a problem itself and hides no other."""
    return [problem for room, source in sorted(_sources.items()) for problem in _ask(room, source, slug)]


def _ask(room: str, source: Source, slug: str) -> list[Problem]:
    try:
        return list(source(slug))
    except Exception as error:  # whatever it is, the other rooms' problems must still be seen
        log.exception("The problems of %s cannot be told.", room)
        return [Problem(room, f"{type(error).__name__}: {error}")]
