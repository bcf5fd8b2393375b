"""What a reader sees of a discussion, without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from lxml import html as lxml_html

from palabre.accounts.models import Site, User
from palabre.discussion import actions, queries
from palabre.discussion.limits import Limits
from palabre.discussion.models import Comment, Thread
from palabre.discussion.states import Status
from palabre.snapshots.outline import outline
from palabre.snapshots.render import Act, thread_page
from tests.conftest import Write

Page = lxml_html.HtmlElement


def page_of(thread: Thread, number: int = 1) -> Page:
    thread.refresh_from_db()
    return lxml_html.fromstring(thread_page(thread, number))


def comments(page: Page) -> list[str]:
    return [element.get("id") for element in page.iter("li")]


def test_a_page_names_counts_and_dates_in_the_language_of_the_thread(thread: Thread, published: Write) -> None:
    published("Très *juste*.", at=datetime(2025, 12, 2, 13, 5, tzinfo=UTC))
    published("Pas sûr.", name="Bruno", at=datetime(2026, 2, 1, 23, 30, tzinfo=UTC))
    page = page_of(thread)
    assert page.findtext("h2") == "2 commentaires"
    assert [time.text for time in page.iter("time")] == ["2 décembre 2025 à 14:05", "2 février 2026 à 00:30"]
    assert next(page.iter("time")).get("datetime") == "2025-12-02T14:05:00+01:00"
    assert "<em>juste</em>" in thread_page(thread, 1)
    assert page.get("lang") == "fr"
    assert page.get("data-thread") == "tram"


def test_the_first_of_a_month_is_written_as_the_french_write_it(thread: Thread, published: Write) -> None:
    published(at=datetime(2025, 12, 1, 9, 0, tzinfo=UTC))
    assert "1er décembre 2025 à 10:00" in thread_page(thread, 1)


def test_an_english_thread_of_a_french_site_speaks_english(thread: Thread, published: Write) -> None:
    published()
    Thread.objects.filter(pk=thread.pk).update(language="en")
    page = page_of(thread)
    assert page.findtext("h2") == "1 comment"
    assert next(page.iter("time")).text == "2 December 2025, 13:01"


def test_a_language_we_do_not_speak_falls_back_to_the_site(thread: Thread, published: Write) -> None:
    published()
    Thread.objects.filter(pk=thread.pk).update(language="tlh")
    assert page_of(thread).findtext("h2") == "1 commentaire"


def test_nobody_wrote_yet(thread: Thread) -> None:
    page = page_of(thread)
    assert page.findtext("h2") == "Pas encore de commentaire"
    assert comments(page) == []


def test_replies_are_indented_to_depth_three_and_flat_below(thread: Thread, published: Write) -> None:
    for number in range(6):
        published("plus profond", parent=number or None)
    published("à côté", parent=1)
    page = page_of(thread)
    depth = {li.get("id"): len(list(li.iterancestors("ol"))) - 1 for li in page.iter("li")}
    assert depth == {"c1": 0, "c2": 1, "c3": 2, "c4": 3, "c5": 3, "c6": 3, "c7": 1}
    assert comments(page) == ["c1", "c2", "c3", "c4", "c5", "c6", "c7"]
    answers = [" ".join(p.text_content().split()) for p in page.iter("p") if p.get("class") == "palabre-answer"]
    assert answers == ["en réponse à #4", "en réponse à #5"]


def test_five_thousand_deep_is_still_a_page(thread: Thread, noon: datetime) -> None:
    rows = [
        Comment(pk=number, thread=thread, parent_id=number - 1 or None, number=number, name="A", created_at=noon)
        for number in range(1, 5001)
    ]
    for row in rows:
        row.status = Status.PUBLISHED
    (page,) = outline(rows).pages
    assert [place.number for place in page] == list(range(1, 5001))
    assert page[-1].depth == 4999


@pytest.mark.parametrize(
    ("act", "words"),
    [("remove", "retiré par la modération"), ("withdraw", "retiré par son auteur"), ("correct", "de nouveau en cours")],
)
def test_an_answered_comment_that_is_gone_keeps_its_place_and_says_why(
    thread: Thread, published: Write, moderator: User, noon: datetime, act: str, words: str
) -> None:
    gone = published("Un secret.", name="Bruno")
    published("Réponse.", parent=gone.number)
    if act == "remove":
        actions.remove(gone, moderator, noon, "insult")
    elif act == "withdraw":
        actions.withdraw(gone, noon)
    else:
        actions.correct(gone, "Autrement dit.", Limits(), noon)
    text = thread_page(thread, 1)
    assert words in text
    assert "secret" not in text
    assert "Bruno" not in text
    assert "Autrement" not in text
    page = page_of(thread)
    assert comments(page) == ["c1", "c2"]
    assert page.findtext("h2") == "1 commentaire"


def test_a_gone_comment_nobody_answered_leaves_no_trace(
    thread: Thread, published: Write, moderator: User, noon: datetime
) -> None:
    published()
    actions.remove(published("Un secret."), moderator, noon, "insult")
    assert comments(page_of(thread)) == ["c1"]


def test_an_answer_to_what_was_never_public_stands_on_its_own(thread: Thread, noon: datetime) -> None:
    spam = actions.import_comment(
        thread, parent=None, name="Spam", text="x", created_at=noon, now=noon, status=Status.REFUSED
    )
    actions.import_comment(thread, parent=spam, name="Anne", text="Non.", created_at=noon, now=noon)
    assert comments(page_of(thread)) == ["c1"]


def test_fifty_root_comments_make_a_page_and_answers_stay_with_their_parent(thread: Thread, noon: datetime) -> None:
    fill(thread, noon, 120)
    last = actions.import_comment(
        thread,
        parent=Comment.objects.get(number=7),
        name="Zoé",
        text="tard",
        created_at=noon,
        now=noon + timedelta(days=3),
    )
    first, second, third = (page_of(thread, number) for number in (1, 2, 3))
    assert [len(comments(page)) for page in (first, second, third)] == [51, 50, 20]
    assert f"c{last.number}" in comments(first)
    assert [link.text_content() for link in second.find("nav")] == ["1", "2", "3"]
    assert second.find("nav").find("a[@aria-current]").text == "2"
    assert [link.get("href") for link in second.find("nav")] == [
        "https://gazette.example/tram#discussion",
        "https://gazette.example/tram?discussion=2#discussion",
        "https://gazette.example/tram?discussion=3#discussion",
    ]
    permalinks = {link.text: link.get("href") for link in second.iter("a") if link.get("class") == "palabre-number"}
    assert permalinks["51"] == "https://gazette.example/tram?discussion=2#c51"
    assert comments(page_of(thread, 99)) == comments(third)


def test_a_long_discussion_lists_its_ends_and_its_neighbours(thread: Thread, noon: datetime) -> None:
    fill(thread, noon, 501)
    assert page_of(thread, 6).find("nav").text_content().split() == ["1", "…", "4", "5", "6", "7", "8", "…", "11"]


def fill(thread: Thread, noon: datetime, number: int) -> None:
    for n in range(number):
        actions.import_comment(thread, parent=None, name=f"Lecteur {n}", text="ici", created_at=noon, now=noon)


def test_a_closed_discussion_offers_no_reply(thread: Thread, published: Write) -> None:
    published()
    assert 'href="/d/gazette/tram/write?reply=1"' in thread_page(thread, 1)
    actions.describe_thread(thread, closed=True)
    assert "palabre-reply" not in thread_page(thread, 1)


def test_those_who_may_act_find_their_forms_beside_the_comment(thread: Thread, published: Write) -> None:
    first, second = published(), published()
    acts = {first.pk: [Act("Retirer", "/desk/remove/1")], second.pk: [("Reprendre", "/c/abc/", "link")]}
    page = lxml_html.fromstring(thread_page(thread, 1, acts, "token-of-the-session"))
    form = page.find(".//form")
    assert form.get("action") == "/desk/remove/1"
    assert form.find("input").get("value") == "token-of-the-session"
    assert form.find("button").text == "Retirer"
    assert page.xpath("//li[@id='c2']//a[@class='palabre-act']/@href") == ["/c/abc/"]


def test_hostile_names_texts_titles_and_addresses_stay_text(site: Site, thread: Thread, noon: datetime) -> None:
    hostile = "\"><script>alert(1)</script><img src=x onerror='alert(1)'>"
    Thread.objects.filter(pk=thread.pk).update(title=hostile, url="javascript:alert(1)//" + hostile)
    actions.import_comment(thread, parent=None, name=hostile, text=hostile, created_at=noon, now=noon)
    thread = Thread.objects.get(pk=thread.pk)
    page = page_of(thread)
    assert not list(page.iter("script", "img"))
    assert not [a for element in page.iter() for a in element.attrib if a.startswith("on")]
    assert "javascript:" not in thread_page(thread, 1)
    assert page.xpath("//strong")[0].text == hostile[:60].strip()


def test_rendering_asks_the_database_a_constant_number_of_questions(
    thread: Thread, noon: datetime, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    fill(thread, noon, 30)
    thread = queries.thread("gazette", "tram") or thread
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        thread_page(thread, 1)
