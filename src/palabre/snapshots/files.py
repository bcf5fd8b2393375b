"""The files of published threads: where they lie, how they are written and read. No database.

Each file is replaced as a whole, its ``.br`` and ``.gz`` twins first, so that a plain file never lacks them. A new
page is there before page 1 points to it, a superfluous one goes after page 1 has stopped doing so. Whoever writes
a folder holds its lock; the lock goes with the process, however that ends.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import brotli
from django.conf import settings

from palabre.base import files, urls

LOCK = ".lock"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PAGE = re.compile(r"([1-9][0-9]{0,6})\.(?:html|json)")


def site_folder(slug: str) -> Path:
    """The folder of the site's files. Raises ``ValueError`` if ``slug`` can be none."""
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} is not the name of a site")
    return Path(settings.PALABRE_SNAPSHOTS) / slug


def thread_folder(slug: str, name: str) -> Path:
    """The folder of the thread's files. Raises ``ValueError`` if ``slug`` or ``name`` can be none."""
    if not urls.is_thread_name(name):
        raise ValueError(f"{name!r} is not the name of a thread")
    return site_folder(slug) / name


def read(path: Path) -> str | None:
    """The text of a file, or None if there is none (any more)."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only one who writes ``folder``; waits for whoever does."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Put ``contents`` (by file name, in this order) into ``folder``. Raises ``OSError``; each file is old or new."""
    _clear_away(folder)
    for name, content in contents.items():
        files.replace_atomically(folder / f"{name}.br", brotli.compress(content, quality=5))
        files.replace_atomically(folder / f"{name}.gz", gzip.compress(content, compresslevel=6, mtime=0))
        files.replace_atomically(folder / name, content)


def drop_pages(folder: Path, last: int) -> None:
    """Remove the pages after ``last``: the plain file first, for with it goes the page."""
    for path in sorted(folder.iterdir()):
        page = _PAGE.fullmatch(path.name.removesuffix(".br").removesuffix(".gz"))
        if page and int(page[1]) > last:
            path.unlink(missing_ok=True)


def _clear_away(folder: Path) -> None:
    """Remove what a writer that was killed left half written."""
    for path in folder.glob(".new-*"):
        path.unlink(missing_ok=True)
