"""A form's token says when and where it was opened, and cannot be made up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from palabre.base.tokens import TokenError, issue, read


def test_a_fresh_token_gives_its_nonce_and_each_form_another(noon: datetime) -> None:
    one, other = issue("gazette/tram", noon), issue("gazette/tram", noon)
    later = noon + timedelta(minutes=3)
    assert read(one, "gazette/tram", later) != read(other, "gazette/tram", later)
    assert read(one, "gazette/tram", later) == read(one, "gazette/tram", later)


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (timedelta(seconds=0), "early"),
        (timedelta(hours=25), "expired"),
        (timedelta(minutes=-4), "early"),
        (timedelta(hours=-2), "forged"),
    ],
)
def test_a_token_out_of_its_time_says_why(noon: datetime, after: timedelta, kind: str) -> None:
    with pytest.raises(TokenError) as error:
        read(issue("gazette/tram", noon), "gazette/tram", noon + after)
    assert error.value.kind == kind


@pytest.mark.parametrize("forge", [lambda t: t[:-2] + "xx", lambda t: "", lambda t: "a:b:c", lambda t: "é" * 50])
def test_a_forged_token_is_known(noon: datetime, forge) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TokenError, match="forged"):
        read(forge(issue("gazette/tram", noon)), "gazette/tram", noon + timedelta(minutes=1))


def test_a_token_of_another_thread_is_forged(noon: datetime) -> None:
    with pytest.raises(TokenError, match="forged"):
        read(issue("gazette/tram", noon), "gazette/jardin", noon + timedelta(minutes=1))
