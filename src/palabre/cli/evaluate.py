"""`palabre evaluate`: figures on labelled comments. Its arguments are read by the engine's own room."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence

HELP = "measure the engine on labelled comments (see palabre evaluate --help)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="see palabre evaluate --help")


def main(argv: Sequence[str]) -> int:
    """Hand ``argv`` on; no Django, no installation."""
    return int(importlib.import_module("palabre.engine.evaluate").main(list(argv)))
