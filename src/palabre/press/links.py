"""Addresses as the world sees them: under the public URL, whatever the request says its host is."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from palabre.press.articles import Article, Image


def absolute(path: str) -> str:
    return f"{settings.PALABRE_PUBLIC_URL}{path}"


def front() -> str:
    return absolute(reverse("press:front"))


def site(slug: str) -> str:
    return absolute(reverse("press:site", args=[slug]))


def feed(slug: str) -> str:
    return absolute(reverse("press:feed", args=[slug]))


def article(slug: str, piece: Article) -> str:
    return absolute(reverse("press:article", args=[slug, piece.slug]))


def image(slug: str, picture: Image) -> str:
    return absolute(reverse("press:media", args=[slug, picture.file]))


def discussion_feed(slug: str, piece: Article) -> str:
    """The feed of an article's comments: a snapshot file beside the thread's pages."""
    return absolute(f"/d/{quote(slug)}/{quote(piece.slug)}/feed.atom")


def comment_form(slug: str, piece: Article) -> str:
    """Where the comment form posts; empty when the room that takes comments is not installed."""
    try:
        return reverse("widget:comment", args=[slug, piece.slug])
    except NoReverseMatch:
        return ""
