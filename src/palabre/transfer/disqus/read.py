"""Read a Disqus export as a stream of records: cut, parse each piece alone, mend what is broken, say what was lost.

Nothing is fetched, no entity but XML's five is ever expanded, and every piece has a length and a depth it may not pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import BinaryIO

from lxml import etree

from palabre.transfer.disqus.repair import repaired, with_legal_references
from palabre.transfer.disqus.split import Piece, Splitter
from palabre.transfer.records import Loss, PostRecord, Record, ThreadRecord, TransferRefused
from palabre.transfer.xmltext import pieces, unpacked

#: An export is four elements deep; HTML that was not escaped may add some.
MAX_DEPTH = 40
MAX_KEY = 100
_OPEN = (
    '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
_TRUE = {"true", "1", "yes"}


def read(file: BinaryIO) -> Iterator[Record]:
    """The threads and posts of ``file`` (plain or gzip) in the order of the file, with what was lost between them.

    Raises ``TransferRefused`` for what is no export: entity declarations, absurd nesting, a megabyte of something else.
    """
    found = 0
    for piece in Splitter().split(pieces(unpacked(file))):
        if isinstance(piece, Loss):
            yield piece
            continue
        found += 1
        yield from _records(piece)
    if not found:
        raise TransferRefused("This is no Disqus export: there is neither a thread nor a post in it.")


def _records(piece: Piece) -> Iterator[Record]:
    element, complaints = _parse(piece.xml)
    if not piece.whole:
        yield Loss(piece.line, f"a {piece.kind} without its end was read as far as it goes")
    elif complaints:
        element, left = _parse(repaired(piece.xml))
        yield Loss(piece.line, f"a {piece.kind} was {'read in part' if left else 'mended'} ({complaints[0]})")
    if element is None:
        yield Loss(piece.line, f"a {piece.kind} could not be read at all")
    else:
        yield _post(element, piece.line) if piece.kind == "post" else _thread(element, piece.line)


def _parse(xml: str) -> tuple[etree._Element | None, list[str]]:
    """The record's element, as far as it can be made out, and what the parser complained of.

    A prefix nobody bound loses nothing: the name without it is what is looked for.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(f"{_OPEN}{with_legal_references(xml)}</disqus>".encode(), parser)
    element = None if root is None else next(iter(root), None)
    if element is not None:
        _measure(element)
    return element, [entry.message.split("\n")[0] for entry in parser.error_log.filter_from_fatals()]


def _measure(element: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(element, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise TransferRefused(f"The file nests elements more than {MAX_DEPTH} deep, which no Disqus export does.")


def _thread(element: etree._Element, line: int) -> ThreadRecord:
    return ThreadRecord(
        line=line,
        key=_key(element),
        identifier=_text(element, "id"),
        link=_text(element, "link"),
        title=_text(element, "title"),
        created=_date(_text(element, "createdAt")),
        closed=_flag(element, "isClosed"),
        deleted=_flag(element, "isDeleted"),
    )


def _post(element: etree._Element, line: int) -> PostRecord:
    author = _child(element, "author")
    post = PostRecord(
        line=line,
        key=_key(element),
        thread=_key(_child(element, "thread")),
        parent=_key(_child(element, "parent")),
        name=_text(author, "name") or _text(author, "username"),
        email=_text(author, "email"),
        body=_markup(_child(element, "message")),
        created=_date(_text(element, "createdAt")),
        deleted=_flag(element, "isDeleted"),
        spam=_flag(element, "isSpam"),
    )
    return post if post.key else _named(post, _text(element, "id"))


def _named(post: PostRecord, identifier: str) -> PostRecord:
    """A post without ``dsq:id``, under its other id or else a name that comes out the same at every reading."""
    content = identifier or "\x1f".join((post.thread, post.name, str(post.created), post.body))
    short = 0 < len(identifier) <= MAX_KEY
    key = f"id:{identifier}" if short else f"sha:{sha256(content.encode()).hexdigest()[:32]}"
    return PostRecord(**{**{name: getattr(post, name) for name in post.__slots__}, "key": key})


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child called ``name`` in whatever namespace."""
    if element is None:
        return None
    return next((child for child in element if isinstance(child.tag, str) and _local(child.tag) == name), None)


def _text(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else "".join(map(str, child.itertext())).strip()


def _markup(element: etree._Element | None) -> str:
    """The HTML in ``element``, also when it stands there as elements instead of in a CDATA section."""
    if element is None or not len(element):
        return "" if element is None else (element.text or "").strip()
    inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return ((element.text or "") + inner).strip()


def _key(element: etree._Element | None) -> str:
    """Disqus' own number of a record, ``dsq:id``, with or without its prefix bound."""
    if element is None:
        return ""
    return next((str(value).strip() for name, value in element.attrib.items() if _local(str(name)) == "id"), "")[
        :MAX_KEY
    ]


def _local(name: str) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2]


def _flag(element: etree._Element, name: str) -> bool:
    """A truth value; one that is neither true nor false hides nothing."""
    return _text(element, name).lower() in _TRUE


def _date(text: str) -> datetime | None:
    """An ISO 8601 moment, in UTC where the file says no zone; None if it is none or lies before the Web."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if moment.year >= 1990 else None
