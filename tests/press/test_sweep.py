"""The worker keeps sites' cards and articles' threads in step, and writes only what changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from palabre.accounts.models import Site
from palabre.base.files import replace_atomically
from palabre.discussion.models import Thread
from tests.press.conftest import ARTICLE, Newsroom


def thread(site: Site, name: str = "tram") -> Thread:
    return Thread.objects.get(site=site, name=name)


def test_a_new_article_has_a_thread_that_knows_it(newsroom: Newsroom, site: Site) -> None:
    newsroom.publish()
    made = thread(site)
    assert made.url == "http://testserver/gazette/tram/"
    assert (made.title, made.lead, made.byline) == ("Le tram arrive", "Onze mille voyageurs par jour.", "Jeanne Morel")
    assert made.body.startswith("Un texte avec une citation")
    assert (made.language, made.closed, made.closes_at) == ("fr", False, None)


def test_everyone_who_wrote_is_in_the_byline(newsroom: Newsroom, site: Site) -> None:
    text = ARTICLE.replace("---\nUn", "original: {author: Ruth}\ntranslator: Camille\n---\nUn")
    newsroom.publish(text=text)
    assert thread(site).byline == "Jeanne Morel, Ruth, Camille"


def test_an_unchanged_article_is_left_alone(
    newsroom: Newsroom, site: Site, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    newsroom.publish()
    revision = thread(site).revision
    with django_assert_num_queries(1):  # the list of sites
        assert newsroom.sweep() == 0
    assert thread(site).revision == revision


def test_a_changed_title_reaches_the_thread(newsroom: Newsroom, site: Site) -> None:
    newsroom.publish()
    revision = thread(site).revision
    newsroom.publish(text=ARTICLE.replace("Le tram arrive", "Le tram est là"))
    assert thread(site).title == "Le tram est là"
    assert thread(site).revision == revision + 1


def test_a_worker_that_starts_anew_writes_nothing_that_stands(newsroom: Newsroom, site: Site) -> None:
    newsroom.publish()
    revision = thread(site).revision
    newsroom.library._shelves.clear()
    assert newsroom.sweep() == 0
    assert thread(site).revision == revision


@pytest.mark.parametrize(
    ("comments", "closed", "closes_at"),
    [
        ("open: false", True, None),
        ("open: true", False, None),
        ("until: 2026-01-31", False, datetime(2026, 1, 31, 23, 0, tzinfo=UTC)),
        ("until: 2026-07-31", False, datetime(2026, 7, 31, 22, 0, tzinfo=UTC)),
        ("until: 2026-01-31T12:00:00+02:00", False, datetime(2026, 1, 31, 10, 0, tzinfo=UTC)),
    ],
)
def test_the_file_says_until_when_readers_may_write(
    newsroom: Newsroom, site: Site, comments: str, closed: bool, closes_at: datetime | None
) -> None:
    newsroom.publish(text=ARTICLE.replace("---\nUn", f"comments: {{{comments}}}\n---\nUn"))
    assert (thread(site).closed, thread(site).closes_at) == (closed, closes_at)


def test_the_card_follows_the_site(newsroom: Newsroom, site: Site) -> None:
    newsroom.sweep()
    site.name = "La Nouvelle Gazette"
    site.save()
    assert newsroom.sweep() == 1
    card = json.loads((newsroom.library.cards / "gazette.json").read_text())
    assert card == {"name": "La Nouvelle Gazette", "language": "fr", "time_zone": "Europe/Paris"}


def test_the_card_of_a_site_that_is_gone_goes_too(newsroom: Newsroom, other_site: Site) -> None:
    newsroom.sweep()
    assert newsroom.library.slugs() == ["gazette", "herald"]
    other_site.delete()
    newsroom.sweep()
    assert newsroom.library.slugs() == ["gazette"]


def test_a_full_disk_stops_neither_the_other_sites_nor_the_next_sweep(
    newsroom: Newsroom, other_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        if path.stem == "gazette":
            raise OSError(28, "No space left on device")
        replace_atomically(path, content)

    monkeypatch.setattr("palabre.press.sweep.replace_atomically", full)
    newsroom.sweep()
    assert newsroom.library.slugs() == ["herald"]
    monkeypatch.undo()
    newsroom.sweep()
    assert newsroom.library.slugs() == ["gazette", "herald"]


def test_a_time_zone_that_is_none_counts_as_utc(newsroom: Newsroom, site: Site) -> None:
    Site.objects.filter(pk=site.pk).update(time_zone="Mars/Olympus")
    newsroom.publish(text=ARTICLE.replace("---\nUn", "comments: {until: 2026-07-31}\n---\nUn"))
    assert thread(site).closes_at == datetime(2026, 8, 1, tzinfo=UTC)


def test_a_broken_article_opens_no_thread_and_stops_nothing(newsroom: Newsroom, site: Site) -> None:
    newsroom.write("casse", "---\ntitel: x\n---\n")
    newsroom.publish()
    assert [found.name for found in Thread.objects.filter(site=site)] == ["tram"]


def test_a_file_that_goes_leaves_its_discussion(newsroom: Newsroom, site: Site) -> None:
    newsroom.publish()
    newsroom.write("tram").unlink()
    newsroom.sweep()
    assert thread(site).title == "Le tram arrive"
