"""An editor registers whose pages may embed the discussions of a site."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from palabre.accounts.models import Site


def said(*args: str) -> list[str]:
    out = StringIO()
    call_command("allow_origin", *args, stdout=out)
    return out.getvalue().split()


def test_an_origin_is_registered_listed_and_taken_back(site: Site) -> None:
    assert said("gazette", "https://News.example/article?x=1") == ["https://gazette.example", "https://news.example"]
    assert said("gazette", "https://news.example", "--remove") == ["https://gazette.example"]
    assert said("gazette") == ["https://gazette.example"]


@pytest.mark.parametrize("args", [("nobody", "https://news.example"), ("gazette", "news.example")])
def test_a_wrong_name_or_address_is_said_so(site: Site, args: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        said(*args)
