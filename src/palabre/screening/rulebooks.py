"""The rule book of each site: its file, read again when it changes; a broken one never goes live."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from palabre.accounts.models import Site
from palabre.base.problems import Problem
from palabre.discussion.limits import Limits
from palabre.rules import RuleBook, RuleBookError, default_text
from palabre.screening import queries


@dataclass(frozen=True, slots=True)
class Current:
    """The rule book in force, the text it was read from, and what is wrong with the file if it is not that."""

    book: RuleBook
    text: str
    problem: RuleBookError | None = None


_Stamp = tuple[int, int, int] | None
_read: dict[Path, tuple[_Stamp, Current]] = {}


def rule_book(site: Site) -> RuleBook:
    """The rule book in force on ``site``: its file if good, else the last good one, else the default."""
    return current(site).book


def rule_book_problem(site: Site, language: str | None = None) -> str:
    """What is wrong with the file of ``site`` and how to mend it, or nothing."""
    problem = current(site).problem
    return f"{path_of(site)}: {problem.say(language or get_language() or 'en')}" if problem else ""


def problems_of(slug: str) -> list[Problem]:
    """The same as the desk and ``doctor`` show all rooms' problems."""
    site = Site.objects.filter(slug=slug).first()
    problem = current(site).problem if site else None
    return [Problem(f"{slug}.toml", problem.say(get_language() or "en"))] if problem else []


def limits(site: Site) -> Limits:
    """The hard limits of the form, as ``discussion`` takes them."""
    found = rule_book(site).limits
    return Limits(
        max_length=found.max_length,
        max_comments=found.max_per_window,
        window_minutes=found.per_minutes,
        correction_minutes=found.correction_minutes,
    )


def path_of(site: Site) -> Path:
    """Where the site's file is, whether there is one or not."""
    return Path(settings.PALABRE_RULES) / f"{site.slug}.toml"


def current(site: Site) -> Current:
    """What is in force on ``site``, read again if the file has changed since."""
    path = path_of(site)
    stamp = _stamp(path)
    known = _read.get(path)
    if known is None or known[0] != stamp:
        known = (stamp, _load(site, path, known[1] if known else None) if stamp else _default())
        _read[path] = known
    return known[1]


def _stamp(path: Path) -> _Stamp:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return (0, 0, 0)
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _load(site: Site, path: Path, before: Current | None) -> Current:
    try:
        text = _text(path)
        return Current(RuleBook.parse(text), text)
    except RuleBookError as error:
        return replace(before or _last_used(site), problem=error)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode()
    except UnicodeDecodeError as error:
        raise RuleBookError("not_text", content[: error.start].count(b"\n") + 1) from error
    except OSError as error:
        raise RuleBookError("unreadable", 1, detail=error.strerror or error) from error


def _last_used(site: Site) -> Current:
    """After a restart only the database knows what the last good file said."""
    version = queries.last_rule_book(site)
    try:
        return Current(RuleBook.parse(version.text), version.text) if version else _default()
    except RuleBookError:  # written for another version of Palabre
        return _default()


def _default() -> Current:
    return Current(RuleBook.default(), default_text())
