"""Machines read the discussion as JSON and as Atom, with every field told and nothing hostile in it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from lxml import etree

from palabre.accounts.models import Site, User
from palabre.discussion import actions
from palabre.discussion.models import Comment, Revision, Thread
from palabre.snapshots.sweep import sweep
from tests.conftest import Write

NAMES = {"a": "http://www.w3.org/2005/Atom", "thr": "http://purl.org/syndication/thread/1.0"}


def feed(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes())


def texts(element: etree._Element, path: str) -> list[str]:
    return [str(found) for found in element.xpath(path, namespaces=NAMES)]  # type: ignore[union-attr]


def test_the_json_of_a_page_has_every_comment_and_whom_it_answers(
    thread: Thread, published: Write, moderator: User, noon: datetime, tram: Path
) -> None:
    gone = published("Un mot de trop.")
    published("Réponse *posée*.", name="Bruno", parent=1)
    actions.remove(gone, moderator, noon, "insult")
    sweep()
    page = json.loads((tram / "1.json").read_bytes())
    assert page == {
        "site": "gazette",
        "thread": "tram",
        "url": "https://gazette.example/tram",
        "title": "Le tram arrive",
        "language": "fr",
        "revision": 4,
        "closed": False,
        "count": 1,
        "page": 1,
        "pages": 1,
        "comments": [
            {"number": 1, "parent": None, "depth": 0, "gone": "removed"},
            {
                "number": 2,
                "parent": 1,
                "depth": 1,
                "name": "Bruno",
                "published": "2025-12-02T13:01:00+01:00",
                "permalink": "https://gazette.example/tram#c2",
                "html": "<p>Réponse <em>posée</em>.</p>",
            },
        ],
    }


def test_the_feed_of_a_thread_names_what_each_comment_answers(thread: Thread, published: Write, tram: Path) -> None:
    published("Bonjour.")
    published("Bonsoir.", name="Bruno", parent=1)
    sweep()
    found = feed(tram / "feed.atom")
    assert texts(found, "a:title/text()") == ["Commentaires sur «\u00a0Le tram arrive\u00a0»"]
    assert texts(found, "a:entry/a:author/a:name/text()") == ["Bruno", "Anne"]
    assert texts(found, "a:link[@rel='self']/@href") == ["http://testserver/d/gazette/tram/feed.atom"]
    newest, oldest = texts(found, "a:entry/a:id/text()")
    assert texts(found, "a:entry/thr:in-reply-to/@ref") == [oldest, *texts(found, "a:id/text()")]
    assert newest != oldest
    assert texts(found, "a:entry/thr:in-reply-to/@href") == [
        "https://gazette.example/tram#c1",
        "https://gazette.example/tram",
    ]
    assert texts(found, "a:entry/a:updated/text()") == ["2025-12-02T12:01:00Z", "2025-12-02T12:01:00Z"]
    assert texts(found, "a:entry/a:content[@type='html']/text()") == ["<p>Bonsoir.</p>", "<p>Bonjour.</p>"]


def test_entries_keep_their_names_when_the_article_moves(thread: Thread, published: Write, tram: Path) -> None:
    published()
    sweep()
    before = texts(feed(tram / "feed.atom"), "//a:id/text()")
    actions.describe_thread(thread, url="https://new.example/a-tram")
    sweep()
    assert texts(feed(tram / "feed.atom"), "//a:id/text()") == before


def test_the_feed_of_a_site_has_all_threads_and_leads_to_the_right_page(
    site: Site, thread: Thread, published: Write, noon: datetime, folder: Path
) -> None:
    for minutes in range(-60, 0):
        at = noon + timedelta(minutes=minutes)
        actions.import_comment(thread, parent=None, name="A", text="ici", created_at=at, now=noon)
    school = actions.open_thread(site, "ecole", noon, url="https://gazette.example/ecole?x=1", title="L’école")
    published("Là.", under=school, name="Zoé")
    sweep()
    found = feed(folder / "gazette" / "feed.atom")
    hrefs = texts(found, "a:entry/a:link/@href")
    assert hrefs[0] == "https://gazette.example/ecole?x=1#c1"
    assert "https://gazette.example/tram?discussion=2#c55" in hrefs
    assert len(hrefs) == 50
    assert texts(found, "a:entry[1]/a:title/text()") == ["Zoé sur «\u00a0L’école\u00a0»"]


def test_an_empty_site_has_a_valid_feed(thread: Thread, folder: Path) -> None:
    sweep()
    found = feed(folder / "gazette" / "feed.atom")
    assert texts(found, "a:entry") == []
    assert len(texts(found, "a:updated/text()")) == 1


def test_hostile_text_is_only_text_in_json_and_atom(thread: Thread, published: Write, tram: Path) -> None:
    comment = published("]]></content><script>alert(1)</script>", name="</name><evil/>")
    Revision.objects.filter(comment=comment).update(html="<p>\x0c\x00\ud7ff\ufffe&#0;]]></p></content>")
    Comment.objects.filter(pk=comment.pk).update(name="a\x1b[31m</name><evil/>")
    Thread.objects.filter(pk=thread.pk).update(title="</title><evil/>\x00", revision=99)
    sweep()
    found = feed(tram / "feed.atom")
    assert {etree.QName(element).localname for element in found.iter()} == {
        *("feed", "id", "title", "link", "updated", "entry", "author", "name", "published", "in-reply-to", "content")
    }
    page = json.loads((tram / "1.json").read_bytes())
    assert page["comments"][0]["name"] == "a\x1b[31m</name><evil/>"
