"""Check the documentation: every link between its pages leads somewhere, every page is reachable from the start."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])


def links(page: Path) -> Iterator[str]:
    """Every link of ``page`` to another file, without code blocks and fragments."""
    for match in LINK.finditer(CODE.sub("", page.read_text(encoding="utf-8"))):
        target = (match[1] or match[2]).split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            yield target


def broken() -> list[str]:
    return [
        f"{page.relative_to(ROOT)}: {target} is not there"
        for page in pages()
        for target in links(page)
        if not (page.parent / target).exists()
    ]


def unreachable() -> list[str]:
    """Pages of docs/ to which no chain of links leads from README.md."""
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        waiting += [(page.parent / target).resolve() for target in links(page)]
    return [f"{page.relative_to(ROOT)}: no link leads here" for page in pages() if page not in seen]


def main() -> int:
    problems = broken() + unreachable()
    print("\n".join(problems) or f"docs: {len(pages())} pages, every link leads somewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
