"""Cut the text of an export into its records, so that damage in one cannot take the others with it.

An export is flat: ``<category>``, ``<thread>`` and ``<post>`` elements under one root. A whole-file parser that
meets a stray ``<`` stops there, and with it every comment after; so the file is cut first and each piece parsed
alone. The buffer never holds more than one record, which bounds the memory whatever the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from palabre.transfer.records import Loss, TransferRefused

#: No honest comment is longer (characters of XML).
RECORD_LIMIT = 1_000_000
#: Text between two records longer than this is no Disqus export.
BETWEEN_LIMIT = 1_000_000

_START = re.compile(r"<(thread|post)(?=[\s>/])|<!(?:DOCTYPE|ENTITY)|<!--", re.IGNORECASE)
_TAIL = 32  # characters a start may need to be told from the end of a piece
_OWN_TAG = re.compile(r"<[^<>]*>")
_WITHIN = {
    "post": re.compile(r"<!\[CDATA\[|<!--|</post\s*>|<post(?=[\s>/])"),
    "thread": re.compile(r"<!\[CDATA\[|<!--|</thread\s*>|<(?:post|thread)(?=[\s>/])"),
}
# Within CDATA Disqus writes "<" as "&lt;": an end tag followed by the next field is a section that was never closed.
_CDATA_END = re.compile(r"\]\]>|(?=</message>\s*<createdAt>)")
_COMMENT_END = re.compile("-->")
_RECORD_LINE = re.compile(r"\n\s*<(?:post|thread)\s[^<>]*[^/<>]>\s*<")


@dataclass(frozen=True, slots=True)
class Piece:
    """The XML of one record and the line it starts at; ``whole`` is false if its own end was missing."""

    kind: str
    line: int
    xml: str
    whole: bool = True


class Splitter:
    """Cuts one file; holds the text not yet cut and how far it has come."""

    def __init__(self) -> None:
        self._text = ""
        self._at = 0
        self._line = 1
        self._between = 0
        self._comments_end = True

    def split(self, texts: Iterable[str | Loss]) -> Iterator[Piece | Loss]:
        """The records in ``texts``, in order. Raises ``TransferRefused`` for entity declarations and shapeless text."""
        for text in texts:
            if isinstance(text, Loss):
                yield text
                continue
            self._text, self._at = self._text[self._at :] + text, 0
            yield from self._cut(final=False)
        ending = "</disqus" in self._text
        yield from self._cut(final=True)
        if not ending:
            yield Loss(self._line, "the file stops before its end mark; the download may have been cut short")

    def _cut(self, final: bool) -> Iterator[Piece | Loss]:
        while start := _START.search(self._text, self._at):
            self._skip_to(start.start())
            found = self._take(start, final)
            if found is None:
                return
            yield from found
        self._skip_to(len(self._text) if final else max(self._at, len(self._text) - _TAIL))

    def _take(self, start: re.Match[str], final: bool) -> list[Piece | Loss] | None:
        """What stands at ``start``; None if its end has not been read yet."""
        if start[0] == "<!--":
            return self._comment(final)
        if start[1] is None:
            raise TransferRefused("The file declares a document type or entities, which no Disqus export does.")
        self._between = 0
        return self._record(start[1].lower(), final)

    def _comment(self, final: bool) -> list[Piece | Loss] | None:
        end = self._text.find("-->", self._at) if self._comments_end else -1
        if end >= 0:
            self._skip_to(end + 3)
            return []
        if not final and self._comments_end and len(self._text) - self._at <= BETWEEN_LIMIT:
            return None
        self._skip_to(self._at + 4)  # read on as if the mark were not there
        lost: list[Piece | Loss] = [Loss(self._line, "a comment mark without an end was passed over")]
        told, self._comments_end = not self._comments_end, False
        return [] if told else lost

    def _record(self, kind: str, final: bool) -> list[Piece | Loss] | None:
        end, whole = _record_end(self._text, self._at, kind)
        if end is None and (final or len(self._text) - self._at > RECORD_LIMIT):
            end = _next_record(self._text, self._at)
        if end is None:
            return None
        piece = Piece(kind, self._line, self._text[self._at : end], whole)
        self._move_to(end)
        return [piece]

    def _skip_to(self, end: int) -> None:
        """Leave text between records, of which there may be only so much."""
        self._between += len(self._text[self._at : end].strip())
        if self._between > BETWEEN_LIMIT:
            raise TransferRefused("This is no Disqus export: a megabyte was read without a thread or post in it.")
        self._move_to(end)

    def _move_to(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        self._at = end


def _record_end(text: str, begin: int, kind: str) -> tuple[int | None, bool]:
    """Where the record at ``begin`` ends (None: not read yet), and whether by its own end tag."""
    own = _OWN_TAG.match(text, begin)
    if own and own[0].endswith("/>"):
        return own.end(), True
    at = begin + 1
    while found := _WITHIN[kind].search(text, at):
        if found[0].startswith("</"):
            return found.end(), True
        if found[0] not in ("<![CDATA[", "<!--"):
            return found.start(), False  # the next record begins inside this one
        close = (_COMMENT_END if found[0] == "<!--" else _CDATA_END).search(text, found.end())
        if close is None:
            return None, False
        at = close.end()
    return None, False


def _next_record(text: str, begin: int) -> int:
    """Where the next record seems to start, whatever marks were left open before it; else the end of ``text``."""
    found = _RECORD_LINE.search(text, begin + 1)
    return found.start() if found else len(text)
