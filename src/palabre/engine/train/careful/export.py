"""The trained network as ONNX, its weights in eight bits (dynamic quantisation, a scale a channel)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from palabre.engine.train.careful.network import Network

_NAMES = {"input_ids": "pieces", "attention_mask": "pieces"}


class _Runtime(nn.Module):
    """What the engine asks for: logits and vectors of texts."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        logits, _, vectors = self.network(ids, mask)
        return logits, vectors


def export(network: Network, path: Path) -> None:
    """Write ``network`` to ``path``."""
    ids = torch.randint(5, 1000, (2, 9))
    axes = {name: {0: "texts", 1: "pieces"} for name in _NAMES} | {name: {0: "texts"} for name in ("labels", "vector")}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            _Runtime(network).eval(), (ids, torch.ones_like(ids)), str(whole), input_names=list(_NAMES),
            output_names=["labels", "vector"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)
