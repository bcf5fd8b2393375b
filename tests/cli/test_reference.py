"""The reference page says what the command line takes, no more and no less."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from palabre.cli.main import COMMANDS, PASSED_ON, parser

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    action = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(action.choices)


def documented(command: str) -> dict[str, str]:
    """The rows of a command's section: option and what it says."""
    section = PAGE.split(f"## palabre {command}\n")[1].split("\n## ")[0]
    return {row[0].split()[0]: row[1] for row in re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, re.MULTILINE)}


def taken(command: argparse.ArgumentParser) -> dict[str, str]:
    actions = [action for action in command._actions if not isinstance(action, argparse._HelpAction)]
    return {_name(action): str(action.help) for action in actions}


def _name(action: argparse.Action) -> str:
    if action.option_strings:
        return action.option_strings[-1]
    return f"{{{','.join(action.choices)}}}" if action.choices else str(action.metavar)


def test_every_command_is_listed_with_what_it_does() -> None:
    listed = dict(re.findall(r"^\| \[`(\w+)`\]\(#palabre-\w+\) \| (.*) \|$", PAGE, re.MULTILINE))
    assert listed == {name: module.HELP for name, module in COMMANDS.items()}


def test_every_option_is_described_in_the_same_words() -> None:
    for name, command in commands().items():
        if name not in PASSED_ON:
            assert documented(name) == taken(command), name
