"""Sign in, sign out, change one's password; nothing else of allauth is open, and guessing is slow and tells nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from palabre.accounts.models import User
from tests.conftest import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _forget_attempts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, email: str, password: str, **fields: str) -> tuple[int, str]:
    answer = client.post(LOGIN, {"login": email, "password": password, **fields})
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_a_moderator_signs_in_and_comes_to_the_desk(client: Client, moderator: User) -> None:
    assert sign_in(client, moderator.email, PASSWORD) == (302, "/desk/")
    assert client.get("/desk/", follow=True).status_code == 200


def test_signing_in_goes_on_to_where_one_wanted_to_be(client: Client, moderator: User) -> None:
    page = client.get("/desk/gazette/", follow=True).content.decode()
    assert 'name="next" value="/desk/gazette/"' in page
    assert sign_in(client, moderator.email, PASSWORD, next="/desk/gazette/") == (302, "/desk/gazette/")


def test_but_not_to_another_server(client: Client, moderator: User) -> None:
    assert sign_in(client, moderator.email, PASSWORD, next="https://evil.example/") == (302, "/desk/")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, moderator: User) -> None:
    def said(email: str) -> str:
        status, page = sign_in(client, email, "not the password")
        assert status == 200
        return page.split('role="alert"')[1].split("</p>")[0]

    assert said(moderator.email) == said("nobody@gazette.example")


@pytest.mark.parametrize("email", ["mona@gazette.example", "nobody@gazette.example"])
def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client, moderator: User, email: str) -> None:
    for _ in range(5):
        sign_in(client, email, "not the password")
    status, page = sign_in(client, email, PASSWORD)
    assert status == 200
    assert "Too many failed login attempts" in page


def test_one_address_may_not_hammer_at_the_door(client: Client, moderator: User) -> None:
    statuses = [sign_in(client, f"somebody{number}@gazette.example", "guess")[0] for number in range(31)]
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "page", ["signup/", "email/", "password/reset/", "password/set/", "reauthenticate/", "confirm-email/", "3rdparty/"]
)
def test_no_other_page_of_allauth_is_open(client: Client, moderator: User, page: str) -> None:
    assert client.get(f"/accounts/{page}").status_code == 404
    client.force_login(moderator)
    assert client.get(f"/accounts/{page}").status_code == 404
    assert client.post(f"/accounts/{page}", {"email": "new@gazette.example"}).status_code == 404


def test_signing_out_needs_a_press_on_the_button(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/desk/gazette/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/desk/gazette/").status_code == 302


def test_changing_the_password(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    fields = {"oldpassword": PASSWORD, "password1": "another long password", "password2": "another long password"}
    assert client.get("/accounts/password/change/").status_code == 200
    assert client.post("/accounts/password/change/", fields).status_code == 302
    moderator.refresh_from_db()
    assert moderator.check_password("another long password")


def test_a_short_password_is_turned_back_with_a_sentence(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    fields = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    answer = client.post("/accounts/password/change/", fields)
    assert "at least 10 characters" in answer.content.decode()
    moderator.refresh_from_db()
    assert moderator.check_password(PASSWORD)


def test_an_account_that_was_closed_does_not_come_in(client: Client, moderator: User) -> None:
    User.objects.filter(pk=moderator.pk).update(is_active=False)
    sign_in(client, moderator.email, PASSWORD)
    assert client.get("/desk/gazette/").status_code == 302


def test_the_pages_speak_french(client: Client, db: None) -> None:
    page = client.get(LOGIN, headers={"Accept-Language": "fr"}).content.decode()
    assert "Se connecter" in page
    assert "Mot de passe" in page


def test_a_hostile_address_is_shown_as_typed(client: Client, db: None) -> None:
    assert "<script>" not in sign_in(client, '"><script>alert(1)</script>', "x")[1]
