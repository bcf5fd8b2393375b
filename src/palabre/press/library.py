"""The articles on disk: one folder a site, read again when a file changes; a broken file never takes others down.

No database here, so that an ordinary read of an article touches none. What the pages must know of a site (its
name, language and time zone) is its *card*, a small file that the sweep keeps in step with the sites table.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palabre.base.problems import Problem as Announced
from palabre.press import articles
from palabre.press.articles import Article
from palabre.press.frontmatter import MEDIA_FILE, Fault, FrontMatterError

LOOK_EVERY = 1.0  # seconds between two looks at a folder: a busy page does not list it for each reader
MEDIA = "media"
Stamp = tuple[int, int]  # mtime in ns, size


@dataclass(frozen=True)
class Problem:
    """A fault of one article file, as ``doctor`` and the desk show it."""

    path: Path
    line: int
    reason: str


@dataclass(frozen=True)
class Card:
    """What the pages know of a site without the database."""

    slug: str
    name: str
    language: str
    time_zone: str = "UTC"


@dataclass(frozen=True)
class _File:
    """One file as last read: the article or the faults, never both."""

    stamp: Stamp
    article: Article | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """One site's articles at one moment, newest first, and what is wrong in its folder."""

    card: Card
    folder: Path
    articles: Mapping[str, Article]
    faults: tuple[tuple[Path, Fault], ...] = ()
    files: Mapping[Path, _File] = field(default_factory=dict)

    def media(self, name: str) -> Path | None:
        """The picture called ``name`` in this site's media folder, if it is truly inside it."""
        if not MEDIA_FILE.fullmatch(name):
            return None
        folder = (self.folder / MEDIA).resolve()
        path = (folder / name).resolve()
        return path if path.parent == folder and path.is_file() else None


class Library:
    """All sites' articles under ``root``; ``cards`` is the folder of the sites' cards."""

    def __init__(self, root: Path, cards: Path, look_every: float = LOOK_EVERY) -> None:
        self.root = root
        self.cards = cards
        self.look_every = look_every
        self._shelves: dict[str, tuple[float, Shelf]] = {}

    def slugs(self) -> list[str]:
        """The sites that have a card, in order of their slugs."""
        return sorted(path.stem for path in self.cards.glob("*.json"))

    def shelves(self) -> list[Shelf]:
        return [shelf for slug in self.slugs() if (shelf := self.shelf(slug)) is not None]

    def shelf(self, slug: str) -> Shelf | None:
        """The site's articles as they are now (a second ago at most); None where there is no such site."""
        looked, shelf = self._shelves.get(slug, (0.0, None))
        if shelf is not None and time.monotonic() - looked < self.look_every:
            return shelf
        card = read_card(self.cards, slug)
        if card is None:
            self._shelves.pop(slug, None)
            return None
        known = shelf.files if shelf is not None and shelf.card == card else {}
        fresh = read_shelf(card, self.root / slug, known)
        self._shelves[slug] = (time.monotonic(), fresh)
        return fresh

    def problems(self) -> list[Problem]:
        """Every fault of every site's files, in the language now active."""
        found = [pair for shelf in self.shelves() for pair in shelf.faults]
        found += self._homeless()
        return [Problem(path, fault.line, str(fault.reason)) for path, fault in found]

    def _homeless(self) -> Iterator[tuple[Path, Fault]]:
        known = set(self.slugs())
        for path in sorted(self.root.iterdir()) if self.root.is_dir() else []:
            if path.is_dir() and not path.name.startswith(".") and path.name not in known:
                yield path, Fault(1, _("No site has this name, so its articles are not shown."))


def read_shelf(card: Card, folder: Path, before: Mapping[Path, _File]) -> Shelf:
    """Look at ``folder``; a file whose time and size are those in ``before`` is not read again."""
    files = {path: _look(path, before.get(path), card.language) for path in _paths(folder)}
    found = sorted(
        (file.article for file in files.values() if file.article is not None),
        key=lambda article: (article.moment, article.slug),
        reverse=True,
    )
    shelf = Shelf(card, folder, {article.slug: article for article in found}, files=files)
    lost = {article.slug for article in found if article.image and shelf.media(article.image.file) is None}
    shown = {slug: article.without_image() if slug in lost else article for slug, article in shelf.articles.items()}
    return Shelf(card, folder, shown, tuple(_faults(shelf, lost)), files)


def _faults(shelf: Shelf, lost: set[str]) -> Iterator[tuple[Path, Fault]]:
    for path, file in sorted(shelf.files.items()):
        yield from ((path, fault) for fault in file.faults)
        if file.article is not None and file.article.image is not None and file.article.slug in lost:
            picture = file.article.image.file
            yield path, Fault(1, format_lazy(_("There is no picture “{name}” in the media folder."), name=picture))


def _paths(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".md" and path.name[0] not in "._")
    except OSError:
        return []


def _look(path: Path, before: _File | None, language: str) -> _File:
    try:
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        if before is not None and before.stamp == stamp:
            return before
        with path.open("rb") as file:
            data = file.read(articles.MAX_FILE + 1)
    except OSError as error:
        why = format_lazy(_("The file cannot be read: {why}."), why=error.strerror or "")
        return _File((0, -1), None, (Fault(1, why),))
    return _parse(path.stem, data, language, stamp)


def _parse(slug: str, data: bytes, language: str, stamp: Stamp) -> _File:
    try:
        return _File(stamp, articles.parse(slug, data, language))
    except FrontMatterError as error:
        return _File(stamp, None, error.faults)


def read_card(cards: Path, slug: str) -> Card | None:
    """The card of the site ``slug``, or None where there is none or it cannot be read."""
    if not articles.SLUG.fullmatch(slug):
        return None
    try:
        return Card(slug=slug, **json.loads((cards / f"{slug}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def library() -> Library:
    """This installation's library; one per process and folder, so that what was read is kept."""
    return _library(settings.PALABRE_ARTICLES, settings.PALABRE_HOME / "press")


@lru_cache(maxsize=8)
def _library(root: Path, cards: Path) -> Library:
    return Library(root, cards)


def problems() -> list[Problem]:
    """What is wrong in the article files of this installation, for ``doctor`` and the desk."""
    return library().problems()


def problems_of(slug: str) -> list[Announced]:
    """The same of one site, as the desk shows all rooms' problems."""
    shelf = library().shelf(slug)
    return [_announce(path, fault) for path, fault in shelf.faults] if shelf is not None else []


def _announce(path: Path, fault: Fault) -> Announced:
    where = gettext("{file}, line {line}").format(file=path.name, line=fault.line)
    return Announced(where, str(fault.reason))
