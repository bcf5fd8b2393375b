"""A damaged XML file as clean text, piece by piece: the first step of every reader of an XML format."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, cast

from palabre.transfer.records import Loss, TransferRefused

CHUNK = 1 << 16
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_USUAL = ("utf-8", "ascii", "iso8859", "cp125", "koi8", "gb", "big5", "euc", "shift_jis", "mac")
# What XML 1.0 section 2.2 does not allow as a character.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unpacked(file: BinaryIO) -> BinaryIO:
    """``file``, or what is in it if it is packed with gzip, as the exports come by mail."""
    head = file.read(2)
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if head == b"\x1f\x8b" else file


def pieces(file: BinaryIO) -> Iterator[str | Loss]:
    """The text of ``file`` in pieces of some 64 kB, without characters XML forbids; then what had to be dropped.

    Raises ``TransferRefused`` for a file that is not text or a damaged gzip file.
    """
    first = _read(file)
    decoder = _decoder(first)
    bad = 0
    for raw in _chunks(file, first):
        text = decoder.decode(raw, final=not raw).replace("\r\n", "\n")
        clean = _ILLEGAL.sub("", text)
        bad += len(text) - len(clean) + text.count("\ufffd")
        if clean:
            yield clean
    if bad:
        yield Loss(0, f"{bad} characters or bytes that no XML file may hold were dropped or replaced")


def _chunks(file: BinaryIO, first: bytes) -> Iterator[bytes]:
    chunk = first
    while chunk:
        yield chunk
        chunk = _read(file)
    yield b""


def _read(file: BinaryIO) -> bytes:
    try:
        return file.read(CHUNK)
    except (EOFError, gzip.BadGzipFile, io.UnsupportedOperation) as error:
        raise TransferRefused(f"The packed file is damaged ({error}); download it again.") from error


def _decoder(head: bytes) -> codecs.IncrementalDecoder:
    """A forgiving decoder for what the byte-order mark or the declaration says; UTF-8 otherwise."""
    name = next((name for mark, name in _BOMS if head.startswith(mark)), "") or _declared(head)
    return codecs.getincrementaldecoder(name)(errors="replace")


def _declared(head: bytes) -> str:
    """The encoding the XML declaration names, if it is one that files are written in; else UTF-8.

    Python knows stranger ones (unicode_escape, punycode), and UTF-16 cannot be true of what was just read as ASCII.
    """
    found = _DECLARED.search(head[:1000])
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        return "utf-8"
    return name if name.startswith(_USUAL) else "utf-8"
