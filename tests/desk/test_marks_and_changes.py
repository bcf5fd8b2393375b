"""Marked text and compared revisions keep every character and let no markup through."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from palabre.base.text import RawText
from palabre.desk.diffs import LONGEST, changes
from palabre.desk.line import Line
from palabre.desk.marks import mark
from palabre.engine.types import Span

spans = st.lists(
    st.builds(Span, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(["insult", "<i>", '"']), st.floats(0, 1)),
    max_size=6,
)


@given(st.text(alphabet="ab<>&\"' é\n", max_size=50), spans)
def test_marking_adds_marks_and_nothing_else(text: str, found: list[Span]) -> None:
    marked = mark(RawText(text), found, str)
    bare = re.sub(r'<mark title="[^"<>]*">|</mark>', "", marked)
    assert "<" not in bare
    assert html.unescape(bare) == text


def test_overlapping_spans_name_both_labels_where_they_overlap() -> None:
    marked = mark(RawText("abcdef"), [Span(0, 4, "hate", 0.9), Span(2, 6, "insult", 0.8)], str)
    assert marked == ('<mark title="hate">ab</mark><mark title="hate, insult">cd</mark><mark title="insult">ef</mark>')


@given(st.text(alphabet="ab .\n", max_size=60), st.text(alphabet="ab .\n", max_size=60))
def test_changes_read_as_the_old_and_as_the_new_text(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(change.text for change in found if change.kind != "in") == before
    assert "".join(change.text for change in found if change.kind != "out") == after


def test_very_long_texts_are_shown_whole_instead_of_compared() -> None:
    assert [change.kind for change in changes("a " * LONGEST, "b " * LONGEST)] == ["out", "in"]


def test_a_line_tries_ones_own_first_and_the_skipped_last() -> None:
    line = Line((1, 2, 3, 4, 5), taken=frozenset({2}), mine=frozenset({4}))
    assert line.candidates(skipped=[1]) == [4, 3, 5, 1]
    assert line.after(4) == [5, 1, 3, 4]
    assert line.before(4) == [3, 1, 5, 4]
    assert (line.place(3), line.place(9)) == (3, 0)
