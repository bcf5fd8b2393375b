"""The script and the style: small, in one file, cached well, for every origin."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
from django.test import Client

from palabre.accounts.models import Site
from palabre.discussion.forms import CommentForm
from palabre.widget.views import embed

BUDGET = 10_000  # bytes, gzip, script and style together


def test_script_and_style_fit_the_budget(reader: Client, site: Site) -> None:
    answer = reader.get("/palabre.js", headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) <= BUDGET
    text = gzip.decompress(answer.content).decode()
    assert ".palabre-comment" in text, "the style is inside"
    assert 'SITE = "gazette"' in text


def test_the_script_is_short_enough_to_be_read() -> None:
    assert len((embed.FOLDER / "palabre.js").read_text().splitlines()) <= 310
    assert embed.script_text("x").count("/* style */") == 0


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", None)],
)
def test_it_is_packed_as_the_browser_likes(reader: Client, site: Site, accepted: str, coding: str | None) -> None:
    answer = reader.get("/palabre.css", headers={"Accept-Encoding": accepted})
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert answer.get("Content-Encoding") == coding
    assert unpack(answer.content) == (embed.FOLDER / "palabre.css").read_bytes()
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize("path", ["/palabre.js", "/palabre.css"])
def test_it_is_kept_and_asked_for_again_cheaply(reader: Client, site: Site, path: str) -> None:
    first = reader.get(path, headers={"Accept-Encoding": "br"})
    again = reader.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first["ETag"]})
    assert "max-age" in first["Cache-Control"]
    assert first["Access-Control-Allow-Origin"] == "*"
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (again.status_code, again.content) == (304, b"")


def test_it_answers_before_there_is_any_site(reader: Client, db: None) -> None:
    assert 'SITE = ""' in reader.get("/palabre.js").text


def test_the_style_names_no_address_and_the_script_no_framework(reader: Client, site: Site) -> None:
    assert "url(" not in reader.get("/palabre.css").text
    assert not re.search(r"\bimport\b|eval\(|document\.write", reader.get("/palabre.js").text)


def test_every_word_the_script_says_is_in_the_form(reader: Client, thread: object) -> None:
    form = reader.get("/d/gazette/form?thread=tram").text
    script = (embed.FOLDER / "palabre.js").read_text()
    for name in set(re.findall(r"form\??\.dataset\.(\w+)", script)) - {"title"}:
        assert f"data-{name}=" in form
    assert CommentForm().fields["text"].widget.attrs["data-max"] == 5000
