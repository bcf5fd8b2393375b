"""What folding undoes, and the map back to the reader's own characters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palabre.engine.text.folded import Folded
from palabre.engine.text.mask import AUTHOR, MAIL, URL, USER, masked
from palabre.engine.text.plain import READ, plain
from palabre.engine.text.unmask import mixed_scripts, unmasked

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)
TRICKY = st.lists(
    st.sampled_from(["c", "o", "n", "a", " ", ".", "*", "@", "1", "0", "é", "\u0301", "\u200b", "\ud800", "œ", "ﬁ",
    "а", "😀", "-"])
).map("".join)  # fmt: skip


def folded(text: str) -> Folded:
    return unmasked(masked(plain(text), ("maelle", "corvisier"), ("la gazette",))).form


def assert_maps_back(form: Folded, text: str) -> None:
    assert len(form.starts) == len(form.ends) == len(form.text)
    assert (np.diff(form.starts) >= 0).all()
    assert (np.diff(form.ends) >= 0).all()
    assert (form.starts >= 0).all()
    assert (form.starts < form.ends).all()
    assert (form.ends <= len(text)).all()


@given(ANY_TEXT | TRICKY)
def test_every_folded_character_maps_back_in_order_and_in_range(text: str) -> None:
    assert_maps_back(plain(text), text)
    assert_maps_back(folded(text), text)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = plain(text).text
    assert plain(once).text == once


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Crétin", "cretin"),
        ("ＣＯＮＮＡＲＤ", "connard"),
        ("𝓬𝓸𝓷𝓷𝓪𝓻𝓭", "connard"),
        ("c\u200bon\u200dna\u2060rd", "connard"),
        ("c\u0336o\u0336n\u0336n\u0336a\u0336r\u0336d\u0336", "connard"),
        ("\u202econnard\u202c", "connard"),
        ("ᴄᴏɴɴᴀʀᴅ", "connard"),
        ("🅒🅞🅝🅝🅐🅡🅓", "connard"),
        ("соnnаrd", "connard"),
        ("ιdιοt", "idiot"),
        ("c o n n a r d", "connard"),
        ("i.d.i.o.t", "idiot"),
        ("c0nn4rd", "connard"),
        ("1d10t", "idiot"),
        ("f**k", "fuck"),
        ("c*nnard", "connard"),
        ("@bruti", "abruti"),
        ("conn.ard", "connard"),
        ("connaaaaard", "connard"),
        ("fdp", "fils de pute"),
        ("cœur", "coeur"),
    ],
)
def test_a_disguised_word_is_read_back(typed: str, read: str) -> None:
    assert folded(typed).text == read


@pytest.mark.parametrize(
    "innocent",
    [
        "il y a a peine 3 ans",
        "le 19h30 du tgv 5g",
        "aujourd'hui, peut-etre",
        "сука",
        "h2o et co2",
        "a. b. martin",
        "2,50 $",
    ],
)
def test_an_innocent_text_is_left_alone(innocent: str) -> None:
    assert folded(innocent).text == innocent


def test_a_span_of_the_folded_text_is_a_span_of_what_was_typed() -> None:
    typed = "Quel c\u200b0nn@rd, vraiment"
    form = folded(typed)
    begin = form.text.index("connard")
    assert typed.__getitem__(slice(*form.original(begin, begin + 7))) == "c\u200b0nn@rd"


def test_addresses_users_and_the_author_are_masked() -> None:
    text = masked(plain("Maëlle Corvisier, voir https://a.fr/b?c et x@y.fr @jean"), ("maelle", "corvisier")).text
    assert text == f"{AUTHOR}, voir {URL} et {MAIL} {USER}"


def test_mixed_scripts_are_seen_and_another_alphabet_is_not_one() -> None:
    assert mixed_scripts(plain("quel соnnаrd").text)
    assert not mixed_scripts(plain("какой хороший день").text)


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("a .*@1-é😀\u0301а!_w"), min_size=1, max_size=4))
def test_any_repeated_pattern_maps_back_at_full_length(pattern: str) -> None:
    text = (pattern * READ)[:READ]
    assert_maps_back(folded(text), text)


def test_what_lies_behind_the_limit_is_not_read() -> None:
    assert len(plain("a" * 20_000_000).text) == READ
