"""Training from a folder: what is believed, what is made up, and that the same folder gives the same numbers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from palabre.engine.models.fast import Head
from palabre.engine.text.wordlists import sections
from palabre.engine.train import rows as data
from palabre.engine.train.augment import disguise, exchanged, swapped
from palabre.engine.train.calibrate import line
from palabre.engine.train.export import quantised
from palabre.engine.train.fit import logistic
from palabre.engine.train.generated import generated
from palabre.engine.train.head import fit_head, logits_of
from palabre.engine.train.rows import Row
from palabre.engine.train.translate import translated, word_table
from palabre.engine.types import LABELS, Article


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "train").mkdir()
    (tmp_path / "dev").mkdir()
    desk = {"id": "d1", "text": "Belle idée.", "lang": "fr", "source": "desk_train_fr_a", "article_title": "Un square"}
    tweet = {"id": "t1", "text": "bof", "lang": "fr", "source": "ftr", "labels": {"hate": 0, "toxic": 0, "spam": 1}}
    _write(tmp_path / "train" / "desk_train_fr_a.jsonl.gz", {**desk, "labels": {"insult": 1, "hate": 0}})
    _write(tmp_path / "train" / "ftr.jsonl.gz", tweet)
    _write(tmp_path / "dev" / "desk_fr.jsonl.gz", {**desk, "id": "never"})
    return tmp_path


def _write(path: Path, row: dict[str, object]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(row) + "\n")


def test_only_training_rows_are_read(folder: Path) -> None:
    assert [row.id for row in data.read(folder)] == ["d1", "t1"]


def test_a_zero_that_says_nothing_is_not_believed(folder: Path) -> None:
    tweet = data.read(folder)[1]
    assert tweet.labels == {"hate": 0.0}


def test_what_the_house_rules_refuse_is_toxic_and_the_unknown_stays_unknown(folder: Path) -> None:
    targets = data.targets(data.read(folder))
    assert targets[0, LABELS.index("toxic")] == 1
    assert np.isnan(targets[0, LABELS.index("spam")])


def test_the_solver_finds_the_telling_word() -> None:
    matrix = csr_matrix(np.array([[1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]], float))
    weights, _ = logistic(matrix, np.array([1.0, 1, 0, 0]), np.ones(4), 0.1)
    assert weights[0] > 0 > weights[1]
    assert abs(weights[2]) < 0.01


def test_quantising_keeps_small_weights_apart_and_large_ones_whole() -> None:
    weights = np.array([[0.001], [0.002], [0.1], [-4.0]], np.float32)
    small, scale = quantised(weights)
    restored = small.astype(np.float32) * np.abs(small) * scale
    assert small.dtype == np.int8
    assert restored[:, 0] == pytest.approx([0.001, 0.002, 0.1, -4.0], rel=0.2)
    assert restored[0] < restored[1]


def test_the_head_learns_what_no_single_input_says() -> None:
    inputs = np.tile(np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float), (50, 1))
    targets = np.tile(np.array([[0.0], [1], [1], [0]]), (50, 1))
    head: Head = fit_head(inputs, targets, np.full(200, 500.0), ())
    logits = logits_of(head, inputs[:4])[:, 0]
    assert logits[1] > 0 > logits[0]
    assert logits[2] > 0 > logits[3]


def test_a_calibration_line_is_never_upside_down() -> None:
    slope, _ = line(np.array([2.0, 1.0, -1.0, -2.0]), np.array([0.0, 0, 1, 1]))
    assert slope > 0


def test_disguises_and_exchanged_groups_are_the_same_at_each_run() -> None:
    assert disguise("Quel grand imbécile vraiment", Random(3)) == disguise("Quel grand imbécile vraiment", Random(3))
    row = Row("1", "Les juifs du quartier", "fr", "s", 1, "g")
    assert [one.text for one in swapped([row], Random(1), 1)] == [one.text for one in swapped([row], Random(1), 1)]


def test_a_comment_under_another_article_is_off_topic_there() -> None:
    rows = [
        Row(
            str(n),
            "une longue phrase de plus de huit mots sur ce sujet",
            "fr",
            "s",
            1,
            f"g{n}",
            {"off_topic": 0.0},
            Article(f"t{n}"),
        )
        for n in range(2)
    ]
    moved = list(exchanged(rows, Random(1), 1))
    assert [(row.article, row.labels) for row in moved] == [
        (Article("t1"), {"off_topic": 1.0}),
        (Article("t0"), {"off_topic": 1.0}),
    ]


def test_words_are_translated_from_sentence_pairs(tmp_path: Path) -> None:
    (tmp_path / "parallel").mkdir()
    (tmp_path / "words").mkdir()
    pairs = [("chien", "dog"), ("chat", "cat"), ("chien chat", "dog cat")] * 3
    with gzip.open(tmp_path / "parallel" / "fr-en.tsv.gz", "wt") as lines:
        lines.writelines(f"t\t{french}\t{english}\n" for french, english in pairs)
    with gzip.open(tmp_path / "words" / "fr-en.words.tsv.gz", "wt") as lines:
        lines.write("w\tlapin\trabbit\n")
    table = word_table(tmp_path, "fr")
    assert translated("Dog, cat, rabbit, yak!", table, Random(1)) == "chien, chat, lapin, yak!"


def test_generated_rows_have_known_labels_and_no_open_slot() -> None:
    rows = list(generated(Random(1)))
    assert all(set(row.labels) <= set(LABELS) for row in rows)
    assert not any("{" in row.text for row in rows)


def test_a_word_list_is_read_by_section(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# note\n[one]\na b\nc\n\n[two]\nd = e\n", encoding="utf-8")
    assert sections(tmp_path / "list.txt") == {"one": ["a b", "c"], "two": ["d = e"]}
