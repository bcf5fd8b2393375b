"""The queue: what waits, in which order, for whom, and what a moderator sees of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from palabre.accounts.models import Site, User
from palabre.desk import queries
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread

Write = Callable[..., Comment]
QUEUE = "/desk/gazette/"


def page(client: Client, address: str = QUEUE) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_oldest_held_comment_comes_first(desk: Client, held: Write, noon: datetime) -> None:
    held("Le plus récent.", at=noon)
    held("Le plus ancien.", at=noon - timedelta(hours=1))
    assert "Le plus ancien." in page(desk)


def test_what_nothing_has_assessed_for_a_minute_waits_too_and_comes_last(
    site: Site, write: Write, held: Write, noon: datetime
) -> None:
    overdue = write("Oublié.", at=noon)
    fresh = write("Tout frais.", at=noon + timedelta(seconds=80))
    waiting = held("Retenu.", at=noon + timedelta(seconds=30))
    order = list(queries.queue(site, noon + timedelta(seconds=90)))
    assert order == [waiting, overdue]
    assert fresh not in order


def test_an_unassessed_comment_says_so(desk: Client, write: Write) -> None:
    write("Personne n’a regardé.")
    assert "not assessed yet" in page(desk)


def test_it_shows_the_article_the_parent_the_place_and_the_age(
    desk: Client, thread: Thread, published: Write, held: Write
) -> None:
    actions.describe_thread(thread, lead="La ligne 2 ouvre en mars.")
    parent = published("Je la prendrai.", name="Luc")
    held("Moi aussi.", parent=parent.number)
    held("Un autre.")
    shown = page(desk)
    assert "Le tram arrive" in shown
    assert "La ligne 2 ouvre en mars." in shown
    assert f"In reply to #{parent.number} by Luc" in shown
    assert "Je la prendrai." in shown
    assert "1 of 2" in shown
    assert "waiting for" in shown


def test_it_marks_the_words_and_names_the_rule_that_spoke(desk: Client, screened: Write) -> None:
    screened("Quel abruti, vraiment.", 5, 11)
    shown = page(desk)
    assert '<mark title="insult">abruti</mark>' in shown
    assert "93&nbsp;%" in shown


def test_a_hostile_text_is_shown_as_typed_and_never_run(desk: Client, screened: Write) -> None:
    screened("<script>alert(1)</script> <img src=x onerror=alert(2)>", 3, 12, name="<b>Zoé</b>")
    shown = page(desk)
    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert "<b>Zoé" not in shown
    assert '&lt;sc<mark title="insult">ript&gt;aler</mark>t(1)' in shown


def test_two_moderators_get_two_comments_and_see_who_has_what(desk: Client, karim: Client, held: Write) -> None:
    held("Le premier.", name="Anne")
    held("Le second.", name="Bruno")
    assert "Le premier." in page(desk)
    second = page(karim)
    assert "Le second." in second
    assert "Mona has the comment by Anne" in second


def test_reloading_shows_the_same_comment_again(desk: Client, held: Write) -> None:
    held("Le premier.")
    held("Le second.")
    assert "Le premier." in page(desk)
    assert "Le premier." in page(desk)


def test_when_all_is_with_colleagues_the_queue_says_so(desk: Client, karim: Client, held: Write) -> None:
    held()
    page(desk)
    assert "What is left is with your colleagues." in page(karim)


def test_asking_for_a_comment_a_colleague_has_gives_the_next(desk: Client, karim: Client, held: Write) -> None:
    first = held("Le premier.")
    held("Le second.")
    page(desk)
    shown = page(karim, f"{QUEUE}?comment={first.pk}")
    assert "A colleague has reserved this comment" in shown
    assert "Le second." in shown


def test_asking_for_a_comment_that_no_longer_waits_gives_the_next(desk: Client, published: Write, held: Write) -> None:
    held("Le suivant.")
    shown = page(desk, f"{QUEUE}?comment={published('Déjà publié.').pk}")
    assert "This comment no longer waits" in shown
    assert "Le suivant." in shown


def test_a_reservation_ends_by_itself(desk: Client, colleague: User, site: Site, held: Write, noon: datetime) -> None:
    comment = held()
    actions.claim(comment, colleague, noon - timedelta(days=1))
    assert "Un avis qui attend." in page(desk)


def test_a_skipped_comment_goes_back_and_comes_last(desk: Client, held: Write) -> None:
    first = held("Le premier.")
    held("Le second.")
    page(desk)
    assert "Le second." in desk.post(f"{QUEUE}comment/{first.pk}/release", follow=True).content.decode()
    first.refresh_from_db()
    assert first.claimed_by is None


def test_after_and_before_walk_through_the_queue_and_reserve_one_comment_only(
    desk: Client, moderator: User, held: Write
) -> None:
    first, second, third = (held(f"Numéro {number}.") for number in "123")
    page(desk)
    assert "Numéro 2." in page(desk, f"{QUEUE}?after={first.pk}")
    assert "Numéro 3." in page(desk, f"{QUEUE}?after={second.pk}")
    assert "Numéro 1." in page(desk, f"{QUEUE}?after={third.pk}")
    assert "Numéro 3." in page(desk, f"{QUEUE}?before={first.pk}")
    assert list(Comment.objects.filter(claimed_by=moderator)) == [third]


@pytest.mark.parametrize("query", ["comment=x", "after=-1", "before=²", "comment=99999999999999999999", "after=0"])
def test_nonsense_in_the_address_shows_the_queue(desk: Client, held: Write, query: str) -> None:
    held()
    assert "Un avis qui attend." in page(desk, f"{QUEUE}?{query}")


def test_the_waiting_list_says_who_has_what(desk: Client, karim: Client, held: Write) -> None:
    held("Le premier.")
    held("Le second.")
    page(karim)
    shown = page(desk, f"{QUEUE}comments/waiting/")
    assert shown.count("taken by Karim") == 1
    assert shown.count("Decide") == 1


def test_an_empty_queue_says_so(desk: Client, site: Site) -> None:
    assert "Nothing waits for you." in page(desk)


def test_one_site_leads_straight_to_its_queue(desk: Client, site: Site) -> None:
    assert desk.get("/desk/").headers["Location"] == QUEUE


def test_several_sites_are_listed_with_what_waits(desk: Client, moderator: User, other_site: Site, held: Write) -> None:
    held()
    moderator.memberships.create(site=other_site)
    shown = page(desk, "/desk/")
    assert "La Gazette" in shown
    assert "1 comment waits" in shown
    assert "The Herald" in shown


def test_the_number_of_queries_does_not_grow_with_the_queue(
    desk: Client, held: Write, published: Write, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    parent = published("Le parent.")
    for number in range(12):
        held(f"Réponse {number}.", parent=parent.number)
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
        page(desk)
    for name in ("waiting", "published"):
        with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
            page(desk, f"{QUEUE}comments/{name}/")


def test_the_desk_speaks_french(desk: Client, held: Write) -> None:
    held()
    answer = desk.get(QUEUE, headers={"Accept-Language": "fr"})
    shown = answer.content.decode()
    assert '<html lang="fr">' in shown
    assert "Publier" in shown
    assert "Hors sujet" in shown
    assert "1 sur 1" in shown


def test_a_chosen_language_stays(desk: Client, site: Site) -> None:
    answer = desk.post("/desk/language", {"language": "fr", "next": QUEUE}, follow=True)
    assert '<html lang="fr">' in answer.content.decode()
