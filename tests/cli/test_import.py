"""`palabre import`: the report on standard output, a sentence for what cannot be done."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from palabre.cli.imports import ProgressLine

from .conftest import Palabre

EXPORT = """<?xml version="1.0"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="1"><link>https://gazette.example/bench</link><title>The bench</title></thread>
<post dsq:id="2"><message>A calm word.</message><createdAt>2020-01-01T00:00:00Z</createdAt><thread dsq:id="1"/></post>
</disqus>
"""


def test_an_export_comes_in_and_the_report_is_printed(palabre: Palabre, installed: Path, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(EXPORT)
    first = palabre("import", "disqus", "export.xml", "--site", "gazette")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Comments imported: 1 (1 published)\n")
    again = palabre("import", "disqus", "export.xml", "--site", "gazette")
    assert "Comments there already from an earlier run: 1" in again.stdout


@pytest.mark.parametrize(
    ("file", "site", "status", "sentence"),
    [
        ("export.xml", "herald", 2, "There is no site 'herald' (there are: gazette)"),
        ("nowhere.xml", "gazette", 1, "nowhere.xml: [Errno 2] No such file or directory"),
        ("bomb.xml", "gazette", 1, "declares a document type or entities"),
    ],
)
def test_what_cannot_be_imported_is_told_in_a_sentence(
    palabre: Palabre, installed: Path, tmp_path: Path, file: str, site: str, status: int, sentence: str
) -> None:
    (tmp_path / "export.xml").write_text(EXPORT)
    (tmp_path / "bomb.xml").write_text('<!DOCTYPE d [<!ENTITY a "ha">]>' + EXPORT)
    done = palabre("import", "disqus", file, "--site", site)
    assert done.returncode == status
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    line = ProgressLine()
    line("writing", 5, 5)
    line.end()
    assert terminal.getvalue() == f"\rwriting  [{'#' * 30}] 100%\r\x1b[K"


def test_progress_is_silent_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = io.StringIO()
    monkeypatch.setattr("sys.stderr", plain)
    line = ProgressLine()
    line("writing", 5, 5)
    line.end()
    assert plain.getvalue() == ""
