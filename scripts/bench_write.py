"""Comments a second end to end, from the form's POST to the stored assessment; Isso's POST rate in the same run.

`palabre serve` runs as it is shipped (one web process, one worker). Some clients each send comments into a thread of
their own, a connection a comment, from ever new addresses (a trusted proxy says so), with form tokens of ten seconds
ago. The clock stops when every comment taken has its assessment in the database.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from scripts import servers

WHOLE = "form to stored assessment"
#: Sends comment ``number`` of client ``client``; raises if it is not taken.
Post = Callable[[int, int], None]


@dataclass
class Sent:
    """What the clients saw: seconds of each POST that was taken, seconds until the last one, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    lasted: float = 0.0
    errors: list[str] = field(default_factory=list)

    def add(self, other: Sent) -> None:
        """What another round saw."""
        self.seconds += other.seconds
        self.lasted += other.lasted
        self.errors += other.errors

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.lasted

    def percentile(self, share: float) -> float:
        """Milliseconds that ``share`` of the POSTs did not take longer than."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))] * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="./run bench write")
    parser.add_argument("--comments", type=int, default=400, help="how many are sent to each server a round (400)")
    parser.add_argument("--clients", type=int, default=4, help="how many send at once (4)")
    parser.add_argument("--rounds", type=int, default=3, help="how often the servers take turns (3)")
    options = parser.parse_args()
    servers.isso_programs()
    found: dict[str, Sent] = {name: Sent() for name in ("form answered", WHOLE, "isso, builtin", "isso, gunicorn")}
    with tempfile.TemporaryDirectory(prefix="palabre-bench-") as folder:
        ours = Ours(Path(folder) / "home", options.comments, options.clients)
        for number in range(options.rounds):
            for name, sent in (
                ours.round(number) | isso(Path(folder), number, options.comments, options.clients)
            ).items():
                found[name].add(sent)
        missing = len(found["form answered"].seconds) - ours.assessed()
    return report(found, missing, options.clients)


def send(post: Post, each: int, clients: int) -> Sent:
    """``clients`` threads send ``each`` comments each."""
    sent, lock = Sent(), threading.Lock()

    def client(number: int) -> None:
        for position in range(each):
            begun = time.perf_counter()
            try:
                post(number, position)
            except (OSError, RuntimeError) as error:
                with lock:
                    sent.errors.append(str(error))
            else:
                with lock:
                    sent.seconds.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent.lasted = time.perf_counter() - begun
    return sent


class Ours:
    """An installation of ours and what the rounds send to it."""

    def __init__(self, home: Path, comments: int, clients: int) -> None:
        from scripts.installation import assessments, install

        install(home, clients)
        self.assessed = assessments
        self._home, self._each, self._clients = home, comments // clients, clients

    def round(self, number: int) -> dict[str, Sent]:
        """What the clients saw, and the same until the last comment was assessed."""
        from scripts.installation import tokens_for

        tokens = tokens_for(self._clients, self._each, timedelta(seconds=10))
        first, before = number * self._each * self._clients, self.assessed()
        with servers.palabre(self._home) as url:
            netloc = urlsplit(url).netloc

            def post(client: int, position: int) -> None:
                sent_as = first + client * self._each + position
                _post_form(netloc, client, sent_as, tokens[client][position])

            begun = time.perf_counter()
            sent = send(post, self._each, self._clients)
            _wait_for(self.assessed, before + len(sent.seconds))
            lasted = time.perf_counter() - begun
        return {"form answered": sent, WHOLE: Sent(sent.seconds, lasted)}


def _post_form(netloc: str, client: int, number: int, token: str) -> None:
    fields = {"name": f"Lecteur {number % 40}", "email": "", "text": _text(number), "website": "", "token": token}
    network = f"{20 + number // 65536}.{number // 256 % 256}.{number % 256}.1"  # a /24 of its own each
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": network,
        "Origin": f"http://{netloc}",
    }
    connection = HTTPConnection(netloc, timeout=60)
    try:
        connection.request("POST", f"/d/demo/t{client}/comment", urlencode(fields), headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status not in (201, 202, 303):
            raise RuntimeError(f"{answer.status} {body[:300]!r}")
    finally:
        connection.close()


def _text(number: int) -> str:
    return f"{servers.words(random.Random(number))} {number}"


def _wait_for(count: Callable[[], int], wanted: int) -> None:
    """Wait until ``count`` is ``wanted``, at most a minute without any progress."""
    found, since = count(), time.monotonic()
    while found < wanted and time.monotonic() - since < 60:
        time.sleep(0.05)
        now = count()
        if now != found:
            found, since = now, time.monotonic()


def isso(folder: Path, number: int, comments: int, clients: int) -> dict[str, Sent]:
    """What clients of Isso saw, with its own server and with two gunicorn workers."""
    found = {}
    for server in ("builtin", "gunicorn"):
        with servers.isso(folder / f"{server}-{number}", server) as url:

            def post(client: int, position: int, url: str = url) -> None:
                sent_as = client * comments + position
                servers.isso_post(url, f"/t{client}", _text(sent_as), f"Lecteur {sent_as % 40}")

            found[f"isso, {server}"] = send(post, comments // clients, clients)
    return found


def report(found: dict[str, Sent], missing: int, clients: int) -> int:
    """Print what was found; 0 if every comment taken was assessed and the aim is met."""
    print(f"\n{clients} clients, a connection a comment; the servers took turns.\n")
    rows = [["", "comments/s", "POST p50", "POST p99", "taken", "errors"]]
    for name, sent in found.items():
        times = ["", ""] if name == WHOLE else [f"{sent.percentile(share):.0f} ms" for share in (0.5, 0.99)]
        rows.append([name, f"{sent.rate:.1f}", *times, str(len(sent.seconds)), str(len(sent.errors))])
    print(servers.table(rows) + "\n")
    for error in {error for sent in found.values() for error in sent.errors[:1]}:
        print(f"an error: {error}\n")
    print(f"{'met   ' if missing == 0 else 'MISSED'}  comments taken and not assessed: {missing} (none)")
    faster = max(found["isso, builtin"].rate, found["isso, gunicorn"].rate)
    return (
        0 if servers.verdict("end to end against the faster Isso", found[WHOLE].rate / faster, 1) and not missing else 1
    )


if __name__ == "__main__":
    sys.exit(main())
