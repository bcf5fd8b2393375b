"""Distillation: a French sentence must land where the English one does (Reimers & Gurevych 2020, arXiv 2004.09813)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from palabre.engine.train.careful import loop
from palabre.engine.train.careful.batches import alike, padded
from palabre.engine.train.careful.network import Encoder

Floats = NDArray[np.float32]
_TEMPERATURE = 0.05
#: Pieces in a batch, padding included.
BATCH = 1536


@dataclass(frozen=True)
class Lessons:
    """Texts as pieces, and the unit vector (texts x width) each must land on."""

    ids: Sequence[Sequence[int]]
    targets: Floats

    def batches(self, seed: int = 0) -> list[list[int]]:
        """Places of texts, each text once."""
        return list(alike([len(one) for one in self.ids], BATCH, np.random.default_rng(seed)))

    def loss(self, encoder: Encoder, places: list[int]) -> Tensor:
        """Distance to the target, and the target to be told from the batch's others."""
        target = torch.from_numpy(self.targets[places])
        near = pooled(encoder, [self.ids[place] for place in places]) @ target.T
        which = functional.cross_entropy(near / _TEMPERATURE, torch.arange(len(target)))
        return 4 * (1 - near.diagonal()).mean() + 0.3 * which


def pooled(encoder: Encoder, ids: Sequence[Sequence[int]]) -> Tensor:
    """Unit vectors (texts, width): the mean over a text's pieces."""
    found, mask = padded(ids)
    with torch.autocast("cpu", torch.bfloat16):
        x = encoder(found, mask)
    held = mask[:, :, None].float()
    return functional.normalize((x.float() * held).sum(1) / held.sum(1), dim=-1)


@torch.no_grad()
def vectors(encoder: Encoder, ids: Sequence[Sequence[int]]) -> Floats:
    """Unit vectors of many texts, in order."""
    encoder.eval()
    order = np.argsort([len(one) for one in ids], kind="stable")
    found = np.zeros((len(ids), encoder.pieces.weight.shape[1]), np.float32)
    for begin in range(0, len(order), 128):
        places = order[begin : begin + 128]
        found[places] = pooled(encoder, [ids[place] for place in places]).numpy()
    return found


def distil(encoder: Encoder, lessons: Lessons, steps: int, path: Path, say: Callable[[str], None]) -> None:
    """Pull each text's vector to its target."""
    batches = lessons.batches()
    encoder.drop = 0.0
    loop.train(
        encoder, groups(encoder, 1e-3, 1e-4), steps,
        lambda number: lessons.loss(encoder, batches[number % len(batches)]), path, say,
    )  # fmt: skip
    encoder.drop = 0.1


def groups(encoder: Encoder, pieces: float, layers: float) -> list[dict[str, object]]:
    """Embeddings, most of them new, move at another rate than the layers, which know their work."""
    rest = [weight for name, weight in encoder.named_parameters() if name != "pieces.weight"]
    return [{"params": [encoder.pieces.weight], "lr": pieces}, {"params": rest, "lr": layers}]
