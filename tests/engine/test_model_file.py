"""A model file that is missing, cut short or damaged is refused with a sentence, never half read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from palabre.engine import ModelError, load
from palabre.engine.models import file


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "small.model"
    file.write(path, "small", {"a": 1}, {"matrix": np.arange(12, dtype=np.int8).reshape(4, 3)})
    return path


def test_what_was_written_is_read_back(written: Path) -> None:
    held = file.read(written)
    assert held.settings == {"a": 1}
    assert held.arrays["matrix"].tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]


def test_the_same_content_has_the_same_version(written: Path, tmp_path: Path) -> None:
    again = file.write(tmp_path / "again", "small", {"a": 1}, {"matrix": np.arange(12, dtype=np.int8).reshape(4, 3)})
    assert again == file.read(written).version


@pytest.mark.parametrize("size", [0, 5, 40, -1, -40])
def test_a_file_cut_short_is_refused(written: Path, size: int) -> None:
    written.write_bytes(written.read_bytes()[:size])
    with pytest.raises(ModelError, match="damaged or cut short"):
        file.read(written)


def test_one_changed_byte_is_refused(written: Path) -> None:
    content = bytearray(written.read_bytes())
    content[-40] ^= 1
    written.write_bytes(content)
    with pytest.raises(ModelError, match="checksum"):
        load(written)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere\.model cannot be read"):
        load(tmp_path / "nowhere.model")


def test_a_sound_file_of_another_kind_is_refused(written: Path) -> None:
    with pytest.raises(ModelError, match="another version of Palabre"):
        load(written)
