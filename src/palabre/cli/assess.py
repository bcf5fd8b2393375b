"""`palabre assess`: comments in bulk through the engine. Its arguments are read by the engine's own room."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence

HELP = "assess comments in bulk: JSON Lines or Parquet in, judged rows out (see palabre assess --help)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="see palabre assess --help")


def main(argv: Sequence[str]) -> int:
    """Hand ``argv`` on; no Django, no installation."""
    return int(importlib.import_module("palabre.engine.evaluate.bulk").main(list(argv)))
