"""`palabre doctor`: look at everything an installation needs; name each failure with its cure."""

from __future__ import annotations

import argparse

from palabre.cli import home

HELP = "check the installation; each failure comes with its cure"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything is looked at."""


def run(options: argparse.Namespace) -> int:
    home.start_django()
    from palabre.cli.checks import CHECKS, Finding

    failed = 0
    for name, check in CHECKS.items():
        try:
            findings = list(check())
        except Exception as error:  # a check that breaks is a finding, and the others go on
            findings = [
                Finding(f"could not be checked: {error!r}", "See the checks that failed above, then try again.")
            ]
        failed += sum(1 for finding in findings if finding.cure)
        _print(name, [(finding.what, finding.cure) for finding in findings])
    print(f"{failed} to mend." if failed else "Everything is in order.")
    return 1 if failed else 0


def _print(name: str, findings: list[tuple[str, str]]) -> None:
    for what, cure in findings or [("", "")]:
        print(f"{'FAIL' if cure else 'ok':4}  {name}{f': {what}' if what else ''}")
        if cure:
            print(f"      cure: {cure}")
