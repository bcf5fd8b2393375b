"""Word lists kept as text files: ``[section]`` lines, then words; ``#`` begins a comment line."""

from __future__ import annotations

from pathlib import Path


def sections(path: Path) -> dict[str, list[str]]:
    """Section name to its lines, in order."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        elif line and not line.startswith("#"):
            found[name].append(line)
    return found
