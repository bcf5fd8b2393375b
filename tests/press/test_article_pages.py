"""An article's page says who wrote it, when, where it comes from and on what it leans, and trusts none of it."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.press.conftest import ARTICLE, Newsroom

TRANSLATED = """---
title: "La bibliothèque qui prête des perceuses"
lead: "On emprunte un outil comme un roman."
date: 2025-11-25
language: fr
author: Ruth Calloway
outlet: La Gazette
original:
  title: "The library that lends you a drill"
  author: Ruth Calloway
  outlet: The Fenmouth Chronicle
  url: https://chronicle.example/drill
  date: 2025-09-12
  language: en
translator: Camille Orsini
image: {file: tram.svg, alt: "Une perceuse", credit: "Dessin : J. M."}
sources:
  - name: "Third annual report"
    url: https://fenmouth.example/report
  - name: "Entretien avec M. Oyelaran"
---
Du texte.
"""


def page(client: Client, path: str = "/gazette/tram/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return str(response.content.decode())


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def linked_data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_an_article_has_its_title_lead_byline_and_long_date(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    html = page(client)
    assert '<html lang="fr">' in html
    assert '<h1 id="title">Le tram arrive</h1>' in html
    assert "Onze mille voyageurs par jour." in html
    assert '<time datetime="2025-12-02">mardi 2 décembre 2025</time>' in html
    assert "Par Jeanne Morel" in words(html)
    assert "<blockquote>" in html
    assert "<li>deux</li>" in html


def test_the_page_of_an_english_article_speaks_english(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish(text=ARTICLE.replace("language: fr", "language: en"))
    html = page(client)
    assert '<html lang="en">' in html
    assert "Tuesday 2 December 2025" in html
    assert "By Jeanne Morel" in words(html)


def test_the_page_is_in_the_articles_language_whatever_the_reader_asks_for(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    response = client.get("/gazette/tram/", headers={"accept-language": "en"})
    assert response["Content-Language"] == "fr"
    assert "Par Jeanne Morel" in words(response.content.decode())


def test_a_language_we_do_not_speak_keeps_its_own_date(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish(text=ARTICLE.replace("language: fr", "language: de"))
    html = page(client)
    assert '<html lang="fr">' in html
    assert '<article class="press-article" lang="de"' in html
    assert "Dienstag, 2. Dezember 2025" in html


def test_a_translation_names_its_original_and_its_sources(newsroom: Newsroom, client: Client) -> None:
    (newsroom.media / "tram.svg").write_text("<svg/>")
    newsroom.publish(text=TRANSLATED)
    text = words(page(client))
    assert (
        "Texte original de Ruth Calloway, publié par The Fenmouth Chronicle le vendredi 12 septembre 2025, "
        "traduit par Camille Orsini." in text
    )
    assert "Third annual report" in text
    assert "Entretien avec M. Oyelaran" in text
    assert "Dessin : J. M." in text


def test_machines_read_the_same_provenance(newsroom: Newsroom, client: Client) -> None:
    (newsroom.media / "tram.svg").write_text("<svg/>")
    newsroom.publish(text=TRANSLATED)
    data = linked_data(page(client))
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "La bibliothèque qui prête des perceuses"
    assert data["isBasedOn"]["url"] == "https://chronicle.example/drill"
    assert data["isBasedOn"]["author"] == {"@type": "Person", "name": "Ruth Calloway"}
    assert data["translator"]["name"] == "Camille Orsini"
    assert [source["name"] for source in data["citation"]] == ["Third annual report", "Entretien avec M. Oyelaran"]
    assert data["image"] == "http://testserver/gazette/media/tram.svg"
    assert data["mainEntityOfPage"] == "http://testserver/gazette/tram/"


def test_a_page_has_one_address_whatever_host_is_asked(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    html = client.get("/gazette/tram/?discussion=1&utm_source=x", headers={"host": "localhost"}).content.decode()
    assert '<link rel="canonical" href="http://testserver/gazette/tram/">' in html
    assert "localhost" not in html


def test_a_page_asks_nothing_of_other_hosts(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    loaded = re.findall(r'<(?:link rel="stylesheet"|script|img)[^>]*(?:href|src)="([^"]+)"', page(client))
    assert loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"


@pytest.mark.parametrize(
    "line",
    [
        "lead: {}", "author: {}", "outlet: {}", "translator: {}", "original: {{title: {}}}", "original: {{author: {}}}",
        "original: {{outlet: {}}}", "image: {{file: tram.svg, alt: {}}}",
        "image: {{file: tram.svg, alt: a, credit: {}}}", "sources: [{{name: {}}}]",
    ],
)  # fmt: skip
def test_no_field_can_carry_a_script(newsroom: Newsroom, client: Client, line: str) -> None:
    (newsroom.media / "tram.svg").write_text("<svg/>")
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    newsroom.publish(text=f"---\ntitle: {quoted}\ndate: 2025-12-02\n{line.format(quoted)}\n---\nx\n")
    for path in ("/gazette/tram/", "/gazette/", "/", "/gazette/articles.atom", "/sitemap.xml"):
        html = page(client, path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert linked_data(page(client))["headline"] == HOSTILE


def test_html_in_the_body_is_shown_as_text(newsroom: Newsroom, client: Client) -> None:
    body = (
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) <b onclick=x>gras</b> ![i](https://evil.example/i.png)\n"
    )
    newsroom.publish(text=ARTICLE.split("Un *texte*")[0] + body)
    html = page(client)
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<b onclick" not in html
    assert "<img" not in html


def test_no_such_article_or_site_is_a_404(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    for path in (
        "/gazette/none/",
        "/none/",
        "/none/tram/",
        "/none/articles.atom",
        "/gazette/media/none.svg",
        "/..%2f/",
    ):
        assert client.get(path).status_code == 404


def test_a_broken_article_is_a_404_and_the_others_stay_up(newsroom: Newsroom, client: Client) -> None:
    newsroom.write("casse", "---\ntitel: x\n---\nx")
    newsroom.publish()
    assert client.get("/gazette/casse/").status_code == 404
    assert client.get("/gazette/tram/").status_code == 200


def test_the_index_lists_articles_newest_first(newsroom: Newsroom, client: Client) -> None:
    newsroom.write("ancien", ARTICLE.replace("2025-12-02", "2024-12-02").replace("Le tram arrive", "Avant"))
    newsroom.publish()
    html = page(client, "/gazette/")
    assert html.index("Le tram arrive") < html.index("Avant")
    assert 'href="/gazette/articles.atom"' not in html  # feeds are told by their public address
    assert 'href="http://testserver/gazette/articles.atom"' in html


def test_the_front_page_lists_every_site(newsroom: Newsroom, other_site: object, client: Client) -> None:
    newsroom.publish()
    assert "Le tram arrive" in page(client, "/")
    herald = newsroom.folder.parent / "herald"
    herald.mkdir()
    (herald / "tram.md").write_text(
        ARTICLE.replace("Le tram arrive", "The tram").replace("language: fr", "language: en")
    )
    newsroom.sweep()
    html = page(client, "/")
    assert "La Gazette" in html
    assert "The Herald" in html


def test_the_feed_is_atom_with_the_whole_text(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    response = client.get("/gazette/articles.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own feed
    assert feed.findtext(f"{atom}title") == "La Gazette"
    entry = feed.find(f"{atom}entry")
    assert entry is not None
    assert entry.findtext(f"{atom}title") == "Le tram arrive"
    assert "<blockquote>" in str(entry.findtext(f"{atom}content"))
    replies = entry.find(f"{atom}link[@rel='replies']")
    assert replies is not None
    assert replies.get("href") == "http://testserver/d/gazette/tram/feed.atom"


def test_the_sitemap_lists_every_article(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    assert "<loc>http://testserver/gazette/tram/</loc>" in page(client, "/sitemap.xml")


def test_a_picture_is_served_and_can_do_nothing(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    (newsroom.media / "tram.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    response = client.get("/gazette/media/tram.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.getvalue().startswith(b"<svg")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    again = client.get("/gazette/media/tram.svg", headers={"if-modified-since": response["Last-Modified"]})
    assert again.status_code == 304


def test_nothing_but_pictures_leaves_the_media_folder(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    for name in ("../tram.md", "..%2ftram.md", "%2e%2e/tram.md", "..%5ctram.md"):
        assert client.get(f"/gazette/media/{name}").status_code == 404
    (newsroom.media / "notes.html").write_text("<script>alert(1)</script>")
    assert client.get("/gazette/media/notes.html").status_code == 404


def test_an_ordinary_read_asks_the_database_nothing(
    newsroom: Newsroom, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    newsroom.publish()
    with django_assert_num_queries(0):
        for path in ("/", "/gazette/", "/gazette/tram/", "/gazette/articles.atom", "/sitemap.xml"):
            page(client, path)


def test_a_page_is_only_read(newsroom: Newsroom, client: Client) -> None:
    newsroom.publish()
    assert client.post("/gazette/tram/").status_code == 405
