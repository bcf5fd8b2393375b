"""A comment as typed, with the words marked that the machine names. The text is hostile: all of it is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from palabre.base.text import RawText
from palabre.engine.types import Span


def mark(text: RawText, spans: Iterable[Span], words: Callable[[str], str]) -> SafeString:
    """``text`` escaped, each stretch under a span in a ``<mark>`` whose title names the labels by ``words``.

    Spans may overlap, lie outside the text or be empty: what is not in the text is left out.
    """
    known = [_within(span, len(text)) for span in spans]
    edges = sorted({0, len(text), *(edge for begin, end, _ in known for edge in (begin, end))})
    pieces = [_piece(text[begin:end], _labels(known, begin, end), words) for begin, end in pairwise(edges)]
    return mark_safe("".join(pieces))  # noqa: S308 - every piece comes from format_html


def _within(span: Span, length: int) -> tuple[int, int, str]:
    begin = min(max(span.begin, 0), length)
    return begin, min(max(span.end, begin), length), span.label


def _labels(spans: list[tuple[int, int, str]], begin: int, end: int) -> list[str]:
    return list(dict.fromkeys(label for first, last, label in spans if first <= begin and end <= last))


def _piece(text: str, labels: list[str], words: Callable[[str], str]) -> SafeString:
    if not labels:
        return format_html("{}", text)
    return format_html('<mark title="{}">{}</mark>', ", ".join(words(label) for label in labels), text)
