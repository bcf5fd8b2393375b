"""The bundled server answers from the files: right encoding, right tag, no database, nothing outside the folder."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import brotli
import pytest

from palabre.base.urls import thread_name
from palabre.discussion.models import Thread
from palabre.snapshots import server
from palabre.snapshots.server import SnapshotServer, encodings
from palabre.snapshots.sweep import sweep
from tests.conftest import Write

DJANGO = b"Django's answer"


def django(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [DJANGO]


class Answer:
    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status, self.headers, self.body = int(status[:3]), dict(headers), body


class Reader:
    """Asks the server as granian would, with the WSGI standard checked on both sides."""

    def __init__(self, folder: Path) -> None:
        self.application = SnapshotServer(django, folder)

    def get(self, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
        environ: dict[str, Any] = {
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "REQUEST_METHOD": method,
            "QUERY_STRING": query,
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        environ["wsgi.input"] = BytesIO()
        setup_testing_defaults(environ)
        started: list[Any] = []
        result = validator(self.application)(
            environ, lambda status, headers, info=None: started.extend((status, headers))
        )
        body = b"".join(result)
        result.close()  # type: ignore[attr-defined]
        return Answer(started[0], started[1], body)


@pytest.fixture
def reader(folder: Path) -> Reader:
    return Reader(folder)


@pytest.fixture
def page(thread: Thread, published: Write) -> str:
    """The address of a published page."""
    published("Bonjour.")
    sweep()
    return "/d/gazette/tram/1.html"


def test_a_page_is_answered_without_the_database(page: str, reader: Reader, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = reader.get(page)
    assert answer.status == 200
    assert b"Bonjour." in answer.body
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/d/gazette/tram/1.json", "application/json"),
        ("/d/gazette/tram/feed.atom", "application/atom+xml"),
        ("/d/gazette/counts.json", "application/json"),
        ("/d/gazette/feed.atom", "application/atom+xml"),
    ],
)
def test_every_published_file_is_answered(page: str, reader: Reader, path: str, kind: str) -> None:
    answer = reader.get(path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    ("accepted", "order"),
    [
        ("", ("identity",)),
        ("gzip, deflate, br, zstd", ("br", "gzip", "identity")),
        ("gzip", ("gzip", "identity")),
        ("x-gzip", ("gzip", "identity")),
        ("br;q=0, gzip", ("gzip", "identity")),
        ("br;q=0.5, gzip;q=0.8", ("gzip", "br", "identity")),
        ("*", ("br", "gzip", "identity")),
        ("*;q=0", ("identity",)),
        ("identity, gzip;q=0.2", ("identity", "gzip")),
        ("gzip;q=0,br;q=0.000", ("identity",)),
        ("identity;q=0, br", ("br", "identity")),
        ("br;q=nonsense, ;;;,,", ("br", "identity")),
    ],
)
def test_the_encoding_a_browser_likes_best_comes_first(accepted: str, order: tuple[str, ...]) -> None:
    assert encodings(accepted) == order


def test_each_encoding_is_the_same_page_with_a_tag_of_its_own(page: str, reader: Reader) -> None:
    plain, small, old = (reader.get(page, accept_encoding=accepted) for accepted in ("", "gzip, br", "gzip"))
    assert small.headers["Content-Encoding"] == "br"
    assert old.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert brotli.decompress(small.body) == gzip.decompress(old.body) == plain.body
    assert len({answer.headers["ETag"] for answer in (plain, small, old)}) == 3
    assert all(answer.headers["Content-Length"] == str(len(answer.body)) for answer in (plain, small, old))


def test_what_a_reader_has_is_not_sent_again(page: str, reader: Reader) -> None:
    tag = reader.get(page).headers["ETag"]
    assert tag.startswith('"')
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = reader.get(page, if_none_match=known)
        assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert reader.get(page, if_none_match='"other"').status == 200


def test_a_new_page_is_sent_as_soon_as_the_file_was_looked_at(
    page: str, reader: Reader, published: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader.get(page)
    published("Bonsoir.")
    sweep()
    monkeypatch.setattr(server, "FRESH", 0.0)
    second = reader.get(page, if_none_match=first.headers["ETag"])
    assert second.status == 200
    assert b"Bonsoir." in second.body
    assert reader.get(page).body == second.body


def test_a_page_that_went_is_no_longer_sent(
    page: str, reader: Reader, tram: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader.get(page).status == 200
    for path in tram.glob("1.html*"):
        path.unlink()
    monkeypatch.setattr(server, "FRESH", 0.0)
    assert reader.get(page).status == 404


def test_a_head_has_the_headers_and_no_body(page: str, reader: Reader) -> None:
    got, head = reader.get(page), reader.get(page, "HEAD")
    assert head.body == b""
    assert head.headers == got.headers


def test_scripts_of_other_sites_may_ask(page: str, reader: Reader) -> None:
    answer = reader.get(page, "OPTIONS", origin="https://elsewhere.example")
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert reader.get(page, "POST").status == 405


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/2025/le-marché",
        "http://GAZETTE.example/2025/le-march%C3%A9/?utm_source=x&discussion=2#c5",
    ],
)
def test_a_page_is_found_by_the_address_of_its_article(
    thread: Thread, published: Write, reader: Reader, url: str, django_assert_num_queries: Any
) -> None:
    published("Par adresse.")
    Thread.objects.filter(pk=thread.pk).update(name=thread_name("https://gazette.example/2025/le-marché"))
    sweep()
    with django_assert_num_queries(0):
        answer = reader.get("/d/gazette/find", query=f"url={quote(url, safe='')}")
    assert answer.status == 200
    assert b"Par adresse." in answer.body


def test_an_address_without_a_discussion_is_told_its_name(reader: Reader) -> None:
    answer = reader.get("/d/gazette/find", query="url=https://gazette.example/nothing")
    assert answer.status == 404
    assert answer.headers["Palabre-Thread"].startswith("u-")
    assert reader.get("/d/gazette/find", query="url=javascript:alert(1)").status == 400
    assert reader.get("/d/gazette/find").status == 400
    assert reader.get("/d/gazette/find", query="&".join("a=1" for _ in range(99))).status == 400


@pytest.mark.parametrize(
    "path",
    [
        "/d/gazette/../gazette/tram/1.html",
        "/d/gazette/../../secret",
        "/d/../secret/1.html",
        "/d/gazette/tram/.lock",
        "/d/gazette/tram/../../../secret",
        "/d/gazette/tram/1.html/../../../secret",
        "/d/gazette/tram/1.html.br",
        "/d/gazette/tram/01.html",
        "/d/gazette/tram/1.html\n",
        "/d/gazette/tram/1.html\x00",
        "/d/gazette//1.html",
        "/d/Gazette/tram/1.html",
        "/d//etc/passwd",
        "/d/gazette/tram/write",
        "/desk/",
        "/",
        "",
    ],
)
def test_nothing_else_comes_from_the_folder(page: str, folder: Path, reader: Reader, path: str) -> None:
    (folder.parent / "secret").write_text("secret")
    (folder / "secret").write_text("secret")
    assert reader.get(path).body == DJANGO


def test_a_discussion_nobody_wrote_in_is_not_found(reader: Reader) -> None:
    assert reader.get("/d/gazette/nothing/1.html").status == 404
    assert reader.get("/d/gazette/counts.json").status == 404


def test_a_file_that_cannot_be_read_is_an_answer_not_an_error(
    page: str, reader: Reader, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*given: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(server, "_read", broken)
    with caplog.at_level(logging.ERROR):
        assert reader.get(page).status == 503
    assert "could not be served" in caplog.text


def test_the_memory_for_files_is_bounded(
    page: str, reader: Reader, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ROOM", 5000)
    for number in range(20):
        (folder / "gazette" / "tram" / f"{number + 1}.json").write_bytes(b"x" * 1000)
        assert reader.get(f"/d/gazette/tram/{number + 1}.json").status == 200
    assert sum(len(kept.body[0]) for kept in reader.application._kept.values()) <= 5000
    for number in range(3000):
        reader.get(page, accept_encoding=f"gzip, x{number}")
    assert len(reader.application._orders) <= 1001


@pytest.mark.filterwarnings("ignore:No directory at")  # WhiteNoise: nothing is collected in tests
def test_the_application_that_is_served_has_it_before_django(page: str) -> None:
    from palabre.config import wsgi  # importing it starts Django anew

    assert isinstance(wsgi.application, SnapshotServer)
