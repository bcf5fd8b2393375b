"""How good is the engine, on what, and where does it fail? Figures on labelled comments and functional checks."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from palabre.engine.cascade import PASSES, load
from palabre.engine.evaluate.report import as_text, report
from palabre.engine.evaluate.rows import RowError, judge, read
from palabre.engine.evaluate.slices import THRESHOLDS

__all__ = ["main"]


def main(argv: Sequence[str], thresholds: Mapping[str, float] = THRESHOLDS) -> int:
    """`palabre evaluate FILE… [--json] [--model PATH] [--passes NAME]`: print figures; 2 when a file cannot be read.

    ``thresholds`` are those of the rule book the caller holds; the default rule book's otherwise.
    """
    given = _parser().parse_args(argv)
    try:
        rows = [row for path in given.files for row in read(path)]
    except (RowError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    engine = load(given.model, given.passes)
    found = report(judge(rows, engine), engine, thresholds)
    print(json.dumps(found, indent=1, ensure_ascii=False) if given.json else as_text(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("palabre evaluate", description="Measure the engine on labelled comments.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON Lines, plain or gzipped")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--model", type=Path, help="another model file than the committed one")
    parser.add_argument("--passes", choices=PASSES, default="fast", help="which of the engine's passes read (fast)")
    return parser
