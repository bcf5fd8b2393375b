"""The engine of this process: loaded once, when first asked; without it everything waits for a person."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Protocol

from django.conf import settings

from palabre import engine
from palabre.engine.types import Article, Assessment

log = logging.getLogger(__name__)


class Judge(Protocol):
    """What this room asks of an engine. ``version`` names the model; the same text and version, the same scores."""

    @property
    def version(self) -> str: ...

    def assess(
        self, text: str, article: Article | None = None, parent: str = "", language: str | None = None
    ) -> Assessment: ...


@dataclass(frozen=True, slots=True)
class Question:
    """A text to assess with all that it stands under."""

    text: str
    article: Article
    parent: str = ""


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """For doctor and desk: the engine's ``version``, or the ``problem`` in a sentence (from the engine, English)."""

    version: str = ""
    problem: str = ""

    @property
    def ok(self) -> bool:
        return not self.problem


@dataclass(frozen=True, slots=True)
class _Loaded:
    stamp: object
    judge: Judge | None
    problem: str = ""


_lock = Lock()
_loaded: _Loaded | None = None
_instead: list[Judge | None] = []


def engine_status() -> EngineStatus:
    """Whether the engine can be asked, and which; loads it if it was not."""
    loaded = _current()
    return EngineStatus(loaded.judge.version if loaded.judge else "", loaded.problem)


def assess(questions: list[Question]) -> list[Assessment | None]:
    """One assessment a question, in order; None where the engine is missing or failed on that text."""
    judge = _current().judge
    return [_ask(judge, question) if judge else None for question in questions]


@contextmanager
def using(judge: Judge | None) -> Iterator[None]:
    """Ask ``judge`` instead of the model file; None plays a missing engine. For tests and try-outs."""
    _instead.append(judge)
    try:
        yield
    finally:
        _instead.pop()


def _ask(judge: Judge, question: Question) -> Assessment | None:
    try:
        return judge.assess(question.text, question.article, question.parent)
    except Exception:  # one text that breaks the engine must not stop the texts behind it
        log.exception("The engine failed on a text of %s characters; it is held.", len(question.text))
        return None


def _current() -> _Loaded:
    global _loaded
    if _instead:
        judge = _instead[-1]
        return _Loaded(None, judge, "" if judge else "No engine.")
    stamp = _stamp(settings.PALABRE_MODEL)
    with _lock:
        if _loaded is None or _loaded.stamp != stamp:
            _loaded = _load(settings.PALABRE_MODEL, stamp)
        return _loaded


def _load(path: Path | None, stamp: object) -> _Loaded:
    try:
        return _Loaded(stamp, engine.load(path, settings.PALABRE_PASSES))
    except (engine.ModelError, OSError) as error:
        # Logged once: the same file is not tried again until it changes.
        log.error("The engine cannot be loaded, so every comment waits for a person. %s", error)
        return _Loaded(stamp, None, str(error))


def _stamp(path: Path | None) -> object:
    """Changes when the model file does, so that a mended one is taken up without a restart."""
    if path is None:
        return None
    try:
        stat = path.stat()
    except OSError:
        return path
    return path, stat.st_mtime_ns, stat.st_size
