"""The loop every training here runs: a number of steps, a falling rate, checkpoints it can go on from."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

_EVERY, _WARM = 200, 50


def train(
    module: nn.Module,
    groups: list[dict[str, Any]],
    steps: int,
    loss: Callable[[int], Tensor],
    path: Path,
    say: Callable[[str], None],
    early: int = 0,
) -> None:
    """Take ``steps`` steps on ``loss(number)`` and leave the weights in ``path``, those after ``early`` steps beside.

    Each step is seeded by its number, so that a training that was stopped and went on gives the same weights.
    """
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    begin, shown = _go_on(module, optimiser, _checkpoint(path)), 0.0
    module.train()
    begun = time.perf_counter()
    for number in range(begin, steps):
        torch.manual_seed(number)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * min(1.0, (number + 1) / _WARM) * (1 - number / steps)
        value = _step(module, optimiser, loss(number))
        shown = value if number == begin else 0.97 * shown + 0.03 * value
        if number % 25 == 0:
            each = (time.perf_counter() - begun) / (number - begin + 1)
            say(f"{path.stem} {number}/{steps} loss {shown:.4f} {each:.2f} s a step")
        if number + 1 == early:
            torch.save(module.state_dict(), early_path(path))
        if number % _EVERY == _EVERY - 1:
            _keep(module, optimiser, number + 1, _checkpoint(path))
    torch.save(module.state_dict(), path)


def early_path(path: Path) -> Path:
    """Where the weights from within a training lie."""
    return path.with_suffix(".early")


def mean_of(path: Path) -> dict[str, Tensor]:
    """The mean of the early and the last weights (Wortsman et al. 2022, arXiv 2203.05482)."""
    early, last = (torch.load(one, weights_only=True) for one in (early_path(path), path))
    return {name: (early[name] + weight) / 2 for name, weight in last.items()}


def _step(module: nn.Module, optimiser: torch.optim.Optimizer, loss: Tensor) -> float:
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(module.parameters(), 1.0)
    optimiser.step()
    return float(loss.item())


def _checkpoint(path: Path) -> Path:
    return path.with_suffix(".part")


def _keep(module: nn.Module, optimiser: torch.optim.Optimizer, number: int, path: Path) -> None:
    """Write beside and replace: a checkpoint cut short must not stop the next run."""
    fresh = path.with_suffix(".new")
    torch.save({"module": module.state_dict(), "optimiser": optimiser.state_dict(), "number": number}, fresh)
    fresh.replace(path)


def _go_on(module: nn.Module, optimiser: torch.optim.Optimizer, path: Path) -> int:
    if not path.exists():
        return 0
    held = torch.load(path, weights_only=True)
    module.load_state_dict(held["module"])
    optimiser.load_state_dict(held["optimiser"])
    return int(held["number"])
