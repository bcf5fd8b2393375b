"""`palabre import`: bring the comments of another system into a site."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from palabre.cli import home

HELP = "bring in the comments of another system"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=["disqus"], help="what made the file")
    parser.add_argument("file", type=Path, metavar="FILE", help="the export, plain or packed with gzip")
    parser.add_argument("--site", required=True, metavar="SITE", help="short name of the site that receives them")


def run(options: argparse.Namespace) -> int:
    home.start_django()
    from palabre.accounts.models import Site
    from palabre.transfer.actions import import_disqus
    from palabre.transfer.records import TransferRefused

    site = Site.objects.filter(slug=options.site).first()
    if site is None:
        there = ", ".join(Site.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise home.Unusable(f"There is no site {options.site!r} (there are: {there}); palabre init makes one.")
    line = ProgressLine()
    try:
        with options.file.open("rb") as file:
            print(import_disqus(file, site, line))
    except (TransferRefused, OSError) as error:
        print(f"palabre: {options.file}: {error}", file=sys.stderr)
        return 1
    finally:
        line.end()
    return 0


class ProgressLine:
    """One line on a terminal's standard error, drawn at most ten times a second; silent elsewhere."""

    WIDTH = 30

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not self._shown or (now - self._last < 0.1 and done < total):
            return
        self._last = now
        share = done / total if total else 1.0
        bar = "#" * int(share * self.WIDTH)
        sys.stderr.write(f"\r{what:8} [{bar:<{self.WIDTH}}] {share:4.0%}")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line clean for what follows."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
