"""Read a thread of 200 comments (half of them replies) over 16 connections: bundled server, nginx, Isso, in one run.

Our thread has two pages (50 root comments each), Isso gives all in one; a reading of ours is therefore *both* pages.
Each server runs alone while it is measured. All are asked with ``Accept-Encoding: gzip``.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from scripts import servers
from scripts.servers import Rate

COMMENTS = 200
PAGE = "/article/un-long-debat"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="./run bench read")
    parser.add_argument("--seconds", type=int, default=8, help="how long each server is asked (8)")
    parser.add_argument("--connections", type=int, default=16, help="connections kept open at once (16)")
    options = parser.parse_args()
    servers.need("wrk", "nginx")
    servers.isso_programs()
    with tempfile.TemporaryDirectory(prefix="palabre-bench-") as folder:
        return report(*measure(Path(folder), options.seconds, options.connections), options.connections)


def measure(folder: Path, seconds: int, connections: int) -> tuple[dict[str, list[Rate]], int]:
    """Rates by server, a list of one for each page of the thread; and how many pages ours has."""
    home = folder / "home"
    pages = publish(home)
    paths = [f"/d/demo/debat/{page}.html" for page in range(1, pages + 1)]
    found: dict[str, list[Rate]] = {}

    def ask(name: str, url: str) -> None:
        for kind, encoding in ((name, "gzip"), (f"{name}, not compressed", "identity")):
            found[kind] = [servers.wrk(url + path, seconds, connections, encoding) for path in paths]

    with servers.palabre(home, "--no-worker") as url:
        ask("bundled server", url)
    with servers.nginx(folder / "nginx", home / "snapshots") as url:
        ask("nginx", url)
    for server in ("builtin", "gunicorn"):
        with servers.isso(folder / f"isso-{server}", server) as url:
            fill_isso(url)
            found[f"isso, {server}"] = [servers.wrk(servers.isso_address(url, PAGE), seconds, connections)]
            time.sleep(1)
    return found, pages


def publish(home: Path) -> int:
    """An installation in ``home`` with the thread published; how many pages it has."""
    home.mkdir()
    servers.environment(home)
    import django

    django.setup()
    from django.core.management import call_command

    from palabre.accounts.actions import create_site
    from palabre.discussion import actions
    from palabre.snapshots.models import Snapshot
    from palabre.snapshots.sweep import sweep

    call_command("migrate", verbosity=0)
    now, rng = datetime(2025, 12, 2, 12, 0, tzinfo=UTC), random.Random(1)
    thread = actions.open_thread(create_site("demo", "Demo", language="fr"), "debat", now, url="https://demo.example/d")
    roots = []
    for number in range(COMMENTS):
        parent = rng.choice(roots) if number % 2 else None
        comment = actions.import_comment(
            thread, parent=parent, name=f"Lecteur {number % 40}", text=servers.words(rng), created_at=now, now=now
        )
        roots += [] if parent else [comment]
    sweep()
    return Snapshot.objects.get().pages


def fill_isso(url: str) -> None:
    """The same thread in Isso."""
    rng = random.Random(1)
    roots: list[int] = []
    for number in range(COMMENTS):
        parent = rng.choice(roots) if number % 2 else None
        made = servers.isso_post(url, PAGE, servers.words(rng), f"Lecteur {number % 40}", parent)
        roots += [] if parent else [made]


def report(found: dict[str, list[Rate]], pages: int, connections: int) -> int:
    """Print what was found; 0 if both aims are met."""
    print(f"\nA thread of {COMMENTS} comments, {connections} connections.")
    print(f"Ours has {pages} pages: a reading is all of them.\n")
    readings = {name: whole(rates) for name, rates in found.items()}
    rows = [["", "readings/s", "answers/s", "p99", "errors"]]
    for name, rates in found.items():
        answers = sum(rate.per_second for rate in rates) / len(rates)
        errors = sum(rate.errors for rate in rates)
        rows.append([name, f"{readings[name]:,.1f}", f"{answers:,.1f}", max(rate.p99 for rate in rates), str(errors)])
    print(servers.table(rows) + "\n")
    isso = max(readings["isso, builtin"], readings["isso, gunicorn"])
    met = servers.verdict("bundled server against the faster Isso", readings["bundled server"] / isso, 300)
    met &= servers.verdict("bundled server against nginx", readings["bundled server"] / readings["nginx"], 0.25)
    return 0 if met else 1


def whole(rates: list[Rate]) -> float:
    """Readings a second of all pages, one after the other."""
    return 1 / sum(1 / rate.per_second for rate in rates)


if __name__ == "__main__":
    sys.exit(main())
