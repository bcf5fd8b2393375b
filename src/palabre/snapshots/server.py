"""Answers readers from the files, before Django and without it: no database, no template, no session.

``SnapshotServer`` is WSGI middleware (PEP 3333). What was read lately is kept, ready to send; a look at the file, at
most every ``FRESH`` seconds, tells whether it is still the same. The way of a usual request is one lookup.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from palabre.base import urls

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: Seconds for which a file that was looked at is taken to be the same.
FRESH = 0.2
#: Bytes of files kept in memory at most; when they are full, all are let go.
ROOM = 64 * 1024 * 1024

_FILE = re.compile(
    r"/d/[a-z0-9][a-z0-9-]{0,39}/"
    r"(?:counts\.json|feed\.atom|[a-z0-9][a-z0-9._-]{0,79}/(?:[1-9][0-9]{0,6}\.(?:html|json)|feed\.atom))"
)
_FIND = re.compile(r"/d/(?P<site>[a-z0-9][a-z0-9-]{0,39})/find")
_KINDS = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml",
}
_SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}
_PUBLIC: Headers = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Palabre-Thread"),
    ("X-Content-Type-Options", "nosniff"),
]
_METHODS = "GET, HEAD, OPTIONS"


Order = tuple[str, ...]
Stamp = tuple[int, int, int]


@dataclass(slots=True)
class Kept:
    """A file as it was at ``stamp``, with all that is sent of it."""

    file: str
    stamp: Stamp
    looked: float
    etag: str
    headers: Headers
    unchanged: Headers
    body: list[bytes]


class SnapshotServer:
    """``application``, with the published files of ``folder`` before it. Never raises for a published file."""

    def __init__(self, application: Application, folder: Path) -> None:
        self._application = application
        self._folder = str(folder)
        self._orders: dict[str, Order] = {}
        self._kept: dict[tuple[str, Order], Kept] = {}
        self._size = 0

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if not path.startswith("/d/"):
            return self._application(environ, start_response)
        order = self._orders.get(environ.get("HTTP_ACCEPT_ENCODING", ""), ())
        kept = self._kept.get((path, order))
        if kept is not None and monotonic() - kept.looked < FRESH and environ["REQUEST_METHOD"] == "GET":
            return _send(kept, environ.get("HTTP_IF_NONE_MATCH"), start_response)
        if not _FILE.fullmatch(path) and not _FIND.fullmatch(path):
            return self._application(environ, start_response)
        try:
            return self._answer(path, environ, start_response)
        except Exception:
            log.exception("%r could not be served", path)
            return _say(start_response, "503 Service Unavailable", "This cannot be read at the moment.")

    def _answer(self, path: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method == "OPTIONS":
            return _preflight(start_response)
        if method not in ("GET", "HEAD"):
            return _say(start_response, "405 Method Not Allowed", "This can only be read.", ("Allow", _METHODS))
        try:
            path = _sought(path, environ)
        except ValueError as error:
            return _say(start_response, "400 Bad Request", str(error))
        kept = self._look(path, self._order(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if kept is None:
            return _say(start_response, "404 Not Found", "There is no such discussion yet.", *_thread(path))
        return _send(kept, environ.get("HTTP_IF_NONE_MATCH"), start_response, head=method == "HEAD")

    def _order(self, accepted: str) -> Order:
        """The encodings to try, worked out once for each way browsers say it."""
        order = self._orders.get(accepted)
        if order is None:
            if len(self._orders) > 1000:  # nobody fills the memory by saying it in ever new ways
                self._orders.clear()
            order = self._orders[accepted] = encodings(accepted)
        return order

    def _look(self, path: str, order: Order) -> Kept | None:
        """The file of ``path`` as it is now, in the first encoding of ``order`` there is."""
        kept = self._kept.get((path, order))
        if kept is not None and _stamp(kept.file) == kept.stamp:
            kept.looked = monotonic()
            return kept
        for encoding in order:
            kept = _read(self._folder, path, encoding)
            if kept is not None:
                self._keep(path, order, kept)
                return kept
        self._kept.pop((path, order), None)
        return None

    def _keep(self, path: str, order: Order, kept: Kept) -> None:
        before = self._kept.get((path, order))
        self._size += len(kept.body[0]) - (len(before.body[0]) if before else 0)
        if self._size > ROOM:
            self._kept.clear()
            self._size = len(kept.body[0])
        self._kept[path, order] = kept


def encodings(accepted: str) -> Order:
    """The content codings a client takes, ours in order of its liking (RFC 9110, 12.5.3); what is alike: the smallest.

    ``identity`` is always last resort, even for who refuses it: there would be nothing else to send.
    """
    weights = _weights(accepted)
    otherwise = weights.get("*", 0.0)
    liked = [(weights.get(coding, otherwise), coding) for coding in ("br", "gzip")]
    liked.append((weights.get("identity", weights.get("*", 0.001)), "identity"))
    ordered = sorted((pair for pair in liked if pair[0] > 0), key=lambda pair: -pair[0])
    found = tuple(coding for _, coding in ordered)
    return found if "identity" in found else (*found, "identity")


def _weights(accepted: str) -> dict[str, float]:
    weights: dict[str, float] = {}
    for item in accepted.lower().split(",")[:20]:
        coding, _, parameters = item.partition(";")
        weight = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", parameters)
        weights[coding.strip().replace("x-gzip", "gzip")] = float(weight[1]) if weight else 1.0
    return weights


def _sought(path: str, environ: Environ) -> str:
    """The path of a file; for ``find``, page 1 of the thread of ``?url=``. Raises ``ValueError`` with a sentence."""
    find = _FIND.fullmatch(path)
    if not find:
        return path
    asked = parse_qs(environ.get("QUERY_STRING", ""), max_num_fields=10).get("url", [""])
    return f"/d/{find['site']}/{urls.thread_name(asked[0])}/1.html"


def _thread(path: str) -> Headers:
    """What a thread that is sought would be called, for who would open it."""
    parts = path.split("/")
    return [("Palabre-Thread", parts[3])] if len(parts) == 5 else []


def _read(folder: str, path: str, encoding: str) -> Kept | None:
    """The file as it is, if there is one. ``path`` matches ``_FILE``: it cannot lead out of ``folder``."""
    file = f"{folder}{path[2:]}{_SUFFIXES[encoding]}"
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 - a Path would be made for each read
            status = os.fstat(opened.fileno())
            content = opened.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers, unchanged = _headers(path, encoding, etag, len(content))
    return Kept(file, stamp, monotonic(), etag, headers, unchanged, [content])


def _stamp(file: str) -> Stamp | None:
    try:
        status = os.stat(file)  # noqa: PTH116 - as above
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _headers(path: str, encoding: str, etag: str, length: int) -> tuple[Headers, Headers]:
    """What goes with the file, and what goes with the news that it has not changed."""
    unchanged = [("ETag", etag), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding"), *_PUBLIC]
    kind = path.rpartition(".")[2]
    headers = [("Content-Type", _KINDS[kind]), ("Content-Length", str(length)), *unchanged]
    if encoding != "identity":
        headers.append(("Content-Encoding", encoding))
    if kind == "html":  # a fragment, for other pages to hold
        headers += [("Content-Security-Policy", "default-src 'none'"), ("X-Robots-Tag", "noindex")]
    return headers, unchanged


def _send(kept: Kept, known: str | None, start_response: StartResponse, *, head: bool = False) -> list[bytes]:
    if known is not None and (kept.etag in known or known.strip() == "*"):
        start_response("304 Not Modified", kept.unchanged)
        return []
    start_response("200 OK", kept.headers)
    return [] if head else kept.body


def _preflight(start_response: StartResponse) -> list[bytes]:
    allowed = [
        ("Allow", _METHODS),
        ("Access-Control-Allow-Methods", _METHODS),
        ("Access-Control-Allow-Headers", "If-None-Match"),
        ("Access-Control-Max-Age", "86400"),
    ]
    start_response("204 No Content", [*allowed, *_PUBLIC])
    return []


def _say(start_response: StartResponse, status: str, sentence: str, *headers: tuple[str, str]) -> list[bytes]:
    body = f"{sentence}\n".encode()
    plain = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response(status, [*plain, ("Cache-Control", "no-cache"), *_PUBLIC, *headers])
    return [body]
