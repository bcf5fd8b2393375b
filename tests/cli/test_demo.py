"""`palabre demo`: one command, no question, an article with its discussion; the second start is quick."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .conftest import Palabre
from .test_installation import free_port, get


@contextmanager
def demo(environment: dict[str, str], data: Path, port: int) -> Iterator[dict[str, str]]:
    """The demonstration once it is ready: what it printed, by the first word of the line."""
    command = [sys.executable, "-m", "palabre.cli.main", "demo", "--data", str(data), "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, env=environment, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, text=True
    ) as process:
        watchdog = threading.Timer(120, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            printed: dict[str, str] = {}
            while "ready" not in printed and (line := process.stdout.readline()):
                word, _, rest = line.strip().partition(" ")
                printed[word] = rest.strip()
            yield printed
        finally:
            watchdog.cancel()
            process.terminate()


def test_the_demonstration_shows_an_article_with_its_discussion_and_starts_quickly_again(
    environment: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    with demo(environment, tmp_path / "data", port) as first:
        base = first["ready"].rstrip("/")
        assert get(base, first["Article"].removeprefix(base)) == 200
        assert "password: " in first["Sign"]
        assert first["Stop"] == "Ctrl-C"
    with demo(environment, tmp_path / "data", port) as second:
        assert "ready" in second
    assert "Loading" in first
    assert "Loading" not in second, "what is there already is not loaded again"


def test_a_port_given_but_taken_is_told_in_a_sentence(palabre: Palabre, tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        done = palabre("demo", "--data", str(tmp_path / "data"), "--port", str(listening.getsockname()[1]))
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
