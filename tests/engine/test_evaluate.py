"""`palabre evaluate` measures what a file knows, leaves out what it does not, and says which line is wrong."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from palabre.engine import evaluate
from palabre.engine.evaluate import agreement, bias, exchange, slices, spans
from palabre.engine.evaluate.rows import Judged, Row, RowError, judge, read
from palabre.engine.judge import Engine
from palabre.engine.types import Article, Assessment, Span

MARKET = Article("Market to close", "The covered market of Thornleigh closes for repairs on Monday.", "B. Lowther")
BUSES = Article("Night buses return", "Night buses run again in Port Anwick on Fridays.", "N. Thomas")


class WordEngine:
    """Knows « idiot » for an insult, and counts a comment off topic when it names nothing of the title."""

    version = "words-1"

    def assess(
        self, text: str, article: Article | None = None, parent: str | None = "", language: str | None = None
    ) -> Assessment:
        at = text.lower().find("idiot")
        scores = {"insult": 0.9 if at >= 0 else 0.1}
        if article:
            scores["off_topic"] = 0.1 if set(text.lower().split()) & set(article.title.lower().split()) else 0.8
        found = (Span(at, at + 5, "insult", 1.0),) if at >= 0 else ()
        return Assessment("en", scores, found, self.version)


ENGINE = cast(Engine, WordEngine())


def row(text: str, labels: Mapping[str, float], article: Article | None = None, **more: Any) -> Row:
    return Row(text[:8], text, "en", "written", labels, article, **more)


@pytest.fixture
def judged() -> list[Judged]:
    rows = [
        row("You idiot, read it.", {"insult": 1, "publish": 0}),
        row("What a lovely day.", {"insult": 0, "publish": 1}),
        row("An idiot would like it.", {"insult": 0.2, "publish": 0.5}),
        row("Nothing is known of this one.", {}),
    ]
    return judge(rows, ENGINE)


def test_a_label_that_is_absent_is_unknown_and_left_out(judged: list[Judged]) -> None:
    line = slices.of_label(judged, "insult", "written", "en")
    assert line is not None
    assert (line.n, line.positives) == (3, 1)
    assert slices.of_label(judged, "threat", "written", "en") is None


def test_figures_come_by_source_language_and_label_then_publish(judged: list[Judged]) -> None:
    lines = slices.table(judged, {"insult": 0.5})
    assert [(line.source, line.lang, line.label) for line in lines] == [
        ("written", "en", "insult"),
        ("written", "en", "publish"),
    ]
    insult = lines[0]
    assert insult.auc == pytest.approx(0.75)
    assert insult.good_above == pytest.approx(0.5)


def test_publish_is_one_minus_the_highest_refusing_score(judged: list[Judged]) -> None:
    assert slices.publish(judged[0]) == pytest.approx(0.1)
    assert slices.publish(judged[1]) == pytest.approx(0.9)


def test_the_exchange_puts_each_on_topic_comment_under_other_articles() -> None:
    on = row("The market was cold but I loved the cheese there.", {"off_topic": 0}, MARKET)
    off = row("My telephone has been broken for a week and nobody cares.", {"off_topic": 1}, MARKET)
    short = row("Poor market.", {"off_topic": 0}, MARKET)
    other = row("Are the buses free for those of us over sixty?", {"off_topic": 0}, BUSES)
    found = exchange.exchanged([on, off, short, other])
    assert [(one.text[:3], one.article, one.labels["off_topic"]) for one in found] == [
        ("The", MARKET, 0),
        ("The", BUSES, 1),
        ("Are", BUSES, 0),
        ("Are", MARKET, 1),
    ]
    assert exchange.exchange([on, off, short, other], ENGINE).value == 1.0


def test_spans_are_compared_in_characters_that_two_readers_marked(judged: list[Judged]) -> None:
    text = "You idiot, you utter fool."
    marks = ((4, 9, "Insult", 1), (4, 9, "Profane", 1), (15, 25, "Insult", 1))
    (one,) = judge([row(text, {"insult": 1}, spans=marks)], ENGINE)
    assert spans.true_characters(one.row) == set(range(4, 9))
    assert spans.span_f1([one, *judged]) == 1.0
    assert spans.span_f1([one], marks=1) < 1


def test_agreement_counts_insults_found_clear_that_are_found_in_disguise() -> None:
    rows = [row("You idiot.", {"insult": 1}, spans=("idiot",)), row("You fool.", {"insult": 1})]
    found = agreement.agreement(rows, ENGINE)
    assert len(found) == 8
    assert found["leet"] == (1, 0.0)


def test_only_the_marked_words_are_disguised() -> None:
    hidden = agreement.hide(row("Such an idiot today.", {}, spans=("idiot",)), "dotted", 1)
    assert hidden.text.startswith("Such an i")
    assert hidden.text.endswith("t today.")
    assert hidden.text != "Such an idiot today."


def test_a_group_named_seldom_has_no_figure() -> None:
    few = judge([row("My Muslim neighbour waves.", {"toxic": 0})] * 5, ENGINE)
    assert bias.by_group(few) == []
    many = judge(
        [row("The Muslim idiot.", {"toxic": 1})] * 10
        + [row("My Muslim neighbour.", {"toxic": 0})] * 10
        + [row("The idiot.", {"toxic": 1})] * 10
        + [row("My neighbour.", {"toxic": 0})] * 10,
        ENGINE,
    )
    (line,) = bias.by_group(many)
    assert (line.group, line.n, line.positives) == ("muslim", 20, 10)


def write(path: Path, *lines: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") if path.suffix == ".gz" else path.open("w") as stream:
        stream.write("\n".join(lines))
    return path


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.jsonl", '{"text": "fine", "labels": {}}', '{"labels": {}}')
    with pytest.raises(RowError, match="line 2"):
        list(read(bad))


def test_plain_and_gzipped_files_are_read_alike(tmp_path: Path) -> None:
    line = json.dumps({"text": "Été", "lang": "fr", "source": "s", "labels": {"insult": 1}, "article_title": "T"})
    plain, packed = (list(read(write(tmp_path / name, line))) for name in ("a.jsonl", "a.jsonl.gz"))
    assert plain == packed
    assert plain[0].article == Article("T", "", "")


def test_the_command_prints_a_table_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        json.dumps({"text": text, "lang": "en", "source": "tiny", "labels": {"insult": value}})
        for text, value in (("You stupid idiot.", 1), ("Thank you for the recipe.", 0))
    ]
    path = str(write(tmp_path / "tiny.jsonl", *lines))
    assert evaluate.main([path]) == 0
    assert "Functional checks" in capsys.readouterr().out
    assert evaluate.main([path, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["slices"][0]["auc"] == 1.0
    assert len(found["checks"]) >= 50


def test_the_command_refuses_a_missing_file_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate.main(["/nowhere/none.jsonl"]) == 2
    assert "none.jsonl" in capsys.readouterr().err
