"""``python -m palabre.engine.train fast --data FOLDER --out FILE`` (or ``relevance``): train a model from a data
folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from palabre.engine.judge import DATA
from palabre.engine.train import relevance
from palabre.engine.train.fast import train


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(
        prog="./run train", description="Train a model from a folder of labelled comments."
    )
    parser.add_argument("name", choices=["fast", "relevance"])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="a folder with train/ and text/")
    parser.add_argument("--out", type=Path, help="by default the file the engine loads")
    parser.add_argument(
        "--curves", type=Path, default=Path("docs/reference"), help="where reliability curves are drawn"
    )
    chosen = parser.parse_args()
    if chosen.name == "relevance":
        relevance.fit(chosen.data, chosen.out or DATA / "background.npz")
    else:
        train(chosen.data, chosen.out or DATA / "fast.model", chosen.curves)


if __name__ == "__main__":
    main()
