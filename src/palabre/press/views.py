"""Pages of articles: look on the shelf, render. An ordinary reader's request asks the database nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from palabre.press import discussion, feeds, linked_data, links, pages
from palabre.press.articles import Article
from palabre.press.library import Shelf, library

# A picture is a picture: an SVG opened by itself may neither run scripts nor fetch anything.
MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every site with its latest articles."""
    shelves = [shelf for shelf in library().shelves() if shelf.articles]
    if len(shelves) == 1:
        return site(request, shelves[0].card.slug)
    return render(request, "press/front.html", {"shelves": [(shelf, _pages(shelf)[:5]) for shelf in shelves]})


@require_safe
def site(request: HttpRequest, site: str) -> HttpResponse:
    """A site's articles, newest first."""
    shelf = _shelf(site)
    with translation.override(shelf.card.language):
        context: dict[str, object] = {
            "card": shelf.card,
            "pages": _pages(shelf),
            "canonical": links.site(site),
            "feed": links.feed(site),
        }
        return _render(request, "press/site.html", context)


@require_safe
@cache_control(private=True, no_cache=True)  # the form's token is this reader's alone
def article(request: HttpRequest, site: str, slug: str) -> HttpResponse:
    """An article and its discussion."""
    shelf = _shelf(site)
    found = _article(shelf, slug)
    with translation.override(pages.speaking(found, shelf.card)):
        return _render(request, "press/article.html", _context(request, shelf, found))


@require_safe
def feed(request: HttpRequest, site: str) -> HttpResponse:
    """A site's articles as Atom."""
    return HttpResponse(feeds.atom(_shelf(site)), content_type="application/atom+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every article's address, for search engines (https://www.sitemaps.org/protocol.html)."""
    entries = [
        (links.article(shelf.card.slug, found), found.moment)
        for shelf in library().shelves()
        for found in shelf.articles.values()
    ]
    return render(request, "press/sitemap.xml", {"entries": entries[:50_000]}, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=3600)
def media(request: HttpRequest, site: str, name: str) -> HttpResponseBase:
    """A picture of the site's media folder."""
    path = _shelf(site).media(name)
    if path is None:
        raise Http404
    response = static.serve(request, path.name, document_root=str(path.parent))
    response["Content-Security-Policy"] = MEDIA_POLICY
    return response


def _render(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """The page, said to be in the language it is in rather than the one the reader asked for."""
    response = render(request, template, context)
    response["Content-Language"] = translation.get_language() or ""
    return response


def _context(request: HttpRequest, shelf: Shelf, found: Article) -> dict[str, object]:
    card = shelf.card
    number = _number(request)
    shown = discussion.of(request, found, card, number)
    if shown.html is None and number > 1:
        raise Http404
    return {
        "page": pages.page(found, card),
        "card": card,
        "discussion": shown,
        "canonical": links.article(card.slug, found),
        "image": links.image(card.slug, found.image) if found.image else "",
        "feed": links.feed(card.slug),
        "discussion_feed": links.discussion_feed(card.slug, found),
        "linked_data": linked_data.script(found, card, discussion.count(shown.html)),
    }


def _number(request: HttpRequest) -> int:
    """The discussion's page that is asked for; the first for anything that is no number."""
    text = request.GET.get("discussion", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _pages(shelf: Shelf) -> list[pages.Page]:
    return [pages.page(found, shelf.card) for found in shelf.articles.values()]


def _shelf(slug: str) -> Shelf:
    shelf = library().shelf(slug)
    if shelf is None:
        raise Http404
    return shelf


def _article(shelf: Shelf, slug: str) -> Article:
    found = shelf.articles.get(slug)
    if found is None:
        raise Http404
    return found
