"""`palabre`: read the command line, prepare the installation's home, hand over to the command's own file."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType

from palabre import __version__
from palabre.cli import assess, demo, doctor, evaluate, imports, init, manage, serve, worker

COMMANDS: dict[str, ModuleType] = {
    "init": init,
    "serve": serve,
    "worker": worker,
    "import": imports,
    "doctor": doctor,
    "demo": demo,
    "assess": assess,
    "evaluate": evaluate,
    "manage": manage,
}
#: These read their own arguments: whatever follows is theirs.
PASSED_ON: dict[str, Callable[[Sequence[str]], int]] = {
    "assess": assess.main,
    "evaluate": evaluate.main,
    "manage": manage.main,
}


def parser() -> argparse.ArgumentParser:
    """The whole command line, as docs/reference/command-line.md describes it."""
    top = argparse.ArgumentParser("palabre", description="The reader-comments desk of a publisher.")
    top.add_argument("--version", action="version", version=f"palabre {__version__}")
    top.add_argument("--home", metavar="FOLDER", help="the installation's folder (PALABRE_HOME)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        sub = commands.add_parser(name, help=module.HELP, description=module.HELP, add_help=name not in PASSED_ON)
        module.add_arguments(sub)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    rest = _take_home(list(sys.argv[1:] if argv is None else argv))
    try:
        if rest and rest[0] in PASSED_ON:
            return PASSED_ON[rest[0]](rest[1:])
        options = parser().parse_args(rest)
        return int(COMMANDS[options.command].run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has gone; no traceback
        return 1
    except Exception as error:
        return _told(error)


def _take_home(argv: list[str]) -> list[str]:
    """Put ``--home FOLDER`` from the front of ``argv`` into the environment; the rest."""
    if argv[:1] == ["--home"] and len(argv) > 1:
        os.environ["PALABRE_HOME"] = argv[1]
        return argv[2:]
    if argv and argv[0].startswith("--home="):
        os.environ["PALABRE_HOME"] = argv[0].removeprefix("--home=")
        return argv[1:]
    return argv


def _told(error: Exception) -> int:
    """A sentence for what a person can mend; anything else is a fault of ours and shows its traceback."""
    from django.core.exceptions import ImproperlyConfigured

    from palabre.cli.home import Unusable

    if isinstance(error, ImproperlyConfigured | Unusable):
        print(f"palabre: {error}", file=sys.stderr)
        return 2
    raise error


if __name__ == "__main__":
    sys.exit(main())
