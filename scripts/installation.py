"""The installation `bench_write.py` measures, made and watched through the rooms' own functions."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from scripts import servers

SITE = "demo"


def install(home: Path, threads: int) -> None:
    """A site with ``threads`` empty threads in ``home``; this process shares its database and key from now on."""
    home.mkdir()
    servers.environment(home)
    import django

    django.setup()
    from django.core.management import call_command

    from palabre.accounts.actions import create_site
    from palabre.base import clock
    from palabre.discussion import actions

    call_command("migrate", verbosity=0)
    body = servers.TEXT * 20
    site = create_site(SITE, "Demo", url="https://demo.example", language="fr")
    for number in range(threads):
        thread = actions.open_thread(site, f"t{number}", clock.now(), url=f"https://demo.example/t{number}")
        actions.describe_thread(thread, title="Un long débat", lead="Ce que disent les lecteurs.", body=body)


def tokens_for(threads: int, each: int, age: timedelta) -> list[list[str]]:
    """Form tokens of ``age``, a list a thread."""
    from palabre.base import clock, tokens
    from palabre.discussion.forms import token_key

    then = clock.now() - age
    return [[tokens.issue(token_key(SITE, f"t{number}"), then) for _ in range(each)] for number in range(threads)]


def assessments() -> int:
    """How many assessments are stored."""
    from palabre.screening.models import Assessment

    return Assessment.objects.count()
