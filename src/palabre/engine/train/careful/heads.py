"""The heads, trained with the encoder: labels, comments beside their articles, French kept beside English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from palabre.engine.train.careful import loop
from palabre.engine.train.careful.batches import alike, padded
from palabre.engine.train.careful.distil import BATCH, Lessons, groups
from palabre.engine.train.careful.labelled import LONGEST, Example
from palabre.engine.train.careful.network import Network
from palabre.engine.train.careful.related import Threads
from palabre.engine.train.careful.vocabulary import number

#: Of six steps: three on labels, two on articles, one on translations (so that English labels still reach French).
_TURN = ("labels", "articles", "labels", "labels", "articles", "translations")
_CLOSE = 14.0
#: When in the training the weights are kept that the last ones are averaged with: those know other registers better.
EARLY = 3 / 7


@dataclass
class Heads:
    """What the steps draw on."""

    network: Network
    tokenizer: Tokenizer
    examples: list[Example]
    threads: Threads
    lessons: Lessons

    def train(self, steps: int, path: Path, say: Callable[[str], None]) -> None:
        """Take ``steps`` steps and leave the weights in ``path``."""
        ids = self.ids([(one.text, one.setting) for one in self.examples])
        batches = list(alike([len(one) for one in ids], BATCH, np.random.default_rng(1)))
        kept = self.lessons.batches(2)

        def loss(step: int) -> Tensor:
            turn, part = _TURN[step % len(_TURN)], step // len(_TURN)
            if turn == "articles":
                return self._articles(step)
            if turn == "translations":
                return 0.5 * self.lessons.loss(self.network.encoder, kept[part % len(kept)])
            at = part * _TURN.count("labels") + _TURN[: step % len(_TURN)].count("labels")
            places = batches[at % len(batches)]
            return self._labels([ids[place] for place in places], [self.examples[place] for place in places])

        say(f"{len(self.examples)} examples in {len(batches)} batches")
        heads = [*self.network.of_piece.parameters(), *self.network.of_text.parameters()]
        rates = [*groups(self.network.encoder, 2e-4, 1.2e-4), {"params": heads, "lr": 2e-3}]
        loop.train(self.network, rates, steps, loss, path, say, early=round(steps * EARLY))

    def ids(self, texts: list[tuple[str, str]]) -> list[list[int]]:
        """Pieces of (text, setting) between the first, the setting's and the last piece."""
        first, last = (number(self.tokenizer, piece) for piece in ("[CLS]", "[SEP]"))
        cut = self.tokenizer.encode_batch([text for text, _ in texts], add_special_tokens=False)
        return [
            [first, number(self.tokenizer, setting), *one.ids[:LONGEST], last]
            for one, (_, setting) in zip(cut, texts, strict=True)
        ]

    def _labels(self, ids: list[list[int]], examples: list[Example]) -> Tensor:
        """Log-loss of the known labels, each row by its source's weight."""
        with torch.autocast("cpu", torch.bfloat16):
            logits, _, _ = self.network(*padded(ids))
        target = torch.tensor([one.targets for one in examples])
        weight = torch.tensor([one.weight for one in examples])[:, None] * (~target.isnan()).float()
        each = functional.binary_cross_entropy_with_logits(logits.float(), target.nan_to_num(), reduction="none")
        return 6 * (weight * each).sum() / weight.sum().clamp(min=1e-6)

    def _articles(self, step: int) -> Tensor:
        """Which article a comment belongs to, and whether it belongs to its own at all."""
        batch = self.threads.batch(step)
        texts = [*batch.comments, *((passage, "[BARE]") for passage in batch.passages)]
        with torch.autocast("cpu", torch.bfloat16):
            _, _, vectors = self.network(*padded(self.ids(texts)))
        near = vectors[: len(batch.comments)].float() @ vectors[len(batch.comments) :].float().T
        under, on_topic = torch.tensor(batch.under), torch.tensor(batch.on_topic)
        which = functional.cross_entropy(near[on_topic] * _CLOSE, under[on_topic])
        own = torch.zeros_like(near)
        own[torch.arange(len(under))[on_topic], under[on_topic]] = 1
        belongs = functional.binary_cross_entropy_with_logits(
            _CLOSE * (near - 0.3), own, torch.where(own > 0, 4.0, 1.0)
        )
        return 0.5 * which + belongs
