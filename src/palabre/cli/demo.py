"""`palabre demo` (`./run demo`): the demonstration site, with everything it needs, in one folder and one command."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import socket
from pathlib import Path

import palabre
from palabre.cli import home, serve
from palabre.cli.processes import Supervisor

HELP = "run the demonstration site: article, discussion, desk"
PORT = 8000
STAMP = "demo.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=serve.port, help=f"port to listen on ({PORT}, or the next one that is free)")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="where the demonstration keeps its data (demo-data)"
    )


def run(options: argparse.Namespace) -> int:
    os.environ["PALABRE_HOME"] = str((options.data or Path("demo-data")).absolute())
    options.port = options.port or _free_port(PORT)
    base = f"http://127.0.0.1:{options.port}"
    os.environ.setdefault("PALABRE_PUBLIC_URL", base)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.config.settings")
    home.make({})
    home.load()
    serve.check_free("127.0.0.1", options.port)
    demo = _loaded(base)
    options.host, options.workers, options.threads, options.no_worker = "127.0.0.1", 1, 4, False
    supervisor = Supervisor(serve.children(options))
    supervisor.start()
    _print(base, demo)
    serve.announce(options.host, options.port)
    return supervisor.watch()


def _print(base: str, demo: dict[str, str]) -> None:
    print(
        f"Article   {base}{demo['article']}\n"
        f"Desk      {base}/desk/\n"
        f"Sign in   {demo['email']}   password: {demo['password']}\n"
        "Stop      Ctrl-C",
        flush=True,
    )


def _free_port(first: int) -> int:
    """``first`` or the next port nobody listens on."""
    for number in range(first, first + 50):
        try:
            with socket.create_server(("127.0.0.1", number)):
                return number
        except OSError:
            continue
    return first


def _loaded(base: str) -> dict[str, str]:
    """The demonstration's addresses and sign-in; loads it unless it was, by this version and for this address."""
    stamp = home.folder() / STAMP
    version = _version(base)
    if (home.folder() / "db.sqlite3").exists() and stamp.exists():
        told = dict(json.loads(stamp.read_text(encoding="utf-8")))
        if told.get("version") == version:
            return told
    told = {"version": version, **_load()}
    stamp.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return told


def _version(base: str) -> str:
    """Changes with the code's tables and the demonstration's texts, and with the address they name."""
    root = Path(palabre.__file__).parent
    sha = hashlib.sha256(f"{palabre.__version__} {base}".encode())
    for path in sorted([*root.glob("*/migrations/*.py"), *root.glob("press/demo/**/*.*")]):
        if "__pycache__" not in path.parts:
            sha.update(f"{path.name} {path.stat().st_size}".encode() + path.read_bytes())
    return sha.hexdigest()[:16]


def _load() -> dict[str, str]:
    """Make the database, load articles and comments, and do at once what the worker would do a moment later."""
    home.start_django()
    from django.urls import reverse

    from palabre.cli.worker import Worker, sweeps
    from palabre.press.demo.load import load_demo

    print("Loading the demonstration…", flush=True)
    home.migrate()
    demo = load_demo()
    Worker(sweeps()).until_idle()
    address = reverse("press:article", args=[demo.site, demo.article])
    return {"article": address, "email": demo.email, "password": demo.password}
