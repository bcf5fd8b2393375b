"""`palabre manage`: Django's own commands, on this installation."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from palabre.cli import home

HELP = "run one of Django's management commands (palabre manage help lists them)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="the command and its arguments")


def main(argv: Sequence[str]) -> int:
    home.start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["palabre manage", *argv])
    return 0
