"""The careful pass: a small French and English encoder (ONNX, int8) with a head a label and one vector a text.

A folder in the usual layout: ``config.json``, ``tokenizer.json``, ``model.onnx``. The configuration holds the
checksums of the other two, the labels, the calibration and the weights of relevance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from palabre.engine.models.calibration import Calibration
from palabre.engine.models.file import ModelError
from palabre.engine.models.pieces import LABELS, SETTINGS

Floats = NDArray[np.float32]
#: Pieces of a text that are read: about 150 words.
LONGEST = 192
#: Characters handed to the tokenizer: more than ``LONGEST`` pieces ever need.
_LETTERS = 2000
_FILES = ("tokenizer.json", "model.onnx")


@dataclass(frozen=True)
class Encoder:
    """``read`` is safe to share between threads."""

    version: str
    settings: Mapping[str, Any]
    calibration: Calibration
    tokenizer: Any
    session: Any

    def read(self, texts: Sequence[tuple[str, str]]) -> tuple[Floats, Floats]:
        """Logits (texts x ``LABELS``) and unit vectors (texts x 384) of (plain text, setting) pairs."""
        ids = self._padded(texts)
        given = {"input_ids": ids, "attention_mask": (ids != 0).astype(np.int64)}
        logits, vectors = self.session.run(["labels", "vector"], given)
        return logits, vectors

    def _padded(self, texts: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
        cut = self.tokenizer.encode_batch([text[:_LETTERS] for text, _ in texts], add_special_tokens=False)
        found = np.zeros((len(texts), 3 + min(LONGEST, max(len(one.ids) for one in cut))), np.int64)
        first, last, *places = self.settings["pieces"]
        for row, (one, (_, setting)) in enumerate(zip(cut, texts, strict=True)):
            ids = one.ids[:LONGEST]
            found[row, : len(ids) + 3] = [first, places[SETTINGS.index(setting)], *ids, last]
        return found


def load(folder: Path, threads: int = 1) -> Encoder:
    """Read the folder; raises ``ModelError`` with a sentence when it is missing, cut short or damaged."""
    config = _config(folder)
    contents = {name: _checked(folder / name, config["files"][name]) for name in _FILES}
    try:
        return _built(config, contents, threads)
    except Exception as error:  # both runtimes raise plain ones for a file that is not what it says
        raise _foreign(folder) from error


def write_config(folder: Path, settings: Mapping[str, Any]) -> None:
    """Write ``config.json`` beside the two other files, with their checksums."""
    files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _FILES}
    held = {"labels": LABELS, **settings, "files": files}
    (folder / "config.json").write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _config(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "config.json").read_bytes())
    except OSError as error:
        raise _missing(folder / "config.json", error) from error
    except ValueError as error:
        raise _damaged(folder / "config.json") from error
    if not isinstance(found, dict) or found.get("labels") != list(LABELS) or set(found.get("files", ())) != set(_FILES):
        raise _foreign(folder)
    return found


def _checked(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _missing(path, error) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise _damaged(path)
    return content


def _built(config: dict[str, Any], contents: Mapping[str, bytes], threads: int) -> Encoder:
    """Imports are here: who asks for the fast pass alone does not load a runtime."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    session = onnxruntime.InferenceSession(contents["model.onnx"], options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_buffer(contents["tokenizer.json"])
    digest = hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()[:12]
    return Encoder(f"careful-{digest}", config, Calibration.of(config["calibration"]), tokenizer, session)


def _missing(path: Path, error: OSError) -> ModelError:
    return ModelError(f"The model file {path} cannot be read ({error.strerror}). Install Palabre again.")


def _damaged(path: Path) -> ModelError:
    return ModelError(f"The model file {path} is damaged or cut short. Install Palabre again.")


def _foreign(folder: Path) -> ModelError:
    return ModelError(f"The model in {folder} was written by another version of Palabre. Install Palabre again.")
