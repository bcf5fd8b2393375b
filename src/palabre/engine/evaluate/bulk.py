"""Assess comments in bulk: JSON Lines through a pipe, all cores, order kept, constant memory.

A bad line is reported with its number on standard error and left out; it stops nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from palabre.engine.judge import Engine, load
from palabre.engine.types import Article

#: Comments a process takes at a time, and such chunks waiting for each process: what memory holds at most.
CHUNK = 128
_WAITING = 3
#: The progress line moves every so many comments.
_STEP = 1_000

Numbered = tuple[int, Any]
#: The line's number, then its result or the reason there is none.
Outcome = tuple[int, dict[str, Any] | str]

_engine: Engine | None = None


def main(argv: Sequence[str]) -> int:
    """`palabre assess --jsonl < in > out`, or `palabre assess --parquet IN OUT`; 2 when a file cannot be used."""
    given = _parser().parse_args(argv)
    if given.parquet:
        from palabre.engine.evaluate.parquet import assess_parquet

        source, target = given.parquet
        return assess_parquet(source, target, given.model, given.jobs)
    lines = ((number, line) for number, line in enumerate(sys.stdin.buffer, 1) if line.strip())
    for result in told(assess_all(lines, given.model, given.jobs), sys.stderr):
        sys.stdout.write(json.dumps(result) + "\n")
    return 0


def assess_all(items: Iterable[Numbered], model: Path | None = None, jobs: int | None = None) -> Iterator[Outcome]:
    """Results in the order of the items, a few chunks in flight; ``jobs`` processes (all cores by default)."""
    jobs = jobs or os.cpu_count() or 1
    chunks = _chunks(items)
    first = next(chunks, [])
    if jobs == 1 or len(first) < CHUNK:
        _start(model)
        yield from _assess_chunk(first)
        for chunk in chunks:
            yield from _assess_chunk(chunk)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(model,)) as pool:
        pending: deque[Future[list[Outcome]]] = deque([pool.submit(_assess_chunk, first)])
        for chunk in chunks:
            pending.append(pool.submit(_assess_chunk, chunk))
            if len(pending) > _WAITING * jobs:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def told(outcomes: Iterable[Outcome], errors: TextIO) -> Iterator[dict[str, Any]]:
    """The results; bad lines, a count on a terminal and the closing count go to ``errors``."""
    done, bad, live = 0, 0, errors.isatty()
    for number, outcome in outcomes:
        if isinstance(outcome, str):
            bad += 1
            print(f"line {number}: {outcome}", file=errors)
            continue
        done += 1
        yield outcome
        if live and done % _STEP == 0:
            print(f"\r{done:,} comments assessed", end="", file=errors, flush=True)
    if live or bad:
        print(f"\r{done:,} comments assessed, {bad:,} lines left out", file=errors)


def assess_one(item: Any, engine: Engine) -> dict[str, Any]:
    """One item (a line of JSON, or a mapping) as a plain result; ValueError says what is wrong with it."""
    row = item if isinstance(item, Mapping) else json.loads(item)
    if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
        raise ValueError("there is no text")
    parts = {part: _text(row, f"article_{part}") for part in ("title", "text", "byline")}
    article = Article(**parts) if any(parts.values()) else None
    found = engine.assess(row["text"], article, _text(row, "parent"), _text(row, "lang") or None)
    return {
        "id": row.get("id"),
        "language": found.language,
        "scores": {label: round(score, 5) for label, score in found.scores.items()},
        "spans": [{**asdict(span), "score": round(span.score, 5)} for span in found.spans],
        "model": found.model,
    }


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is not text")
    return value or ""


def _chunks(items: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    steady = iter(items)
    while chunk := list(islice(steady, CHUNK)):
        yield chunk


def _start(model: Path | None) -> None:
    global _engine
    _engine = load(model)


def _assess_chunk(chunk: list[Numbered]) -> list[Outcome]:
    return [(number, _outcome(item)) for number, item in chunk]


def _outcome(item: Any) -> dict[str, Any] | str:
    assert _engine is not None  # noqa: S101 - _start ran in this process
    try:
        return assess_one(item, _engine)
    except (ValueError, RecursionError) as error:
        return str(error) or "not readable"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("palabre assess", description="Assess comments in bulk.")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--jsonl", action="store_true", help="JSON Lines from standard input to standard output (default)"
    )
    form.add_argument("--parquet", nargs=2, type=Path, metavar=("IN", "OUT"), help="from one Parquet file to another")
    parser.add_argument("--jobs", type=int, help="processes; all cores by default")
    parser.add_argument("--model", type=Path, help="another model file than the committed one")
    return parser
