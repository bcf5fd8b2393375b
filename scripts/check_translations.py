"""Fail if a room says something that its French catalogue does not, leaves empty or marks as doubtful.

Strings are collected anew by GNU xgettext (through Django's makemessages) into a copy of each room, so the
catalogues in the tree are only read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "palabre"


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def said(room: Path, scratch: Path) -> Catalog:
    """What ``room`` says now, collected in a copy without its catalogue."""
    copy = scratch / room.name
    shutil.copytree(room, copy, ignore=shutil.ignore_patterns("locale", "__pycache__", "data"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "fr", "--no-wrap", "-v", "0"]
    subprocess.run(command, cwd=copy, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": ""})
    found = copy / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    return catalogue(found) if found.exists() else Catalog()


def problems(room: Path, scratch: Path) -> list[str]:
    """One sentence for each string of ``room`` without sound French."""
    translated = room / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    french = catalogue(translated) if translated.exists() else Catalog()
    wanting = []
    for message in said(room, scratch):
        here = french.get(message.id, message.context) if message.id else message
        if message.id and (here is None or here.fuzzy or not all(_strings(here.string))):
            wanting.append(f"{room.name}: {message.id!r} has no French")
    return wanting


def _strings(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def main() -> int:
    if shutil.which("xgettext") is None:
        print("xgettext is missing: sudo apt-get install gettext", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        rooms = [room for room in sorted(PACKAGE.iterdir()) if (room / "apps.py").exists() or room.name == "config"]
        wanting = [line for room in rooms for line in problems(room, Path(scratch))]
    print("\n".join(wanting) or "translations: complete")
    return 1 if wanting else 0


if __name__ == "__main__":
    raise SystemExit(main())
