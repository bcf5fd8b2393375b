"""From nothing to an installation that answers, by the commands a publisher types."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from palabre import __version__

from .conftest import Palabre


def test_the_version_needs_no_installation(palabre: Palabre, home: Path) -> None:
    assert palabre("--version").stdout == f"palabre {__version__}\n"
    assert not home.exists()


def test_init_makes_a_home_closed_to_others(installed: Path) -> None:
    for name in ("secret", "palabre.env", "db.sqlite3"):
        assert (installed / name).stat().st_mode & 0o777 == 0o600
    assert len((installed / "secret").read_text().strip()) >= 50


def test_init_shows_a_password_it_made_up_once(palabre: Palabre) -> None:
    arguments = ("init", "--site", "gazette", "--email", "mona@gazette.example")
    assert "Password of mona@gazette.example: " in palabre(*arguments).stdout
    assert "Password" not in palabre(*arguments).stdout


def test_init_again_keeps_the_secret_and_adds_a_site(palabre: Palabre, installed: Path) -> None:
    before = (installed / "secret").read_text()
    assert palabre("init", "--site", "herald", "--email", "mona@gazette.example").returncode == 0
    assert (installed / "secret").read_text() == before
    with closing(sqlite3.connect(installed / "db.sqlite3")) as database:
        assert [row[0] for row in database.execute("SELECT slug FROM accounts_site ORDER BY slug")] == [
            "gazette",
            "herald",
        ]


def test_init_takes_the_password_from_standard_input(palabre: Palabre) -> None:
    arguments = ("init", "--site", "gazette", "--email", "mona@gazette.example", "--password-file", "-")
    done = palabre(*arguments, given="a long enough pass phrase\n")
    assert (done.returncode, "Password of" in done.stdout) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "give --site and --email"),
        (("--site", "gazette"), "give --email"),
        (("--site", "La Gazette", "--email", "a@b.example"), "Use small letters"),
        (("--site", "gazette", "--email", "nobody"), "valid email"),
        (("--site", "gazette", "--email", "a@b.example", "--time-zone", "Mars/Olympus"), "PALABRE_TIME_ZONE"),
        (("--site", "gazette", "--email", "a@b.example", "--public-url", "example.org"), "PALABRE_PUBLIC_URL"),
        (("--site", "gazette", "--email", "a@b.example", "--url", "example.org"), "valid URL"),
    ],
)
def test_init_says_what_is_missing_or_wrong(palabre: Palabre, arguments: tuple[str, ...], sentence: str) -> None:
    done = palabre("init", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_weak_password_is_turned_down(palabre: Palabre) -> None:
    done = palabre("init", "--site", "g", "--email", "a@b.example", "--password-file", "-", given="password\n")
    assert done.returncode == 2
    assert "too short" in done.stderr


def test_init_corrected_after_a_wrong_setting_goes_through(palabre: Palabre) -> None:
    arguments = ("init", "--site", "gazette", "--email", "a@b.example", "--time-zone")
    palabre(*arguments, "Mars/Olympus")
    assert palabre(*arguments, "Europe/Paris").returncode == 0


@pytest.mark.parametrize("command", ["serve", "worker", "doctor", "manage"])
def test_without_an_installation_a_command_says_how_to_get_one(palabre: Palabre, command: str) -> None:
    done = palabre(command)
    assert done.returncode == 2
    assert "palabre init" in done.stderr


def test_a_line_that_is_no_setting_is_named(palabre: Palabre, installed: Path) -> None:
    with (installed / "palabre.env").open("a") as file:
        file.write("PUBLIC_URL=https://a.example\n")
    done = palabre("doctor")
    assert done.returncode == 2
    assert re.search(r"palabre\.env, line \d+: write PALABRE_NAME=value", done.stderr)


def test_the_environment_wins_over_the_file(palabre: Palabre, installed: Path) -> None:
    with (installed / "palabre.env").open("a") as file:
        file.write('PALABRE_TIME_ZONE="Europe/Paris"\n')
    show = ("manage", "shell", "-v0", "-c", "from django.conf import settings; print(settings.TIME_ZONE)")
    assert palabre(*show).stdout.strip() == "Europe/Paris"
    assert palabre(*show, PALABRE_TIME_ZONE="UTC").stdout.strip() == "UTC"


def test_the_worker_does_what_is_due_and_stops_when_asked_for_once(palabre: Palabre, installed: Path) -> None:
    assert palabre("worker", "--once").returncode == 0


@contextmanager
def serving(environment: dict[str, str], *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address once it says it is ready."""
    command = [sys.executable, "-m", "palabre.cli.main", "serve", "--port", str(free_port()), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            watchdog = threading.Timer(60, process.kill)
            watchdog.start()
            address = next((line.split()[1] for line in process.stdout if line.startswith("ready ")), "")
            watchdog.cancel()
            assert address, "the server never became ready"
            yield process, address
        finally:
            process.terminate()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        return int(listening.getsockname()[1])


def get(address: str, path: str) -> int:
    host = address.removeprefix("http://").rstrip("/")
    with closing(http.client.HTTPConnection(host, timeout=30)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in listed.split()]


def test_serve_answers_and_ends_cleanly_when_told(environment: dict[str, str], installed: Path) -> None:
    with serving(environment) as (process, address):
        assert get(address, "/accounts/login/") == 200
        started = children(process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert len(started) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)


def test_a_process_that_is_killed_is_started_again(environment: dict[str, str], installed: Path) -> None:
    with serving(environment, "--no-worker") as (process, address):
        [web] = children(process)
        os.kill(web, signal.SIGKILL)
        wait_until(lambda: children(process) not in ([], [web]))
        wait_until(lambda: reached(address))


def test_a_server_that_is_killed_leaves_no_process_behind(environment: dict[str, str], installed: Path) -> None:
    with serving(environment) as (process, address):
        started = children(process)
        process.kill()
        process.wait(20)
        wait_until(lambda: not any(running(pid) for pid in started))
        wait_until(lambda: not reached(address))


def running(pid: int) -> bool:
    """Whether there is such a process and it has not ended (one nobody has waited for is state Z)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition: object) -> None:
    """Wait on a condition, half a minute at most."""
    tick = threading.Event()
    for _ in range(300):
        if condition():  # type: ignore[operator]
            return
        tick.wait(0.1)
    raise AssertionError("it never came true")


def reached(address: str) -> bool:
    try:
        return get(address, "/accounts/login/") == 200
    except OSError:
        return False


def test_a_port_that_is_taken_is_told_in_a_sentence(palabre: Palabre, installed: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        done = palabre("serve", "--port", str(listening.getsockname()[1]))
    assert done.returncode == 2
    assert "choose another --port" in done.stderr
