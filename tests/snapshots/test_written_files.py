"""Files follow the database: at once after an act, at the next sweep otherwise, and never half."""

from __future__ import annotations

import gzip
import json
import logging
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.db import connection

from palabre.accounts.models import Site, User
from palabre.base import files as base_files
from palabre.base import urls
from palabre.discussion import actions
from palabre.discussion.models import Thread
from palabre.rules import default_text
from palabre.snapshots import files, queries
from palabre.snapshots.models import Snapshot
from palabre.snapshots.sweep import refresh, sweep
from tests.conftest import Write


def test_a_sweep_writes_what_is_due_once(thread: Thread, published: Write, tram: Path) -> None:
    published("Bonjour.")
    assert sweep() == 1
    assert sweep() == 0
    assert {path.name for path in tram.iterdir() if not path.name.startswith(".")} == {
        f"{name}{suffix}" for name in ("1.html", "1.json", "feed.atom") for suffix in ("", ".br", ".gz")
    }
    for name in ("1.html", "1.json", "feed.atom"):
        plain = (tram / name).read_bytes()
        assert brotli.decompress((tram / f"{name}.br").read_bytes()) == plain
        assert gzip.decompress((tram / f"{name}.gz").read_bytes()) == plain


def test_an_act_is_on_the_page_at_once(thread: Thread, published: Write, moderator: User, noon: datetime) -> None:
    comment = published("Un mot de trop.")
    assert refresh(thread.pk)
    assert "Un mot de trop" in (queries.page("gazette", "tram", 1) or "")
    actions.remove(comment, moderator, noon, "insult")
    assert refresh(thread.pk)
    assert "Un mot de trop" not in (queries.page("gazette", "tram", 1) or "")


def test_a_page_that_was_never_written_is_none(thread: Thread) -> None:
    assert queries.page("gazette", "tram", 1) is None
    assert queries.page("gazette", "../tram", 1) is None
    assert queries.page("../gazette", "tram", 1) is None


def test_reading_a_page_asks_no_database(thread: Thread, published: Write, django_assert_num_queries: Any) -> None:
    published()
    sweep()
    with django_assert_num_queries(0):
        assert queries.page("gazette", "tram", 1)


def test_pages_that_no_longer_exist_are_removed(thread: Thread, moderator: User, noon: datetime, tram: Path) -> None:
    made = [
        actions.import_comment(thread, parent=None, name="A", text=f"n {n}", created_at=noon, now=noon)
        for n in range(101)
    ]
    sweep()
    assert (tram / "3.html").exists()
    assert Snapshot.objects.get().pages == 3
    actions.remove(made[0], moderator, noon, "insult")
    sweep()
    assert not list(tram.glob("3.*"))
    assert (tram / "2.json.br").exists()


def test_a_new_page_is_there_before_the_first_points_to_it(
    thread: Thread, noon: datetime, tram: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(101):
        actions.import_comment(thread, parent=None, name="A", text=f"n {n}", created_at=noon, now=noon)
    order: list[str] = []
    monkeypatch.setattr(base_files, "replace_atomically", lambda path, content: order.append(path.name))
    sweep()
    pages = [name for name in order if name.endswith(".html")]
    assert pages == ["3.html", "2.html", "1.html"]
    assert order.index("1.html.br") < order.index("1.html.gz") < order.index("1.html")


def test_the_counts_of_a_site_are_one_file(site: Site, thread: Thread, published: Write, folder: Path) -> None:
    published()
    published()
    actions.open_thread(site, "u-abcdefghijklmnopqrstuvwxyz", thread.created_at, url="https://gazette.example/école")
    sweep()
    counts = json.loads((folder / "gazette" / "counts.json").read_text())
    assert counts == {
        "site": "gazette",
        "counts": {"tram": 2, "u-abcdefghijklmnopqrstuvwxyz": 0},
        "urls": {"https://gazette.example/école": "u-abcdefghijklmnopqrstuvwxyz"},
    }


def test_a_full_disk_leaves_the_old_page_and_the_thread_due(
    thread: Thread, published: Write, tram: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    published("Bonjour.")
    sweep()
    before = {path: path.read_bytes() for path in tram.iterdir()}
    published("Bonsoir.")

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as context, caplog.at_level(logging.ERROR):
        context.setattr(base_files, "replace_atomically", full)
        assert sweep() == 0
        assert not refresh(thread.pk)
    assert "gazette/tram could not be written and stays due" in caplog.text
    assert {path: path.read_bytes() for path in tram.iterdir()} == before
    assert sweep() == 1
    assert "Bonsoir" in (queries.page("gazette", "tram", 1) or "")


def test_a_failing_thread_does_not_hold_up_the_others(
    site: Site, thread: Thread, noon: datetime, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    actions.open_thread(site, "ecole", noon)
    (folder / "gazette").mkdir(parents=True)
    (folder / "gazette" / "tram").write_text("a file where a folder should be")
    assert sweep() == 1
    assert (folder / "gazette" / "ecole" / "1.html").exists()


def test_files_lost_from_the_disk_come_back(thread: Thread, published: Write, folder: Path, tmp_path: Path) -> None:
    published()
    sweep()
    (folder / "gazette").rename(tmp_path / "elsewhere")
    assert sweep() == 1
    assert (folder / "gazette" / "tram" / "1.html").exists()


def test_a_new_look_makes_every_thread_due(thread: Thread, published: Write, settings: Any) -> None:
    published()
    sweep()
    settings.PALABRE_PUBLIC_URL = "https://comments.example.org"
    assert sweep() == 1


def test_a_clock_that_jumps_back_does_not_matter(thread: Thread, published: Write, time_machine: Any) -> None:
    published("Bonjour.")
    sweep()
    time_machine.move_to("2001-01-01 00:00 +0000")
    published("Bonsoir.")
    assert sweep() == 1
    assert "Bonsoir" in (queries.page("gazette", "tram", 1) or "")


def test_a_writer_that_waited_writes_nothing_stale(
    thread: Thread, published: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two find the thread due; the second gets the lock when the first has written something newer."""
    published("Bonjour.")
    seen = Thread.objects.select_related("site").get(pk=thread.pk)
    published("Bonsoir.")
    sweep()
    from palabre.snapshots import sweep as module

    monkeypatch.setattr(files, "write", lambda *given: pytest.fail("written again"))
    module._write(seen)
    assert "Bonsoir" in (queries.page("gazette", "tram", 1) or "")


def test_what_is_published_while_the_page_is_written_is_still_due(
    thread: Thread, published: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Bonjour.")
    write = files.write

    def slow(folder: Path, contents: dict[str, bytes]) -> None:
        if folder.name == "tram":
            monkeypatch.setattr(files, "write", write)
            published("Pendant ce temps.")
        write(folder, contents)

    monkeypatch.setattr(files, "write", slow)
    sweep()
    assert "Pendant ce temps" not in (queries.page("gazette", "tram", 1) or "")
    assert sweep() == 1
    assert "Pendant ce temps" in (queries.page("gazette", "tram", 1) or "")


@pytest.mark.django_db(transaction=True)
def test_only_one_writes_a_folder_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def enter(number: int) -> None:
        for _ in range(20):
            with files.locked(tmp_path / "tram"):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(8)]
    for running in threads:
        running.start()
    for running in threads:
        running.join()
    assert max(most) == 1
    connection.close()


def test_what_a_killed_writer_left_is_cleared_away(thread: Thread, published: Write, tram: Path) -> None:
    published()
    tram.mkdir(parents=True)
    (tram / ".new-abc").write_text("half a pa")
    sweep()
    assert not list(tram.glob(".new-*"))


@pytest.mark.parametrize("name", ["counts.json", "feed.atom", "feed.atom.br", "counts.json.gz"])
def test_no_thread_takes_the_name_of_a_file_of_its_site(name: str) -> None:
    with pytest.raises(ValueError, match=r"counts|feed"):
        files.thread_folder("gazette", name)
    with pytest.raises(ValueError, match="address"):
        urls.thread_name(name)


def test_the_notice_is_that_of_the_rule_book_and_follows_it(
    thread: Thread, published: Write, settings: Any, tmp_path: Path
) -> None:
    settings.PALABRE_RULES = tmp_path / "rules"
    published()
    sweep()
    assert "Chaque commentaire est vérifié" in (queries.page("gazette", "tram", 1) or "")
    settings.PALABRE_RULES.mkdir()
    text = default_text().replace("Chaque commentaire est vérifié", "On <lit> chaque commentaire")
    (settings.PALABRE_RULES / "gazette.toml").write_text(text, encoding="utf-8")
    assert sweep() == 1
    assert "On &lt;lit&gt; chaque commentaire" in (queries.page("gazette", "tram", 1) or "")
