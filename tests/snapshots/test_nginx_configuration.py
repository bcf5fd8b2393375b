"""The nginx configuration we document is one: nginx takes it, and serves the same folder with it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from scripts.servers import nginx_configuration

from palabre.discussion.models import Thread
from palabre.snapshots.sweep import sweep
from tests.conftest import Write

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="needs nginx: sudo apt-get install -y nginx-light"
)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def nginx(thread: Thread, published: Write, folder: Path, tmp_path: Path) -> Iterator[int]:
    """nginx on the test's folder; its port."""
    published("Bonjour.")
    sweep()
    port = free_port()
    configuration = nginx_configuration(tmp_path / "nginx", folder, port, backend=free_port())
    subprocess.run(["nginx", "-t", "-q", "-c", configuration], check=True)
    process = subprocess.Popen(["nginx", "-c", configuration])
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")


def get(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_nginx_serves_the_same_files(nginx: int, tram: Path) -> None:
    answer, body = get(nginx, "/d/gazette/tram/1.html")
    assert (answer.status, body) == (200, (tram / "1.html").read_bytes())
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-cache"
    again, _ = get(nginx, "/d/gazette/tram/1.html", If_None_Match=answer.headers["ETag"])
    assert again.status == 304
    small, body = get(nginx, "/d/gazette/tram/1.html", Accept_Encoding="gzip")
    assert small.headers["Content-Encoding"] == "gzip"
    assert body == (tram / "1.html.gz").read_bytes()
    assert get(nginx, "/d/gazette/counts.json")[0].headers["Content-Type"] == "application/json"
    assert get(nginx, "/d/gazette/tram/feed.atom")[0].headers["Content-Type"] == "application/atom+xml"


@pytest.mark.parametrize(
    "path",
    ["/d/gazette/tram/.lock", "/d/gazette/tram/9.html", "/d/gazette/find?url=x", "/d/gazette/tram/1.html.gz", "/"],
)
def test_nginx_leaves_the_rest_to_the_bundled_server(nginx: int, path: str) -> None:
    assert get(nginx, path)[0].status == 502  # nobody listens there in this test
