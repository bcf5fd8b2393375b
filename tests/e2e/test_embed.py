"""The same discussion on other people's pages: two registered origins, and one that nobody registered."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from palabre.accounts.actions import allow_origin
from palabre.accounts.models import Site, User
from palabre.base import clock
from palabre.discussion import actions
from palabre.discussion.models import Comment, Thread
from tests.conftest import Write
from tests.e2e.conftest import DESKTOP, PHONE, ForeignHost, NewPage

Look = Callable[[Page], None]
Picture = Callable[[Page, str], None]
Pass = Callable[[], None]

LIGHT = """body { max-width: 38em; margin: 0 auto; padding: 0 1em; font: 17px/1.5 Georgia, serif;
color: #2b1d0e; background: #fff8ec }"""
# Dark without saying so by color-scheme, as many pages are.
DARK = LIGHT.replace("#2b1d0e", "#dfe6ee").replace("#fff8ec", "#10161d")


def host_page(script: str, *, style: str = LIGHT, head: str = "", lang: str = "fr") -> str:
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Le tram chez le voisin</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
{head}<style>{style}</style></head>
<body><main><h1>Le tram, vu d’ici</h1><p>Un texte du voisin.</p>{script}</main></body></html>"""


def tag(served: str, attributes: str = 'data-thread="tram"') -> str:
    return f'<script src="{served}/palabre.js" {attributes} defer></script>'


@pytest.fixture
def neighbour(foreign_host: ForeignHost, site: Site) -> ForeignHost:
    """A registered origin."""
    allow_origin(site, foreign_host.origin)
    return foreign_host


@pytest.fixture
def discussion(article: str, published: Write, worker_passes: Pass) -> str:
    first = published("Enfin !", name="Anne")
    published("Pas trop tôt.", name="Zoé", parent=first.number)
    worker_passes()
    return article


def fill_and_send(page: Page, text: str) -> None:
    page.locator("#palabre-name").fill("Lou")
    page.locator("#palabre-text").fill(text)
    page.locator("form.palabre-form button[type=submit]:not([name])").click()


def test_one_request_brings_the_script_and_one_the_thread(
    page: Page, served: str, discussion: str, neighbour: ForeignHost
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    neighbour.pages["/tram"] = host_page(tag(served))
    page.goto(f"{neighbour.origin}/tram")
    expect(page.locator("main .palabre .palabre-comment")).to_have_count(2)
    expect(page.get_by_role("button", name="Écrire un commentaire")).to_be_visible()
    assert [url for url in asked if url.startswith(served)] == [
        f"{served}/palabre.js",
        f"{served}/d/gazette/tram/1.html",
    ]
    assert page.locator(".palabre-reply").first.get_attribute("href") == f"{served}/d/gazette/tram/write?reply=1"


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_takes_the_fonts_and_colours_of_the_page(
    new_page: NewPage,
    served: str,
    discussion: str,
    neighbour: ForeignHost,
    accessible: Look,
    picture: Picture,
    width: str,
    scheme: str,
) -> None:
    page = new_page(viewport=PHONE if width == "phone" else DESKTOP)
    neighbour.pages["/"] = host_page(tag(served), style=DARK if scheme == "dark" else LIGHT)
    page.goto(neighbour.origin + "/")
    page.locator("#c1 > article .palabre-reply").click()
    expect(page.locator("#c1 #palabre-name")).to_be_focused()
    colour = "rgb(223, 230, 238)" if scheme == "dark" else "rgb(43, 29, 14)"
    expect(page.locator(".palabre-name").first).to_have_css("color", colour)
    assert "Georgia" in page.locator(".palabre").evaluate("(element) => getComputedStyle(element).fontFamily")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    accessible(page)
    picture(page, f"embed-{width}-{scheme}")


def test_custom_properties_set_its_colours(page: Page, served: str, discussion: str, neighbour: ForeignHost) -> None:
    style = (
        LIGHT + ":root { --palabre-accent: rgb(120, 0, 60); --palabre-text: rgb(0, 0, 90); --palabre-font: monospace }"
    )
    neighbour.pages["/"] = host_page(tag(served), style=style)
    page.goto(neighbour.origin + "/")
    expect(page.locator(".palabre-reply").first).to_have_css("color", "rgb(120, 0, 60)")
    expect(page.locator(".palabre")).to_have_css("color", "rgb(0, 0, 90)")
    expect(page.locator(".palabre")).to_have_css("font-family", "monospace")


def test_a_comment_from_two_origins_is_in_the_same_discussion(
    page: Page,
    new_page: NewPage,
    served: str,
    discussion: str,
    neighbour: ForeignHost,
    another_host: ForeignHost,
    site: Site,
    moderator: User,
    worker_passes: Pass,
) -> None:
    allow_origin(site, another_host.origin)
    for host, text in ((neighbour, "Vu de la place."), (another_host, "Vu du port.")):
        host.pages["/tram"] = host_page(tag(served))
        reader = page if host is neighbour else new_page()
        reader.goto(f"{host.origin}/tram")
        reader.get_by_role("button", name="Écrire un commentaire").click()
        fill_and_send(reader, text)
        expect(reader.locator(".palabre-note[role=status]")).to_contain_text("Merci.")
        comment = Comment.objects.latest("id")
        assert (comment.thread.name, comment.current and comment.current.text) == ("tram", text)
        actions.publish(comment, moderator, clock.now())
    worker_passes()
    page.reload()
    expect(page.locator(".palabre-comment")).to_have_count(4)
    expect(page.locator("#c3 .palabre-act")).to_have_text("Votre commentaire")
    expect(page.locator("#c4 .palabre-act")).to_have_count(0)


def test_a_waiting_comment_is_still_told_of_after_coming_back(
    page: Page, served: str, discussion: str, neighbour: ForeignHost
) -> None:
    neighbour.pages["/tram"] = host_page(tag(served))
    page.goto(f"{neighbour.origin}/tram")
    page.locator("#c1 > article .palabre-reply").click()
    fill_and_send(page, "J’attends.")
    expect(page.locator(".palabre-note[role=status]")).to_contain_text("Merci.")
    page.reload()
    expect(page.locator(".palabre-note[role=status]")).to_contain_text("attend d’être vérifié")
    page.locator(".palabre-note[role=status] a").click()
    expect(page.locator("h1")).to_have_text("Votre commentaire attend d’être vérifié")


def test_an_unregistered_page_may_show_but_not_send(
    page: Page, served: str, discussion: str, another_host: ForeignHost
) -> None:
    another_host.pages["/tram"] = host_page(tag(served))
    page.goto(f"{another_host.origin}/tram")
    expect(page.locator(".palabre-comment")).to_have_count(2)
    page.get_by_role("button", name="Écrire un commentaire").click()
    expect(page.locator(".palabre-note[role=status]")).to_contain_text("n’a pas pu être chargée")
    status = page.evaluate(
        """async (url) => {
            try { return (await fetch(url, {method: "POST", body: new URLSearchParams({text: "x"})})).status }
            catch { return "unreadable" }
        }""",
        f"{served}/d/gazette/tram/comment",
    )
    assert status == "unreadable"
    assert Comment.objects.count() == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_first_comment_on_a_page_opens_its_thread(
    page: Page, served: str, neighbour: ForeignHost, site: Site, lang: str, accessible: Look
) -> None:
    neighbour.pages["/jardin/"] = host_page(tag(served, ""), lang=lang)
    page.goto(f"{neighbour.origin}/jardin/?utm_source=lettre#haut")
    none = "Pas encore de commentaire" if lang == "fr" else "No comments yet"
    expect(page.locator(".palabre-count")).to_have_text(none)
    accessible(page)
    page.get_by_role("button", name="Écrire" if lang == "fr" else "Write").click()
    fill_and_send(page, "Le premier !")
    expect(page.locator(".palabre-note[role=status]")).to_contain_text("Merci.")
    thread = Thread.objects.get()
    assert thread.name.startswith("u-")
    assert thread.title == "Le tram chez le voisin"


def test_a_strict_policy_of_the_page_is_no_obstacle(
    page: Page, served: str, discussion: str, neighbour: ForeignHost
) -> None:
    policy = (
        f"default-src 'none'; script-src {served}; connect-src {served}; style-src 'none'; "
        "require-trusted-types-for 'script'; trusted-types palabre"
    )
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "palabre" in message.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    neighbour.pages["/"] = host_page(tag(served), head=head)
    page.goto(neighbour.origin + "/")
    page.locator("#c1 > article .palabre-reply").click()
    expect(page.locator("#c1 #palabre-name")).to_be_focused()
    expect(page.locator(".palabre-list").first).to_have_css("list-style-type", "none")
    assert refused == []


def test_pages_turn_in_place_and_keep_what_is_typed(
    page: Page, served: str, article: str, published: Write, worker_passes: Pass, neighbour: ForeignHost
) -> None:
    for number in range(1, 52):
        published(f"Avis {number}.")
    worker_passes()
    neighbour.pages["/"] = host_page(tag(served))
    page.goto(neighbour.origin + "/")
    page.get_by_role("button", name="Écrire un commentaire").click()
    page.locator("#palabre-text").fill("Un avis en cours.")
    page.locator(".palabre-pages a[data-page='2']").click()
    expect(page.locator(".palabre-comment")).to_have_count(1)
    expect(page.locator(".palabre-count")).to_be_focused()
    expect(page.locator("#palabre-text")).to_have_value("Un avis en cours.")
    page.goto(f"{neighbour.origin}/?discussion=2#c51")
    expect(page.locator("#c51.palabre-target")).to_be_in_viewport()


def test_a_server_that_does_not_answer_is_said_so_and_asked_again(
    page: Page, served: str, discussion: str, neighbour: ForeignHost
) -> None:
    neighbour.pages["/"] = host_page(tag(served))
    page.route("**/1.html", lambda route: route.abort())
    page.goto(neighbour.origin + "/")
    expect(page.locator(".palabre-failed")).to_contain_text("n’a pas pu être chargée")
    page.unroute("**/1.html")
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".palabre-comment")).to_have_count(2)
    expect(page.locator(".palabre-failed")).to_have_count(0)


def test_a_script_named_twice_brings_one_discussion(
    page: Page, served: str, discussion: str, neighbour: ForeignHost
) -> None:
    neighbour.pages["/"] = host_page(tag(served) + tag(served))
    page.goto(neighbour.origin + "/")
    expect(page.locator(".palabre-comment")).to_have_count(2)
    expect(page.locator("section.palabre")).to_have_count(1)


def test_a_closed_discussion_offers_no_form(
    page: Page, served: str, discussion: str, neighbour: ForeignHost, thread: Thread, worker_passes: Pass
) -> None:
    actions.describe_thread(thread, closed=True)
    worker_passes()
    neighbour.pages["/"] = host_page(tag(served))
    page.goto(neighbour.origin + "/")
    expect(page.locator(".palabre-comment")).to_have_count(2)
    expect(page.get_by_role("button")).to_have_count(0)
