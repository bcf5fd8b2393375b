"""Write docs/reference/model-card.md from the committed figures and the model's own description."""

from __future__ import annotations

import json
from pathlib import Path

from palabre.engine.evaluate.card import card

FIGURES = Path("docs/reference/figures.json")
TRAINED = Path("src/palabre/engine/data/fast.json")
CARD = Path("docs/reference/model-card.md")


def main() -> None:
    """Run from the repository root."""
    figures, trained = (json.loads(path.read_text(encoding="utf-8")) for path in (FIGURES, TRAINED))
    CARD.write_text(card(figures, trained), encoding="utf-8")
    print(f"{CARD} written")


if __name__ == "__main__":
    main()
