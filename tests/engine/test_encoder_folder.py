"""A careful model that is missing, cut short or of another kind is refused with a sentence; nothing of it is run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from palabre.engine import ModelError
from palabre.engine.models import encoder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.onnx").write_bytes(b"not a network")
    (tmp_path / "tokenizer.json").write_text("{}")
    encoder.write_config(tmp_path, {"pieces": [2, 3, 5, 6, 7], "calibration": {}})
    return tmp_path


@pytest.mark.parametrize("name", ["config.json", "model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name} cannot be read"):
        encoder.load(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_refused_by_its_checksum(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes() + b" ")
    with pytest.raises(ModelError, match=f"{name} is damaged or cut short"):
        encoder.load(folder)


def test_a_configuration_cut_short_is_refused(folder: Path) -> None:
    text = (folder / "config.json").read_text()
    (folder / "config.json").write_text(text[: len(text) // 2])
    with pytest.raises(ModelError, match="damaged or cut short"):
        encoder.load(folder)


@pytest.mark.parametrize("config", [[], {}, {"labels": ["other"], "files": {}}, {"labels": None}])
def test_a_configuration_of_another_kind_is_refused(folder: Path, config: object) -> None:
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="another version of Palabre"):
        encoder.load(folder)


def test_files_named_outside_the_folder_are_never_opened(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    config["files"]["../secret"] = "0" * 64
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(ModelError, match="another version of Palabre"):
        encoder.load(folder)


def test_a_network_the_runtime_does_not_read_is_refused(folder: Path) -> None:
    with pytest.raises(ModelError):
        encoder.load(folder)
