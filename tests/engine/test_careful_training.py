"""The steps of the careful pass's training, on a few sentences; those that need torch are skipped without it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from palabre.engine.models.pieces import LABELS, SETTINGS, passages, setting
from palabre.engine.train.careful import alignment, labelled, texts, vocabulary
from palabre.engine.train.rows import Row
from palabre.engine.types import Article


def row(source: str = "wiki6", **changed: Any) -> Row:
    held: dict[str, Any] = {"id": "1", "text": "A word to all.", "lang": "en", "weight": 1.0, "group": "g"} | changed
    return Row(source=source, **held)


def test_words_that_stand_together_are_aligned() -> None:
    french = [[1, 2], [1, 3], [2, 3]]
    english = [[4, 5], [4, 6], [5, 6]]
    ours, theirs, chance = alignment.translations(french, english, 7)
    best = {int(one): int(theirs[ours == one][chance[ours == one].argmax()]) for one in (1, 2, 3)}
    assert best == {1: 4, 2: 5, 3: 6}


def test_a_piece_takes_the_vector_of_what_it_stands_for_and_unaligned_ones_none() -> None:
    vectors = np.eye(7, dtype=np.float32)
    found, known = alignment.expected((np.array([1]), np.array([4]), np.array([1.0], np.float32)), vectors)
    assert known.tolist() == [False, True, False, False, False, False, False]
    assert found[1].tolist() == vectors[4].tolist()


def test_the_vocabulary_holds_both_tongues_the_settings_and_the_masks() -> None:
    french = vocabulary.french_pieces(["le chat dort sur la table"] * 20)
    tokenizer = vocabulary.build(["the", "cat", "##s", "t"], french)
    assert tokenizer.encode("The cats \ue003 dort").tokens == ["the", "cat", "##s", "\ue003", "dort"]
    assert [tokenizer.token_to_id(piece) for piece in vocabulary.SPECIAL] == list(range(len(vocabulary.SPECIAL)))


def test_a_text_is_read_in_the_plain_form_with_addresses_masked() -> None:
    assert texts.read("Déjà VU sur https://example.org/a ?") == "deja vu sur \ue000 ?"


def test_a_folder_without_texts_gives_none(tmp_path: Path) -> None:
    assert texts.pairs(tmp_path) == []
    assert texts.words(tmp_path) == []
    assert list(texts.french(tmp_path)) == []


def test_a_label_nobody_gave_is_unknown_to_the_heads() -> None:
    told = dict(zip(LABELS, labelled.example(row(labels={"toxic": 1.0})).targets, strict=True))
    assert told.pop("toxic") == 1.0
    assert all(np.isnan(value) for value in told.values())


def test_what_is_kept_back_is_never_learnt_and_never_changes() -> None:
    rows = [row(group=f"g{number}", text=f"Text number {number} of them.") for number in range(200)]
    kept = {one.text.lower() for one in rows if labelled.kept_back(one)}
    assert 5 < len(kept) < 40
    assert kept.isdisjoint(one.text for one in labelled.examples(rows))
    assert [one.text for one in labelled.examples(rows)] == [one.text for one in labelled.examples(rows)]


def test_a_setting_has_its_piece() -> None:
    assert [setting(False, False), setting(True, False), setting(True, True)] == list(SETTINGS)


@pytest.mark.parametrize("text", ["", "One sentence.", "A sentence of some six words. " * 40, "x" * 100_000])
def test_every_passage_of_an_article_stands_behind_its_title_and_is_bounded(text: str) -> None:
    found = list(passages(Article("The title", text)))
    assert found
    assert all(one.startswith("the title.") for one in found)
    assert sum(map(len, found)) < 10_000


def test_batches_hold_each_text_once_and_like_with_like() -> None:
    batches = pytest.importorskip("palabre.engine.train.careful.batches", reason="needs torch")
    lengths = [3, 90, 4, 88, 5, 91, 3, 3]
    found = list(batches.alike(lengths, 100, np.random.default_rng(0)))
    assert sorted(place for batch in found for place in batch) == list(range(8))
    assert all(len(batch) * max(lengths[place] for place in batch) <= 100 for batch in found)


def test_a_training_that_was_stopped_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs torch")
    from palabre.engine.train.careful import loop

    def trained(path: Path, stop: int | None) -> Any:
        torch.manual_seed(0)
        line = torch.nn.Linear(2, 1)

        def loss(number: int) -> Any:
            if number == stop:
                raise KeyboardInterrupt
            return ((line(torch.randn(4, 2)) - 1) ** 2).mean()

        loop.train(line, [{"params": line.parameters(), "lr": 0.1}], 260, loss, path, lambda said: None)
        return line.weight.tolist()

    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path / "one.pt", 230)
    assert trained(tmp_path / "one.pt", None) == trained(tmp_path / "two.pt", None)


def test_the_network_gives_the_same_with_and_without_padding() -> None:
    torch = pytest.importorskip("torch", reason="needs torch")
    from palabre.engine.train.careful.batches import padded
    from palabre.engine.train.careful.network import Network

    network = Network(50).eval()
    with torch.no_grad():
        alone = network(*padded([[2, 9, 3]]))
        beside = network(*padded([[2, 9, 3], [2, 9, 8, 7, 6, 3]]))
    assert torch.allclose(alone[0][0], beside[0][0], atol=1e-5)
    assert torch.allclose(alone[2][0], beside[2][0], atol=1e-5)


def test_losses_are_read_from_the_log_and_a_step_done_twice_counts_once(tmp_path: Path) -> None:
    figures = pytest.importorskip("palabre.engine.train.careful.figures", reason="needs torch")
    log = tmp_path / "log.txt"
    log.write_text(
        "10:00:00 heads 0/9 loss 2.5 1 s\n10:00:01 heads 25/9 loss 2.0 1 s\n10:01:00 heads 25/9 loss 1.9 1 s\n"
    )
    assert figures.losses(log) == {"heads": [(0, 2.5), (25, 1.9)]}
    assert figures.losses(tmp_path / "none.txt") == {}


def test_every_source_the_heads_read_has_its_licence_and_rows() -> None:
    figures = pytest.importorskip("palabre.engine.train.careful.figures", reason="needs torch")
    told = figures.sources([row(source="wiki6", group=f"g{number}") for number in range(50)])
    assert {one["source"] for one in told} == set(labelled.TIMES)
    assert all(one["licence"] for one in told)
    assert sum(one["rows"] + one["kept_back"] for one in told) == 50


def test_the_weights_early_on_and_at_the_end_are_averaged(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs torch")
    from palabre.engine.train.careful import loop

    line = torch.nn.Linear(1, 1)
    path, seen = tmp_path / "one.pt", []

    def loss(number: int) -> Any:
        seen.append(line.weight.item())
        return (line(torch.ones(1, 1)) - 9).square().sum()

    loop.train(line, [{"params": line.parameters(), "lr": 0.1}], 9, loss, path, lambda said: None, early=4)
    assert loop.mean_of(path)["weight"].item() == pytest.approx((seen[4] + line.weight.item()) / 2)
