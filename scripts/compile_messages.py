"""Compile every room's French catalogue (.po) to the .mo file gettext reads, when it has changed."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogue(source: Path) -> None:
    """Write ``source``'s .mo beside it unless the one there is newer."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return
    with source.open("rb") as file:
        catalogue = read_po(file)
    with target.open("wb") as file:
        write_mo(file, catalogue)


def main(root: Path) -> None:
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        compile_catalogue(source)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "src" / "palabre")
