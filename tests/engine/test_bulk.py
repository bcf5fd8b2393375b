"""Comments are assessed in bulk in order, and a bad line stops nothing."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from palabre.engine.evaluate import bulk


def lines(count: int) -> Iterator[bulk.Numbered]:
    for number in range(1, count + 1):
        yield number, json.dumps({"id": number, "text": f"Comment number {number}, calm and short."}).encode()


def test_order_is_kept_over_several_processes() -> None:
    found = list(bulk.assess_all(lines(3 * bulk.CHUNK), jobs=2))
    assert [number for number, _ in found] == list(range(1, 3 * bulk.CHUNK + 1))
    assert all(isinstance(result, dict) and result["id"] == number for number, result in found)


def test_input_is_read_as_results_are_taken() -> None:
    read = 0

    def endless() -> Iterator[bulk.Numbered]:
        nonlocal read
        for item in lines(50 * bulk.CHUNK):
            read += 1
            yield item

    results = bulk.assess_all(endless(), jobs=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert read < 20 * bulk.CHUNK


def test_a_result_has_the_documented_fields() -> None:
    item = {"id": "a", "text": "You are an idiot.", "lang": "en", "article_title": "Bus", "parent": "Hello."}
    ((_, result),) = bulk.assess_all([(1, item)], jobs=1)
    assert isinstance(result, dict)
    assert set(result) == {"id", "language", "scores", "spans", "model"}
    assert result["language"] == "en"
    assert all(0 <= score <= 1 for score in result["scores"].values())
    for span in result["spans"]:
        assert 0 <= span["begin"] < span["end"] <= len(item["text"])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{broken", "Expecting"),
        (b'["no", "mapping"]', "no text"),
        (b'{"id": 3}', "no text"),
        (b'{"text": 5}', "no text"),
        (b'{"text": "x", "parent": 5}', "parent is not text"),
        (b'\xff\xfe{"text"', "decode"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_left_out(line: bytes, why: str) -> None:
    errors = io.StringIO()
    items: list[bulk.Numbered] = [(1, b'{"text": "Hello there."}'), (2, line), (3, b'{"text": "Good night."}')]
    results = list(bulk.told(bulk.assess_all(items, jobs=1), errors))
    assert len(results) == 2
    assert "line 2: " in errors.getvalue()
    assert why in errors.getvalue()


def test_lone_surrogates_and_long_lines_pass() -> None:
    items: list[bulk.Numbered] = [(1, b'{"text": "\\ud800"}'), (2, json.dumps({"text": "a" * 100_000}))]
    assert all(isinstance(result, dict) for _, result in bulk.assess_all(items, jobs=1))


def test_the_command_reads_a_pipe_and_writes_json_lines() -> None:
    given = b'{"id": 1, "text": "Bonjour, quel beau march\xc3\xa9."}\nbad\n\n{"id": 2, "text": "Hello."}\n'
    command = [
        sys.executable,
        "-c",
        "import sys; from palabre.engine.evaluate.bulk import main; sys.exit(main(['--jsonl']))",
    ]
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 2]
    assert b"line 2:" in done.stderr


def test_parquet_in_and_out(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    source, target = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(
        pa.table({"id": ["a", "b", "c"], "text": ["Hello you.", None, "You idiot."], "unused": [1, 2, 3]}), source
    )
    assert bulk.main(["--parquet", str(source), str(target), "--jobs", "1"]) == 0
    rows = pq.read_table(target).to_pylist()
    assert [row["id"] for row in rows] == ["a", "c"]
    assert dict(rows[1]["scores"])["insult"] > dict(rows[0]["scores"])["insult"]


def test_a_file_that_is_not_parquet_is_refused_with_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")
    bad = tmp_path / "in.parquet"
    bad.write_text("no")
    assert bulk.main(["--parquet", str(bad), str(tmp_path / "out.parquet")]) == 2
    assert "cannot be read as Parquet" in capsys.readouterr().err
