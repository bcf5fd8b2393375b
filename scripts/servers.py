"""Servers to measure, each on loopback, on a free port, in a folder of its own, ended when the measuring ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "bench-data"
SECRET = "a key for measuring only, fifty characters or a few more"  # noqa: S105
PACKAGES = {"wrk": "wrk", "nginx": "nginx-light"}
ISSO = "isso==0.14.0"

TEXT = """le la les un une des article journaliste lecteur commentaire argument source chiffre loi budget ville train
école hôpital climat débat réponse question accord désaccord merci sérieux point vue exemple étude données
gouvernement maire région prix énergie travail temps"""


def need(*tools: str) -> None:
    """End with the command that installs what is missing."""
    missing = [PACKAGES[tool] for tool in tools if shutil.which(tool) is None]
    if missing:
        sys.exit(f"Missing: sudo apt-get install -y {' '.join(missing)}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def running(name: str, command: Sequence[str], url: str, log: Path, **environment: str) -> Iterator[int]:
    """``command`` runs until the block ends; it has begun when ``url`` is answered at all. Gives its process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=os.environ | environment, start_new_session=True, cwd=log.parent
        )
    try:
        _wait(name, process, url, log)
        yield process.pid
    finally:
        _end(process)


def _wait(name: str, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{name} did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started: they are one group of their own."""
    for step in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, step)
            process.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@dataclass(frozen=True)
class Rate:
    """What wrk saw: answers a second, their slowest hundredth, and how many were errors."""

    per_second: float
    p99: str
    errors: int


def wrk(url: str, seconds: int, connections: int, encoding: str = "gzip") -> Rate:
    """Ask for ``url`` over ``connections`` kept connections."""
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "--latency"]
    command += ["-H", f"Accept-Encoding: {encoding}", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    errors = sum(map(int, broken.groups())) if broken else 0
    return Rate(float(_one(r"Requests/sec:\s+([\d.]+)", said)), _one(r"99%\s+(\S+)", said), errors + _not_ok(said))


def _one(pattern: str, said: str) -> str:
    found = re.search(pattern, said)
    return found[1] if found else "0"


def _not_ok(said: str) -> int:
    return int(_one(r"Non-2xx or 3xx responses: (\d+)", said))


def words(rng: Any) -> str:
    """A comment of 20 to 90 words."""
    return " ".join(rng.choice(TEXT.split()) for _ in range(rng.randint(20, 90))).capitalize() + "."


def environment(home: Path) -> dict[str, str]:
    """The settings of an installation in ``home``; also taken over by this process, to share its database and key."""
    given = {
        "PALABRE_HOME": str(home),
        "PALABRE_SECRET_KEY": SECRET,
        "PALABRE_TRUSTED_PROXIES": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "palabre.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONWARNINGS": "ignore",
    }
    os.environ.update(given)
    return given


@contextmanager
def palabre(home: Path, *options: str) -> Iterator[str]:
    """`palabre serve` as it is shipped; its address."""
    port = free_port()
    command = [sys.executable, "-m", "palabre.cli.main", "serve", "--port", str(port), *options]
    url = f"http://127.0.0.1:{port}"
    with running("palabre", command, f"{url}/d/none/none/1.html", home / "serve.log"):
        yield url


def nginx_configuration(folder: Path, snapshots: Path, port: int, backend: int) -> str:
    """A complete configuration around deploy/nginx.conf as it stands, its marked lines changed; the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    server = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    server = server.replace("/var/lib/palabre/snapshots", str(snapshots)).replace(
        "127.0.0.1:8000", f"127.0.0.1:{backend}"
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"{user}daemon off;\nworker_processes auto;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
    http = f"access_log off;\nsendfile on;\ntcp_nopush on;\n{places}{server}"
    text = f"{head}events {{ worker_connections 1024; }}\nhttp {{\n{http}}}\n"
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return str(folder / "nginx.conf")


@contextmanager
def nginx(folder: Path, snapshots: Path) -> Iterator[str]:
    """nginx on the published files, with the documented configuration; its address."""
    port = free_port()
    configuration = nginx_configuration(folder, snapshots, port, backend=free_port())
    subprocess.run(["nginx", "-t", "-q", "-c", configuration], check=True)
    url = f"http://127.0.0.1:{port}"
    with running("nginx", ["nginx", "-c", configuration], f"{url}/", folder / "out.log"):
        yield url


def isso_programs() -> Path:
    """Isso in a virtual environment of its own, made once; its folder of programs."""
    programs = DATA / "isso" / "bin"
    if not (programs / "isso").exists():
        print(f"Installing {ISSO} into {programs.parent}…", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", programs.parent], check=True)
        quiet = ["install", "--quiet", "--disable-pip-version-check", ISSO, "gunicorn", "setuptools<81"]
        subprocess.run([programs / "pip", *quiet], check=True)
    return programs


@contextmanager
def isso(folder: Path, server: str) -> Iterator[str]:
    """Isso with its own server (``builtin``) or two gunicorn workers (``gunicorn``); its address."""
    programs, port = isso_programs(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    url, settings = f"http://127.0.0.1:{port}", folder / "isso.cfg"
    settings.write_text(
        f"[general]\ndbpath = {folder}/comments.db\nhost = {url}/\n[server]\nlisten = {url}/\n"
        "[guard]\nenabled = false\n[moderation]\nenabled = false\n"
    )
    if server == "builtin":
        command = [str(programs / "isso"), "-c", str(settings), "run"]
    else:
        command = [str(programs / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", "2", "--preload", "isso.run"]
    with running("isso", command, f"{url}/config", folder / "log", ISSO_SETTINGS=str(settings), PYTHONPATH=""):
        yield url


def isso_address(url: str, page: str) -> str:
    """Where Isso gives the thread of ``page``."""
    return f"{url}/?uri={quote(page, safe='')}"


def isso_post(url: str, page: str, text: str, author: str, parent: int | None = None) -> int:
    """Send Isso a comment (its HTTP API 0.14: POST /new); the comment's number."""
    body = {"text": text, "author": author, "email": "", "website": None, "parent": parent, "title": "A page"}
    request = urllib.request.Request(
        f"{url}/new?uri={quote(page, safe='')}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(json.load(answer)["id"])


def table(rows: Sequence[Sequence[str]]) -> str:
    """``rows`` in columns, the first on the left and the others on the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if column else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()


def verdict(what: str, found: float, wanted: float) -> bool:
    """Print whether ``found`` is at least ``wanted``."""
    met = found >= wanted
    print(f"{'met   ' if met else 'MISSED'}  {what}: {found:.2f} (at least {wanted:g})")
    return met
