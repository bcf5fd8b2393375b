"""Reading a Disqus export: what is well formed, what is not, and what is refused."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.transfer.disqus import read
from palabre.transfer.markdown import to_markdown
from palabre.transfer.records import Loss, PostRecord, ThreadRecord, TransferRefused

from .exports import DECLARATION, OPEN, export, post, raw, text, thread

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "disqus-xml"


def posts(file: object) -> list[PostRecord]:
    return [record for record in read(file) if isinstance(record, PostRecord)]  # type: ignore[arg-type]


def losses(file: object) -> list[Loss]:
    return [record for record in read(file) if isinstance(record, Loss)]  # type: ignore[arg-type]


def test_a_thread_is_read_with_its_link_title_and_state() -> None:
    found = list(read(export(thread("7", "https://a.example/x?y=1&amp;z=2", title="Été", isClosed="true"), post("1"))))
    assert found[0] == ThreadRecord(3, "7", "", "https://a.example/x?y=1&z=2", "Été", None, closed=True)


def test_a_post_is_read_with_author_date_parent_and_states() -> None:
    [found] = posts(export(post("5", "<p>x</p>", parent="4", isSpam="true", email="a@b.example", name="Zoé")))
    assert found == PostRecord(
        3, "5", "1", "4", "Zoé", "a@b.example", "<p>x</p>", datetime(2019, 5, 4, 10, tzinfo=UTC), spam=True
    )


def test_the_address_a_post_was_sent_from_is_not_read() -> None:
    assert "203.0.113.9" not in repr(posts(export(post("5"))))


def test_a_blank_line_before_the_declaration_changes_nothing() -> None:
    assert posts(raw("\n  \n" + text(post("1")))) == [
        PostRecord(5, "1", "1", "", "Anne", "", "<p>A calm word.</p>", datetime(2019, 5, 4, 10, tzinfo=UTC))
    ]
    assert losses(raw("\n" + text(post("1")))) == []


def test_prefixes_nobody_bound_are_read_by_the_name_behind_them() -> None:
    odd = post("1").replace("<name>", '<name z:b="2">')
    xml = f'{DECLARATION}<disqus><x:extra y:a="1"/>{odd}</disqus>'
    [found] = posts(raw(xml))
    assert (found.key, found.thread, found.name) == ("1", "1", "Anne")


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ("a < b & c", "a < b & c"),
        ("caf&eacute; &nbsp;&bad;", "café \xa0&bad;"),
        ("<![CDATA[never closed", "never closed"),
        ("&lt;p&gt;escaped&lt;/p&gt;", "<p>escaped</p>"),
        ("no &#0;character&#xD800;", "no character"),
    ],
)
def test_a_slip_in_one_post_is_mended(message: str, body: str) -> None:
    xml = post("1").replace("<![CDATA[<p>A calm word.</p>]]>", message)
    assert [found.body for found in posts(export(xml, post("2")))] == [body, "<p>A calm word.</p>"]


def test_a_mended_post_is_reported_with_its_line() -> None:
    [lost] = losses(export(post("1"), post("2").replace("CDATA[<p>", "CDATA[]]>a < b<![CDATA[<p>")))
    assert lost.line == 4
    assert lost.what.startswith("a post was mended (")


def test_a_post_without_its_end_takes_nothing_from_the_next() -> None:
    file = export(post("1").replace("</post>", ""), post("2"))
    assert [found.key for found in posts(file)] == ["1", "2"]


def test_an_attribute_without_quotation_marks_still_counts() -> None:
    [found] = posts(export(post("1").replace('thread dsq:id="1"', "thread dsq:id=1")))
    assert found.thread == "1"


def test_a_file_cut_short_gives_what_it_has_and_says_so() -> None:
    whole = text(post("1"), post("2"))
    cut = whole[: whole.index("</author>", whole.index('dsq:id="2"'))]
    assert [found.key for found in posts(raw(cut))] == ["1", "2"]
    assert any("cut short" in lost.what for lost in losses(raw(cut)))


def test_bytes_that_are_no_text_are_replaced_and_counted() -> None:
    file = raw(text(post("1", "caf@")).encode().replace(b"@", b"\xe9\x0b"))
    records = list(read(file))
    assert [r.body for r in records if isinstance(r, PostRecord)] == ["caf\ufffd"]
    assert any("2 characters or bytes" in r.what for r in records if isinstance(r, Loss))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    assert [found.name for found in posts(raw(text(post("1", name="Zoé")).encode(encoding)))] == ["Zoé"]


def test_a_declared_encoding_is_believed() -> None:
    xml = text(post("1", name="Zoé")).replace("utf-8", "iso-8859-1").encode("iso-8859-1")
    assert [found.name for found in posts(raw(xml))] == ["Zoé"]


@pytest.mark.parametrize("name", ["rot13", "unicode_escape", "punycode", "utf-16", "no-such-encoding"])
def test_an_encoding_that_cannot_be_true_is_not_believed(name: str) -> None:
    assert len(posts(raw(text(post("1")).replace("utf-8", name)))) == 1


def test_a_number_of_absurd_length_is_kept_short() -> None:
    long = "9" * 5_000
    nameless = post("1").replace(' dsq:id="1"', "", 1).replace("</message>", f"</message><id>{long}</id>")
    assert [len(found.key) <= 103 for found in posts(export(post(long), nameless))] == [True, True]


def test_a_packed_export_is_unpacked() -> None:
    assert len(posts(raw(gzip.compress(text(post("1")).encode())))) == 1


def test_a_damaged_packed_export_is_refused() -> None:
    with pytest.raises(TransferRefused, match="download it again"):
        posts(raw(gzip.compress(text(post("1")).encode())[:-20]))


def test_a_post_without_a_number_gets_the_same_name_every_time() -> None:
    nameless = post("1").replace(' dsq:id="1"', "", 1)
    assert posts(export(nameless))[0].key == posts(export(nameless))[0].key != ""


def test_what_looks_like_a_post_inside_a_comment_or_body_is_none() -> None:
    file = export("<!-- <post dsq:id='9'> -->", post("1", "see </post> and <post dsq:id='8'>"))
    assert [found.key for found in posts(file)] == ["1"]


BOMB = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (BOMB + text(post("1", "&b;")), "entities"),
        (f"{OPEN}{BOMB}{post('1')}", "entities"),
        (f"{OPEN}<post dsq:id='1'>" + "<a>" * 500_000, "nests"),
        ("<a>" * 500_000, "no Disqus export"),
        ("", "no Disqus export"),
        ("id,text\n1,hello\n", "no Disqus export"),
        (b"\x00\xff" * 1_000_000, "no Disqus export"),
    ],
)
def test_a_bomb_or_another_kind_of_file_is_refused_in_a_sentence(file: str | bytes, why: str) -> None:
    with pytest.raises(TransferRefused, match=why):
        list(read(raw(file)))


@given(st.text(alphabet="<>&![]-/ \"'=abpost\n", max_size=300), st.text(alphabet="<>&;/!-[]x", max_size=60))
def test_no_damage_raises_anything_but_a_refusal(noise: str, inner: str) -> None:
    with suppress(TransferRefused):
        list(read(raw(noise + text(post("1", inner), noise, post("2")) + noise)))


def test_html_that_was_not_escaped_is_taken_as_it_stands() -> None:
    [found] = posts(export(post("1").replace("<![CDATA[<p>A calm word.</p>]]>", "A <b>calm</b> word.<br/>Yes.")))
    assert to_markdown(found.body) == "A **calm** word.\nYes."


@settings(max_examples=300)
@given(st.data())
def test_no_change_of_bytes_raises_anything_but_a_refusal(data: st.DataObject) -> None:
    xml = bytearray(text(thread(), post("1", "a &amp; b <i>x</i>"), post("2", parent="1")).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(xml) - 60))
        xml[at : at + data.draw(st.integers(0, 40))] = data.draw(st.sampled_from(CUTS))
    with suppress(TransferRefused):
        list(read(raw(bytes(xml))))


CUTS = [
    b"",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"</",
    b"/>",
    b'"',
    b"=",
    b"\x00",
    b"\xff",
    b"&#xD800;",
    b"5:",
]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample exports (../shared/samples) is not here")
def test_the_sample_exports_are_read_whole() -> None:
    counts = {}
    for path in sorted(SAMPLES.glob("*.xml")):
        with path.open("rb") as file:
            counts[path.name] = len(posts(file))
    assert sorted(counts.values()) == [6, 6, 6, 6]
