"""The rule book of a site is a file: read again when it changes, and a broken one never goes live."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from palabre.base import problems
from palabre.rules import RuleBook, default_text
from palabre.screening import rulebooks
from palabre.screening.models import RuleBookVersion
from palabre.screening.rulebooks import limits, rule_book, rule_book_problem
from palabre.screening.sweep import sweep

from .conftest import ASSISTED

BROKEN = ASSISTED.replace("insult = 0.5", "insult = 5")


def test_a_site_without_a_file_has_the_default_rule_book(site):
    assert rule_book(site) == RuleBook.default()
    assert rule_book_problem(site) == ""


def test_a_file_is_the_rule_book_of_its_site_alone(site, other_site, rule_file):
    rule_file(site)
    assert rule_book(site).verify == "assisted"
    assert rule_book(other_site) == RuleBook.default()


def test_a_changed_file_is_read_again_and_a_deleted_one_forgotten(site, rule_file):
    path = rule_file(site)
    assert [rule.id for rule in rule_book(site).rules] == ["calm"]
    rule_file(site, ASSISTED.replace('"calm"', '"calmer"'))
    assert [rule.id for rule in rule_book(site).rules] == ["calmer"]
    path.unlink()
    assert rule_book(site) == RuleBook.default()


def test_a_broken_file_leaves_the_last_good_one_in_force_and_is_told_with_its_line(site, rule_file):
    rule_file(site)
    before = rule_book(site)
    path = rule_file(site, BROKEN)
    assert rule_book(site) == before
    assert rule_book_problem(site, "en").startswith(f"{path}: line 5: rules[1].labels.insult is out of range.")
    assert "ligne 5" in rule_book_problem(site, "fr")
    told = [problem.what for problem in problems.of_site(site.slug) if problem.where == "gazette.toml"]
    assert [what.startswith("line 5:") for what in told] == [True]
    rule_file(site)
    assert rule_book_problem(site) == ""


def test_after_a_restart_the_last_good_one_comes_out_of_the_database(engine, site, rule_file, write, noon):
    rule_file(site)
    write()
    sweep(noon)
    good = rule_book(site)
    rule_file(site, BROKEN)
    rulebooks._read.clear()
    assert rule_book(site) == good
    assert rule_book_problem(site)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'\n\ntitle = "\xe9"', b"verify = \x00"])
def test_what_is_no_rule_book_at_all_leaves_the_default_in_force(site, rule_file, content):
    rule_file(site, content)
    assert rule_book(site) == RuleBook.default()
    assert rule_book_problem(site, "fr") != rule_book_problem(site, "en") != ""


def test_a_folder_in_place_of_the_file_is_told_not_raised(site, rules_folder: Path):
    (rules_folder / f"{site.slug}.toml").mkdir()
    assert rule_book(site) == RuleBook.default()
    assert "cannot be read" in rule_book_problem(site, "en")


def test_rule_books_are_kept_when_they_come_into_use(engine, site, rule_file, write, noon):
    path = rule_file(site)
    write("Un premier avis.")
    sweep(noon)
    path.unlink()
    write("Un deuxième avis.")
    sweep(noon)
    assert [version.text for version in RuleBookVersion.objects.order_by("pk")] == [ASSISTED, default_text()]


def test_the_form_takes_its_limits_from_the_rule_book(site, rule_file):
    rule_file(site, ASSISTED.replace("[[rules]]", "[limits]\nmax_length = 300\nmax_per_window = 2\n[[rules]]"))
    found = limits(site)
    assert (found.max_length, found.max_comments, found.window_minutes, found.correction_minutes) == (300, 2, 10, 15)


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_still_noticed(site, rule_file, tmp_path):
    path = rule_file(site)
    rule_book(site)
    times = path.stat()
    other = tmp_path / "other.toml"
    other.write_text(ASSISTED.replace("0.5", "0.6"))
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)
    assert rule_book(site).rules[0].labels == {"insult": 0.6}
