"""The demonstration site loads whole, twice without harm, and shows every stage of a comment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from palabre.accounts.access import access_site
from palabre.accounts.models import User
from palabre.discussion import queries
from palabre.discussion.models import AuditEntry, Comment, Thread
from palabre.discussion.states import Status
from palabre.press.demo import load
from palabre.press.library import problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(home: Path) -> load.Demo:
    return load.load_demo()


def tram() -> Thread:
    found = queries.thread("demo", "tram")
    assert found is not None
    return found


def test_six_sound_articles_in_two_languages() -> None:
    articles = load.read_articles()
    assert len(articles) == 6
    assert {article.language for article in articles.values()} == {"fr", "en"}
    assert all(article.lead and article.author and article.sources for article in articles.values())
    assert any(article.translator and article.original and article.original.url for article in articles.values())


def test_every_article_is_shown_without_a_problem(demo: load.Demo, home: Path) -> None:
    assert problems() == []
    assert Thread.objects.filter(site__slug="demo").count() == 6


def test_forty_comments_at_all_stages(demo: load.Demo) -> None:
    stages = Counter(Comment.objects.values_list("status", flat=True))
    assert stages.total() == 40
    assert set(stages) == {"published", "refused", "removed", "withdrawn", "submitted"}


def test_the_tram_has_nine_comments_and_one_below_the_third_level(demo: load.Demo) -> None:
    assert queries.published_count(tram()) == 9
    deepest = Comment.objects.get(thread=tram(), name="Sonia")
    assert Comment.objects.filter(pk=deepest.pk, parent__parent__parent__parent__isnull=False).exists()


def test_an_answered_comment_that_was_withdrawn_keeps_its_place(demo: load.Demo) -> None:
    shown = {comment.status for comment in queries.shown(tram())}
    assert Status.WITHDRAWN in shown


def test_what_was_turned_down_has_a_reason_and_words(demo: load.Demo) -> None:
    for comment in Comment.objects.filter(status__in=["refused", "removed"]):
        decision = queries.last_decision(comment)
        assert decision is not None
        assert decision.reason
        assert decision.words


def test_loading_again_changes_nothing(demo: load.Demo) -> None:
    revision, entries = tram().revision, AuditEntry.objects.count()
    assert load.load_demo() == demo
    assert (tram().revision, AuditEntry.objects.count()) == (revision, entries)


def test_loading_again_undoes_no_work_at_the_desk(demo: load.Demo) -> None:
    waiting = Comment.objects.filter(status="submitted", thread=tram()).first()
    assert waiting is not None
    Comment.objects.filter(pk=waiting.pk).update(status="held")
    load.load_demo()
    waiting.refresh_from_db()
    assert waiting.status == "held"


def test_an_edited_article_is_kept(demo: load.Demo, home: Path) -> None:
    path = home / "articles" / "demo" / "tram.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Un an après", "Deux ans après"), encoding="utf-8")
    load.load_demo()
    assert "Deux ans après" in path.read_text(encoding="utf-8")


def test_the_moderator_can_sign_in_and_decide(demo: load.Demo) -> None:
    user = User.objects.get(email=demo.email)
    assert user.check_password(demo.password)
    assert access_site(user, demo.site).name == "Le Courrier de Valbrune"
