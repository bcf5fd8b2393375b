"""An article: a Markdown file with YAML front matter, read into one frozen value. Pure: no disk, no database."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from palabre.press import frontmatter as head
from palabre.press.frontmatter import Fault, Field, FrontMatterError

MAX_FILE = 1_000_000  # bytes; a hundred-page essay is half of it
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_SLUG = 80


@dataclass(frozen=True)
class Original:
    """Where a translated or reprinted article first appeared."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    url: str = ""
    date: dt.date | None = None
    language: str = ""


@dataclass(frozen=True)
class Image:
    """A picture in the site's media folder, its description and whom it is owed to."""

    file: str
    alt: str
    credit: str = ""


@dataclass(frozen=True)
class Source:
    """Something the article leans on, with its address where there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Comments:
    """Whether readers may comment, and the last day (or moment) on which they may."""

    open: bool = True
    until: dt.date | None = None


@dataclass(frozen=True)
class Article:
    """One article as its file tells it; ``body`` is Markdown as typed, hostile until rendered."""

    slug: str
    title: str
    date: dt.date  # a datetime where the file gives a time
    language: str
    body: str
    lead: str = ""
    author: str = ""
    outlet: str = ""
    original: Original | None = None
    translator: str = ""
    image: Image | None = None
    sources: tuple[Source, ...] = ()
    comments: Comments = Comments()

    @property
    def moment(self) -> dt.datetime:
        """When it appeared, for ordering and feeds: a bare date counts from midnight UTC."""
        return moment(self.date)

    def without_image(self) -> Article:
        return replace(self, image=None)


SPEC: head.Spec = {
    "title": Field(head.text(300), required=True),
    "lead": Field(head.text(1500)),
    "date": Field(head.day, required=True),
    "language": Field(head.language),
    "author": Field(head.text(200)),
    "outlet": Field(head.text(200)),
    "original": Field(
        head.group(
            {
                "title": Field(head.text(300)),
                "author": Field(head.text(200)),
                "outlet": Field(head.text(200)),
                "url": Field(head.url),
                "date": Field(head.day),
                "language": Field(head.language),
            },
            Original,
        )
    ),
    "translator": Field(head.text(200)),
    "image": Field(
        head.group(
            {
                "file": Field(head.media_file, required=True),
                "alt": Field(head.text(1000), required=True),
                "credit": Field(head.text(300)),
            },
            Image,
        )
    ),
    "sources": Field(
        head.many(head.group({"name": Field(head.text(300), required=True), "url": Field(head.url)}, Source))
    ),
    "comments": Field(head.group({"open": Field(head.truth), "until": Field(head.day)}, Comments)),
}


def parse(slug: str, data: bytes, language: str) -> Article:
    """Read an article file; ``language`` is the site's, for an article that names none.

    Raises FrontMatterError with every fault found, each with its line and reason.
    """
    if not SLUG.fullmatch(slug) or len(slug) > MAX_SLUG:
        raise FrontMatterError(Fault(1, _("A file is named in small letters, digits and hyphens: tram-line-four.md.")))
    top, body, before = head.split(_decode(data))
    fields = head.read(head.compose(top), SPEC)
    _check_body(body, before)
    return Article(**{"language": language, **fields, "slug": slug, "body": body.strip("\n") + "\n"})


def moment(day: dt.date) -> dt.datetime:
    """``day`` as an aware time: midnight for a bare date, UTC where no offset is given."""
    if not isinstance(day, dt.datetime):
        return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return day if day.tzinfo else day.replace(tzinfo=dt.UTC)


def _decode(data: bytes) -> str:
    if len(data) > MAX_FILE:
        raise FrontMatterError(Fault(1, format_lazy(_("The file is larger than {limit} bytes."), limit=MAX_FILE)))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FrontMatterError(Fault(line, _("This is not UTF-8 text: save the file as UTF-8."))) from None


def _check_body(body: str, before: int) -> None:
    if not body.strip():
        raise FrontMatterError(Fault(before + 1, _("The article has no body.")))
    hostile = head.HOSTILE.search(body)
    if hostile:
        line = before + body.count("\n", 0, hostile.start()) + 1
        raise FrontMatterError(Fault(line, _("A control or direction character stands in this text.")))
