"""Bringing a Disqus export into a site: what comes, in which state, and what is said of the rest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from palabre.accounts.models import Site
from palabre.discussion.models import AuditEntry, Comment, Thread
from palabre.transfer import actions
from palabre.transfer.actions import import_disqus
from palabre.transfer.models import Imported
from palabre.transfer.records import TransferRefused

from .exports import export, post, raw, text, thread

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "disqus-xml"

pytestmark = pytest.mark.django_db


def by_key(key: str) -> Comment:
    return Imported.objects.select_related("comment__current", "comment__parent").get(external_id=key).comment


def test_a_comment_comes_with_its_name_text_date_and_number(site: Site) -> None:
    report = import_disqus(export(thread(title="The garden"), post("1", "<p>A <b>calm</b> word.</p>")), site)
    comment = by_key("1")
    assert (comment.name, comment.status, comment.number) == ("Anne", "published", 1)
    assert comment.created_at == comment.published_at == datetime(2019, 5, 4, 10, tzinfo=UTC)
    assert comment.current is not None
    assert comment.current.text == "A **calm** word."
    assert comment.current.html == "<p>A <strong>calm</strong> word.</p>"
    assert (comment.thread.title, comment.thread.url) == ("The garden", "https://gazette.example/school-garden")
    assert (report.imported, report.threads_opened) == (1, 1)


def test_the_log_says_where_it_came_from(site: Site) -> None:
    import_disqus(export(thread(), post("1")), site)
    entry = AuditEntry.objects.get()
    assert (entry.move, entry.actor, entry.after, entry.detail) == (
        "import",
        "importer",
        "published",
        {"format": "disqus"},
    )


def test_replies_may_come_before_what_they_answer(site: Site) -> None:
    later, latest = "2019-05-05T10:00:00Z", "2019-05-06T10:00:00Z"
    records = [post("3", parent="2", createdAt=latest), post("2", parent="1", createdAt=later), post("1"), thread()]
    import_disqus(export(*records), site)
    assert [by_key(key).number for key in "123"] == [1, 2, 3]
    assert [by_key(key).parent for key in "123"] == [None, by_key("1"), by_key("2")]


def test_a_reply_dated_before_what_it_answers_still_follows_it(site: Site) -> None:
    import_disqus(export(thread(), post("1", parent="2", createdAt="2018-01-01T00:00:00Z"), post("2")), site)
    assert [by_key(key).number for key in "12"] == [2, 1]


def test_one_article_under_several_links_is_one_discussion(site: Site) -> None:
    links = [
        "http://gazette.example/tram/",
        "https://gazette.example/tram?utm_source=x",
        "https://gazette.example/tram#y",
    ]
    records = [thread(str(at), link) + post(f"p{at}", under=str(at)) for at, link in enumerate(links)]
    report = import_disqus(export(*records), site)
    assert Thread.objects.count() == 1
    assert (report.imported, report.merged, report.threads_opened) == (3, 2, 1)


def test_comments_join_the_discussion_an_article_has_already(site: Site, thread: Thread) -> None:
    from .exports import thread as record

    report = import_disqus(export(record("1", "http://gazette.example/tram/", title="Old title"), post("1")), site)
    assert by_key("1").thread == thread
    thread.refresh_from_db()
    assert (thread.title, report.threads_opened) == ("Le tram arrive", 0)


def test_a_thread_without_link_is_known_by_its_id(site: Site) -> None:
    records = [
        thread("1", "").replace("<id/>", "<id>garden-7</id>"),
        thread("2", "").replace("<id/>", "<id>https://gazette.example/bench</id>"),
        post("1"),
        post("2", under="2"),
    ]
    import_disqus(export(*records), site)
    assert by_key("1").thread.name == "garden-7"
    assert by_key("2").thread.url == "https://gazette.example/bench"


def test_a_closed_thread_arrives_closed(site: Site) -> None:
    import_disqus(export(thread(isClosed="true"), post("1")), site)
    assert Thread.objects.get().closed


def test_spam_arrives_refused_and_off_the_page(site: Site) -> None:
    report = import_disqus(export(thread(), post("1", isSpam="true")), site)
    assert (by_key("1").status, by_key("1").number) == ("refused", None)
    assert AuditEntry.objects.get().detail == {"format": "disqus", "reason": "spam"}
    assert report.comments == {"refused": 1}


def test_a_deleted_comment_with_a_reply_keeps_its_place_but_neither_name_nor_text(site: Site) -> None:
    import_disqus(export(thread(), post("1", isDeleted="true", email="a@b.example"), post("2", parent="1")), site)
    gone = by_key("1")
    assert (gone.status, gone.name, gone.email, gone.current and gone.current.text) == ("removed", "–", "", "")
    assert by_key("2").parent == gone


def test_a_deleted_comment_nobody_answered_stays_away(site: Site) -> None:
    report = import_disqus(export(thread(), post("1", isDeleted="true")), site)
    assert Comment.objects.count() == 0
    assert report.skipped == {actions.GONE: 1}


def test_a_reply_to_a_comment_that_could_not_come_moves_up(site: Site) -> None:
    records = [post("1"), post("2", "", parent="1"), post("3", parent="2"), post("4", parent="nowhere")]
    report = import_disqus(export(thread(), *records), site)
    assert by_key("3").parent == by_key("1")
    assert by_key("4").parent is None
    assert report.skipped == {actions.EMPTY: 1}


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ([thread(), post("1", createdAt="yesterday")], actions.DATELESS),
        ([thread(), post("1", createdAt="2999-01-01T00:00:00Z")], actions.FUTURE),
        ([thread(), post("1", "<p>\u200b&nbsp;</p>")], actions.EMPTY),
        ([thread(), post("1", "word " * 30_000)], actions.LONG),
        ([post("1", under="9")], actions.HOMELESS["no thread"]),
        ([thread(isDeleted="true"), post("1")], actions.HOMELESS["thread skipped"]),
        ([thread("1", "not an address"), post("1")], actions.HOMELESS["thread skipped"]),
        ([thread(), post("1", parent="2"), post("2", parent="1")], actions.HOMELESS["loop"]),
    ],
)
def test_what_cannot_come_is_skipped_with_the_reason_and_the_line(site: Site, records: list[str], reason: str) -> None:
    report = import_disqus(export(*records), site)
    assert Comment.objects.count() == 0
    assert report.skipped[reason] >= 1
    assert f"× {reason} (line " in str(report)


def test_a_number_that_comes_twice_counts_once(site: Site) -> None:
    report = import_disqus(export(thread(), post("1", "first"), post("1", "second")), site)
    assert Comment.objects.count() == 1
    assert report.skipped == {actions.TWICE: 1}


def test_importing_again_changes_nothing(site: Site) -> None:
    records = [thread(), post("1"), post("2", parent="1"), post("3", isSpam="true")]
    import_disqus(export(*records), site)
    before = list(Comment.objects.values_list("id", "status", "thread__revision"))
    report = import_disqus(export(*records), site)
    assert list(Comment.objects.values_list("id", "status", "thread__revision")) == before
    assert (report.imported, report.known, report.threads_opened) == (0, 3, 0)


def test_a_later_export_adds_what_is_new_under_what_was_there(site: Site) -> None:
    import_disqus(export(thread(), post("1")), site)
    import_disqus(export(thread(), post("1"), post("2", parent="1")), site)
    assert (by_key("2").parent, by_key("2").number) == (by_key("1"), 2)


def test_an_import_that_was_stopped_goes_on_where_it_was(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [thread(), *(post(str(at), parent=str(at - 1) if at % 2 else "") for at in range(1, 8))]
    monkeypatch.setattr(actions, "BATCH", 2)

    class Stopped(Exception):  # noqa: N818 - a test's own
        pass

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "writing" and done >= 4:
            raise Stopped

    with pytest.raises(Stopped):
        import_disqus(export(*records), site, stop)
    assert Comment.objects.count() == 4
    report = import_disqus(export(*records), site)
    assert (report.known, report.imported, Comment.objects.count()) == (4, 3, 7)


def test_two_sites_may_import_the_same_file(site: Site, other_site: Site) -> None:
    for target in (site, other_site):
        assert import_disqus(export(thread(), post("1")), target).imported == 1


def test_progress_tells_how_far_reading_and_writing_are(site: Site) -> None:
    told: list[tuple[Any, ...]] = []
    import_disqus(export(thread(), post("1")), site, lambda *step: told.append(step))
    assert told[-1] == ("writing", 1, 1)
    assert told[0][0] == "reading"
    assert told[0][1] <= told[0][2]


def test_a_refused_file_writes_nothing(site: Site) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "ha">]>'
    with pytest.raises(TransferRefused):
        import_disqus(raw(text(thread(), post("1"), bomb)), site)
    assert (Comment.objects.count(), Thread.objects.count()) == (0, 0)


def test_hostile_names_addresses_and_bodies_are_harmless(site: Site) -> None:
    records = [
        thread(title="&lt;script&gt;1&lt;/script&gt;"),
        post("1", "<script>alert(1)</script><p onclick='x'>hi</p>", name="&lt;b&gt;\u202eevil", email="no address"),
    ]
    import_disqus(export(*records), site)
    comment = by_key("1")
    assert comment.current is not None
    assert (comment.name, comment.email, comment.current.html) == ("<b>evil", "", "<p>hi</p>")


def test_the_report_reads_as_sentences(site: Site) -> None:
    report = import_disqus(
        export(thread(), post("1"), post("2", ""), thread("2", "https://gazette.example/empty")), site
    )
    assert str(report).splitlines() == [
        "Comments imported: 1 (1 published)",
        "Threads in the file: 2; opened here: 1",
        "Skipped:",
        "  1 × a thread without comments (line 6)",
        "  1 × a comment without text (line 5)",
    ]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample exports (../shared/samples) is not here")
@pytest.mark.parametrize(
    ("name", "imported", "skipped"),
    [
        ("isso-tests-disqus.xml", {"published": 4, "removed": 1}, 2),
        ("remark42-disqus.xml", {"published": 4, "refused": 1}, 1),
        ("remark42-disqus-deleted-post.xml", {"published": 3, "refused": 1}, 2),
        ("remark42-disqus-deleted-thread.xml", {"published": 2}, 5),
    ],
)
def test_the_sample_exports_come_in(site: Site, name: str, imported: dict[str, int], skipped: int) -> None:
    with (SAMPLES / name).open("rb") as file:
        report = import_disqus(file, site)
    assert (report.comments, report.skipped.total()) == (imported, skipped)
