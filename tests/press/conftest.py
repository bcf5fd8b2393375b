"""A publisher at work: a site's folder of articles under a fresh home, looked at on every request."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from palabre.accounts.models import Site
from palabre.press.library import Library, library
from palabre.press.sweep import sweep

ARTICLE = """---
title: "Le tram arrive"
lead: "Onze mille voyageurs par jour."
date: 2025-12-02
language: fr
author: Jeanne Morel
outlet: La Gazette
---
Un *texte* avec une citation :

> On ne veut pas revenir en arrière.

- un
- deux
"""


class Newsroom:
    """The folder of a site's articles, and the sweep that the worker would do."""

    def __init__(self, site: Site, home: Path, now: datetime) -> None:
        self.site = site
        self.folder = home / "articles" / site.slug
        self.media = self.folder / "media"
        self.media.mkdir(parents=True)
        self.now = now

    @property
    def library(self) -> Library:
        return library()

    def write(self, slug: str, text: str = ARTICLE) -> Path:
        path = self.folder / f"{slug}.md"
        path.write_text(text, encoding="utf-8")
        return path

    def publish(self, slug: str = "tram", text: str = ARTICLE) -> None:
        """Write an article and let the worker pass."""
        self.write(slug, text)
        self.sweep()

    def sweep(self, now: datetime | None = None) -> int:
        return sweep(now or self.now)


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    """An installation's own folders, empty."""
    settings.PALABRE_HOME = tmp_path
    settings.PALABRE_ARTICLES = tmp_path / "articles"
    settings.PALABRE_SNAPSHOTS = tmp_path / "snapshots"
    library().look_every = 0
    return tmp_path


@pytest.fixture
def newsroom(site: Site, home: Path, noon: datetime) -> Newsroom:
    return Newsroom(site, home, noon)
