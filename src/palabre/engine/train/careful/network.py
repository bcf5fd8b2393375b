"""The encoder (BERT's layers, Devlin et al. 2019) and the heads over it, in plain torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from palabre.engine.models.pieces import LABELS

WIDTH, HEADS, LAYERS, INNER, POSITIONS = 384, 12, 6, 1536, 256
_EPSILON = 1e-12


class Layer(nn.Module):
    """Attention and a two-layer net, each followed by its norm."""

    def __init__(self) -> None:
        super().__init__()
        self.asks, self.gives = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.first, self.second = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.last_norm = nn.LayerNorm(WIDTH, _EPSILON), nn.LayerNorm(WIDTH, _EPSILON)

    def forward(self, x: Tensor, bias: Tensor, drop: float) -> Tensor:
        """x (texts, pieces, width); bias (texts, 1, 1, pieces) is very negative on padding."""
        texts, pieces, _ = x.shape
        query, key, value = self.asks(x).view(texts, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        weight = torch.softmax(query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + bias, -1)
        seen = (weight @ value).transpose(1, 2).reshape(texts, pieces, WIDTH)
        x = self.norm(x + functional.dropout(self.gives(seen), drop, self.training))
        more = self.second(functional.gelu(self.first(x)))
        return self.last_norm(x + functional.dropout(more, drop, self.training))


class Encoder(nn.Module):
    """Pieces to vectors."""

    def __init__(self, size: int, drop: float = 0.1) -> None:
        super().__init__()
        self.pieces, self.places = nn.Embedding(size, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, _EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = drop

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """ids and mask (texts, pieces) to vectors (texts, pieces, width)."""
        x = self.pieces(ids) + self.places.weight[: ids.shape[1]]
        x = functional.dropout(self.norm(x), self.drop, self.training)
        bias = (mask[:, None, None, :].to(x.dtype) - 1) * 1e4
        for layer in self.layers:
            x = layer(x, bias, self.drop)
        return x


class Network(nn.Module):
    """The encoder with its heads: a logit a label for each piece and for the text, and the text's vector."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.encoder = Encoder(size)
        self.of_piece, self.of_text = nn.Linear(WIDTH, len(LABELS)), nn.Linear(WIDTH, len(LABELS))
        for head in (self.of_piece, self.of_text):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.constant_(head.bias, -1.0)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of texts (texts, labels) and of pieces (texts, pieces, labels), unit vectors (texts, width)."""
        x = self.encoder(ids, mask).float()
        held = mask[:, :, None].float()
        mean = (x * held).sum(1) / held.sum(1)
        pieces = self.of_piece(x)
        weight = torch.softmax(pieces + (held - 1) * 1e4, 1)
        return self.of_text(mean) + (weight * pieces).sum(1), pieces, functional.normalize(mean, dim=-1)


def from_bert(state: Mapping[str, Any], size: int) -> Encoder:
    """An encoder with the weights of a BERT checkpoint, word embeddings left out when ``size`` differs."""
    found = Encoder(size)
    kept = {
        "places.weight": (
            state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
        )[:POSITIONS],
        **_pair(state, "norm", "embeddings.LayerNorm"),
    }
    for number in range(LAYERS):
        kept |= _layer(state, f"layers.{number}.", f"encoder.layer.{number}.")
    if state["embeddings.word_embeddings.weight"].shape[0] == size:
        kept["pieces.weight"] = state["embeddings.word_embeddings.weight"]
    found.load_state_dict(kept, strict=False)
    return found


def _layer(state: Mapping[str, Any], to: str, source: str) -> dict[str, Any]:
    parts = [_pair(state, "x", f"{source}attention.self.{part}") for part in ("query", "key", "value")]
    return {
        f"{to}asks.weight": torch.cat([part["x.weight"] for part in parts]),
        f"{to}asks.bias": torch.cat([part["x.bias"] for part in parts]),
        **_pair(state, f"{to}gives", f"{source}attention.output.dense"),
        **_pair(state, f"{to}norm", f"{source}attention.output.LayerNorm"),
        **_pair(state, f"{to}first", f"{source}intermediate.dense"),
        **_pair(state, f"{to}second", f"{source}output.dense"),
        **_pair(state, f"{to}last_norm", f"{source}output.LayerNorm"),
    }


def _pair(state: Mapping[str, Any], to: str, source: str) -> dict[str, Any]:
    return {f"{to}.{kind}": state[f"{source}.{kind}"] for kind in ("weight", "bias")}
