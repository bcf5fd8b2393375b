"""On which line of a TOML text a key stands: the standard parser does not say, and an editor must know.

Only good TOML comes here, so a rough scan is enough. Where it finds nothing (a key inside an inline table, a dotted
key in quotes) the line of the nearest enclosing key is given.
"""

from __future__ import annotations

#: Keys from the root down; a number is the place in an array of tables.
Path = tuple[str | int, ...]
Lines = dict[Path, int]


def locate(text: str) -> Lines:
    """The line, from 1, of every table heading and of every key at the start of a line."""
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), start=1):
        scan.line(line.strip(), number)
    return scan.found


def line_of(path: Path, lines: Lines) -> int:
    """The line of ``path``, or of the nearest thing around it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


class _Scan:
    def __init__(self) -> None:
        self.found: Lines = {(): 1}
        self.counts: dict[Path, int] = {}
        self.here: Path = ()
        self.quotes = ""  # those of a multi-line string that is still open

    def line(self, bare: str, number: int) -> None:
        if not self.quotes and bare.startswith("["):
            self._heading(bare, number)
        elif not self.quotes and "=" in bare and not bare.startswith("#"):
            self._key(bare, number)
        for quotes in ('"""', "'''"):
            if self.quotes in ("", quotes) and bare.count(quotes) % 2:
                self.quotes = "" if self.quotes else quotes

    def _heading(self, bare: str, number: int) -> None:
        *around, last = _parts(bare.lstrip("[").partition("]")[0])
        path: Path = ()
        for part in around:
            path = self._newest((*path, part))
        path = (*path, last)
        if bare.startswith("[["):
            self.counts[path] = self.counts.get(path, 0) + 1
        self.here = self._newest(path)
        self.found.setdefault(path, number)
        self.found.setdefault(self.here, number)

    def _newest(self, path: Path) -> Path:
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def _key(self, bare: str, number: int) -> None:
        path = self.here
        for part in _parts(bare.partition("=")[0]):
            path = (*path, part)
            self.found.setdefault(path, number)


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
