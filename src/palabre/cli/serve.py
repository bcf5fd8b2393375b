"""`palabre serve`: the web server and the worker, kept running together."""

from __future__ import annotations

import argparse
import http.client
import socket
import sys
import threading
import time

from palabre.cli import home
from palabre.cli.processes import Child, Supervisor

HELP = "run the web server and the worker"
READY_WITHIN = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=positive, default=1, help="web processes (1)")
    parser.add_argument("--threads", type=positive, default=4, help="requests each web process works on at once (4)")
    parser.add_argument("--no-worker", action="store_true", help="only the web server; `palabre worker` runs elsewhere")


def run(options: argparse.Namespace) -> int:
    home.start_django()  # a wrong setting is told here, once, and not by each process
    check_free(options.host, options.port)
    supervisor = Supervisor(children(options))
    supervisor.start()
    announce(options.host, options.port)
    return supervisor.watch()


def port(value: str) -> int:
    number = int(value)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number of at least 1")
    return number


def children(options: argparse.Namespace) -> list[Child]:
    """The processes to run. Granian starts a web process that died again by itself; the supervisor, Granian."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--respawn-failed-workers"]
    web += ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    web += ["--blocking-threads", str(options.threads), "--log-level", "warning", "palabre.cli.web:application"]
    worker = Child("worker", [sys.executable, "-m", "palabre.cli.main", "worker"])
    return [Child("web", web)] + ([] if options.no_worker else [worker])


def check_free(host: str, number: int) -> None:
    """Raise ``Unusable`` with the cure if nobody can listen there."""
    try:
        with socket.create_server((host, number), family=_family(host)):
            return
    except OSError as error:
        raise home.Unusable(
            f"{host}:{number} cannot be listened on ({error.strerror}); choose another --port."
        ) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def announce(host: str, number: int) -> None:
    """Say `ready http://…` on standard output as soon as the server answers, without holding anybody up."""
    threading.Thread(target=_announce, args=(host, number), daemon=True).start()


def _announce(host: str, number: int) -> None:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - "everywhere" is asked on this machine
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if answers(near, number):
            shown = f"[{near}]" if ":" in near else near
            print(f"ready http://{shown}:{number}/", flush=True)
            return
        time.sleep(0.1)


def answers(host: str, number: int) -> bool:
    """Whether a web server there answers anything but an error of its own."""
    connection = http.client.HTTPConnection(host, number, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
