"""A folder of articles is re-read when files change, and a broken file leaves the others up."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.utils import translation

from palabre.press.library import Library

ARTICLE = "---\ntitle: {title}\ndate: {date}\n---\nUn texte.\n"


class Folder:
    """A library over a temporary folder, and the ways a publisher changes it."""

    def __init__(self, root: Path) -> None:
        self.articles = root / "articles" / "valbrune"
        self.cards = root / "cards"
        self.library = Library(root / "articles", self.cards, look_every=0)
        (self.articles / "media").mkdir(parents=True)
        self.card("valbrune")

    def card(self, slug: str, language: str = "fr") -> None:
        self.cards.mkdir(exist_ok=True)
        (self.cards / f"{slug}.json").write_text(json.dumps({"name": "Valbrune", "language": language}))

    def write(self, slug: str, title: str = "Titre", date: str = "2025-12-02", more: str = "") -> Path:
        path = self.articles / f"{slug}.md"
        path.write_text(ARTICLE.format(title=title, date=date).replace("---\nUn", f"{more}---\nUn"))
        return path

    @property
    def titles(self) -> list[str]:
        shelf = self.library.shelf("valbrune")
        assert shelf is not None
        return [article.title for article in shelf.articles.values()]

    @property
    def problems(self) -> list[tuple[str, int, str]]:
        return [(problem.path.name, problem.line, problem.reason) for problem in self.library.problems()]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_the_newest_article_comes_first(folder: Folder) -> None:
    folder.write("a", "Ancien", "2025-01-01")
    folder.write("b", "Récent", "2025-12-02T08:00:00+01:00")
    folder.write("c", "Plus récent", "2025-12-02T09:00:00+01:00")
    assert folder.titles == ["Plus récent", "Récent", "Ancien"]


def test_a_changed_file_is_read_again(folder: Folder) -> None:
    folder.write("a", "Avant")
    assert folder.titles == ["Avant"]
    folder.write("a", "Après")
    assert folder.titles == ["Après"]


def test_an_unchanged_file_is_not_read_again(folder: Folder) -> None:
    path = folder.write("a", "Avant")
    assert folder.titles == ["Avant"]
    status = path.stat()
    folder.write("a", "Apres")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert folder.titles == ["Avant"]


def test_a_removed_file_is_gone_and_a_new_one_appears(folder: Folder) -> None:
    folder.write("a", "Un")
    assert folder.titles == ["Un"]
    folder.write("a").unlink()
    folder.write("b", "Deux")
    assert folder.titles == ["Deux"]


def test_a_broken_file_is_listed_and_the_others_stay_up(folder: Folder) -> None:
    folder.write("a", "Bon")
    folder.write("b", "Mauvais", more="auther: x\n")
    assert folder.titles == ["Bon"]
    assert folder.problems == [("b.md", 4, "There is no key “auther”; did you mean “author”?")]


def test_a_problem_is_told_in_the_language_of_whoever_looks(folder: Folder) -> None:
    folder.write("b", more="auther: x\n")
    with translation.override("fr"):
        ((_name, _line, reason),) = folder.problems
    assert reason == "La clé «\u00a0auther\u00a0» n’existe pas\u202f; vouliez-vous dire «\u00a0author\u00a0»\u202f?"


def test_a_mended_file_is_no_longer_a_problem(folder: Folder) -> None:
    folder.write("b", more="auther: x\n")
    assert folder.problems
    folder.write("b", "Réparé", more="author: x\n")
    assert (folder.titles, folder.problems) == (["Réparé"], [])


def test_a_missing_picture_is_a_problem_and_the_article_stays_up(folder: Folder) -> None:
    folder.write("a", "Sans image", more="image: {file: tram.svg, alt: Un tram}\n")
    assert folder.titles == ["Sans image"]
    assert folder.problems == [("a.md", 1, "There is no picture “tram.svg” in the media folder.")]
    (folder.articles / "media" / "tram.svg").write_text("<svg/>")
    assert folder.problems == []


def test_drafts_and_hidden_files_are_left_alone(folder: Folder) -> None:
    for name in ("_brouillon", ".a"):
        folder.write(name)
    assert (folder.titles, folder.problems) == ([], [])


def test_a_folder_without_a_site_is_a_problem(folder: Folder) -> None:
    (folder.articles.parent / "ailleurs").mkdir()
    assert folder.problems == [("ailleurs", 1, "No site has this name, so its articles are not shown.")]
    assert folder.library.shelf("ailleurs") is None


def test_a_site_without_a_folder_has_no_article_and_no_problem(folder: Folder) -> None:
    folder.card("vide")
    shelf = folder.library.shelf("vide")
    assert shelf is not None
    assert not shelf.articles
    assert folder.problems == []


@pytest.mark.parametrize("slug", ["..", "../cards/valbrune", "a/b", "", "."])
def test_a_site_is_never_a_path(folder: Folder, slug: str) -> None:
    assert folder.library.shelf(slug) is None


def test_a_damaged_card_hides_the_site_until_the_next_sweep(folder: Folder) -> None:
    (folder.cards / "valbrune.json").write_text("{")
    assert folder.library.shelf("valbrune") is None


def test_articles_take_up_their_sites_new_language(folder: Folder) -> None:
    folder.write("a")
    shelf = folder.library.shelf("valbrune")
    assert shelf is not None
    assert shelf.articles["a"].language == "fr"
    folder.card("valbrune", language="en")
    shelf = folder.library.shelf("valbrune")
    assert shelf is not None
    assert shelf.articles["a"].language == "en"


def test_a_busy_page_does_not_list_the_folder_for_each_reader(folder: Folder) -> None:
    folder.library.look_every = 3600
    folder.write("a", "Avant")
    assert folder.titles == ["Avant"]
    folder.write("a", "Après")
    assert folder.titles == ["Avant"]


@pytest.mark.parametrize("name", ["../a.md", "..", "", ".", "nul\0", "secret.svg"])
def test_a_picture_outside_the_media_folder_is_not_found(folder: Folder, name: str) -> None:
    folder.write("a")
    (folder.articles / "media" / "secret.svg").symlink_to(folder.articles / "a.md")
    shelf = folder.library.shelf("valbrune")
    assert shelf is not None
    assert shelf.media(name) is None
