"""``./run train careful``: train the encoder from a data folder. A step that left its file is not done again."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import torch

from palabre.engine.cascade import CAREFUL
from palabre.engine.train.careful.steps import Training


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(prog="./run train careful", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="a folder with train/ and text/")
    parser.add_argument("--work", type=Path, default=Path("work/careful"), help="where the steps leave their files")
    parser.add_argument("--out", type=Path, default=CAREFUL, help="the folder of the finished model")
    parser.add_argument("--distil-steps", type=int, default=Training.distil_steps)
    parser.add_argument("--heads-steps", type=int, default=Training.heads_steps)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)
    Training(chosen.data, chosen.work, chosen.distil_steps, chosen.heads_steps).shipped(chosen.out)


if __name__ == "__main__":
    main()
