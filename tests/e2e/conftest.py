"""A browser, a served site and a foreign host for the tests that need them.

Debian's chromium is driven headless and told to reach nobody. ``page`` is a fresh profile a test; ``served`` is the
whole application on a free port, with the snapshot server in front as in production; ``foreign_host`` serves plain
pages on a second origin, as another publisher's web server would.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread as Worker
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from palabre.base import clock, tokens
from palabre.discussion.models import Thread
from palabre.press.library import library
from palabre.press.sweep import sweep as press_sweep
from palabre.snapshots.server import SnapshotServer
from palabre.snapshots.sweep import sweep as snapshots_sweep

# Playwright's synchronous interface runs an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
ARTICLE = """---
title: "Le tram arrive"
lead: "Onze mille voyageurs par jour, et quelques rues qui attendent."
date: 2025-12-02
language: fr
author: Jeanne Morel
outlet: La Gazette
---
La ligne 4 a ouvert ce matin. Un *texte* court, avec une citation :

> On ne veut pas revenir en arrière.
"""
PATIENCE = 10_000  # milliseconds a condition may take to come true


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _fast_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driven browser fills in a form faster than any person; nothing here waits for a duration."""
    monkeypatch.setattr(tokens, "EARLY", timedelta(0))


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """``new_page(viewport=PHONE, color_scheme="dark", locale="fr-FR", …)``: a page in a fresh profile."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "fr-FR", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page with JavaScript, at desktop width."""
    return new_page()


@pytest.fixture
def plain_page(new_page: NewPage) -> Page:
    """One page of a browser without JavaScript."""
    return new_page(java_script_enabled=False)


@pytest.fixture
def served(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """The address of the running application; its snapshots and articles lie in this test's own folder."""
    settings.PALABRE_PUBLIC_URL = live_server.url
    settings.PALABRE_HOME = tmp_path
    settings.PALABRE_SNAPSHOTS = tmp_path / "snapshots"
    settings.PALABRE_ARTICLES = tmp_path / "articles"
    library().look_every = 0
    server = live_server.thread.httpd
    server.set_app(SnapshotServer(server.get_app(), settings.PALABRE_SNAPSHOTS))
    yield str(live_server.url)
    server.set_app(server.get_app()._application)


@pytest.fixture
def worker_passes(served: str) -> Callable[[], None]:
    """What the worker would do by now, without judging: articles to threads, threads to files."""

    def passes() -> None:
        press_sweep(clock.now())
        snapshots_sweep()

    return passes


@pytest.fixture
def article(served: str, thread: Thread, worker_passes: Callable[[], None], tmp_path: Path) -> str:
    """The address of the published article « Le tram arrive » with its discussion."""
    folder = tmp_path / "articles" / thread.site.slug
    folder.mkdir(parents=True)
    (folder / f"{thread.name}.md").write_text(ARTICLE, encoding="utf-8")
    worker_passes()
    worker_passes()  # the first pass makes the site's card, without which there is no shelf
    thread.refresh_from_db()
    return f"{served}/{thread.site.slug}/{thread.name}/"


@dataclass
class ForeignHost:
    """Another publisher's web server: ``pages`` by path."""

    origin: str
    pages: dict[str, str] = field(default_factory=dict)


@contextmanager
def _hosting() -> Iterator[ForeignHost]:
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = pages.get(self.path.split("?")[0])
            self.send_response(200 if found is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    worker = Worker(target=server.serve_forever, daemon=True)
    worker.start()
    yield ForeignHost(f"http://127.0.0.1:{server.server_port}", pages)
    server.shutdown()
    server.server_close()
    worker.join()


@pytest.fixture
def foreign_host() -> Iterator[ForeignHost]:
    with _hosting() as host:
        yield host


@pytest.fixture
def another_host() -> Iterator[ForeignHost]:
    """A third origin, which nobody has registered."""
    with _hosting() as host:
        yield host


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """``accessible(page)`` fails if axe finds anything serious or critical."""

    def check(page: Page) -> None:
        violations = Axe().run(page).response["violations"]
        grave = [found for found in violations if found["impact"] in ("serious", "critical")]
        assert not grave, "\n".join(
            f"{found['id']}: {node['html']} ({node.get('failureSummary', '')})"
            for found in grave
            for node in found["nodes"]
        )

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """``picture(page, name)`` keeps a screenshot of the whole page when SCREENSHOTS names a folder."""

    def take(page: Page, name: str) -> None:
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / (re.sub(r"[^\w.-]+", "-", name) + ".png"), full_page=True)

    return take
