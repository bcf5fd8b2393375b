"""`palabre init`: make an installation: folder, settings, secret, database, first site and first moderator."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from pathlib import Path

from palabre.cli import home
from palabre.config import env

HELP = "make an installation: settings, secret, database, first site and moderator"

STDIN = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="SLUG", help="short name of the first site, as in its addresses")
    parser.add_argument("--name", help="the site's name as readers know it")
    parser.add_argument("--url", help="address of the site's front page")
    parser.add_argument("--language", choices=["en", "fr"], help="language of the site's readers (en)")
    parser.add_argument("--time-zone", metavar="ZONE", help="the site's time zone, such as Europe/Paris (UTC)")
    parser.add_argument("--public-url", metavar="URL", help="address under which readers will reach this server")
    parser.add_argument("--email", help="e-mail address of the first moderator, who may also edit rules and people")
    parser.add_argument("--password-file", metavar="FILE", help="file with the password, or - for standard input")


def run(options: argparse.Namespace) -> int:
    home.load()
    _ask(options)
    given = {"PUBLIC_URL": options.public_url, "LANGUAGE": options.language, "TIME_ZONE": options.time_zone}
    settings = {name: value for name, value in given.items() if value}
    env.read_all({f"PALABRE_{name}": value for name, value in settings.items()})  # before a wrong one is written down
    place = home.make(settings)
    home.start_django()
    home.migrate()
    password = _make(options)
    print(f"The installation is in {place}.")
    if password:
        print(f"Password of {options.email}: {password}")
    print(f"Start it:  palabre --home {place} serve\nCheck it:  palabre --home {place} doctor")
    return 0


def _ask(options: argparse.Namespace) -> None:
    """Fill in what was not given: by asking on a terminal, otherwise not at all. Raises ``Unusable``."""
    if sys.stdin.isatty() and options.password_file != STDIN:
        options.site = options.site or _answer("Short name of the site, as in its addresses", "site")
        options.name = options.name or _answer("Name of the site", options.site)
        options.url = options.url or _answer("Address of its front page", "")
        options.language = options.language or _answer("Language of its readers, en or fr", "en")
        options.public_url = options.public_url or _answer("Address of this server", "http://127.0.0.1:8000")
        options.email = options.email or _answer("E-mail address of the first moderator", "")
    missing = [f"--{name}" for name in ("site", "email") if not getattr(options, name)]
    if missing:
        raise home.Unusable(f"There is nobody to ask here; give {' and '.join(missing)}.")


def _answer(question: str, default: str) -> str:
    return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default


def _make(options: argparse.Namespace) -> str:
    """Site and moderator; the password if one had to be made up."""
    from django.core.exceptions import ValidationError

    from palabre.accounts.actions import create_moderator, create_site
    from palabre.accounts.models import Role

    try:
        site = create_site(
            options.site,
            options.name or options.site,
            url=options.url or "",
            language=options.language or "en",
            time_zone=options.time_zone or "UTC",
        )
        password, made_up = _password(options)
        create_moderator(site, options.email, password, role=Role.EDITOR)
    except ValidationError as error:
        raise home.Unusable(" ".join(error.messages)) from error
    except ValueError as error:
        raise home.Unusable(str(error)) from error
    return password if made_up else ""


def _password(options: argparse.Namespace) -> tuple[str, bool]:
    """The moderator's password, and whether it was made up. Raises ``ValidationError`` for a weak one."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.validators import validate_email

    from palabre.accounts.models import User

    validate_email(options.email)
    if User.objects.filter(email__iexact=options.email).exists():
        return "", False  # the account keeps the one it has
    password = _given_password(options)
    if not password:
        return secrets.token_urlsafe(12), True
    validate_password(password, User(email=options.email))
    return password, False


def _given_password(options: argparse.Namespace) -> str:
    if options.password_file == STDIN:
        return sys.stdin.readline().strip()
    if options.password_file:
        try:
            return Path(options.password_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise home.Unusable(f"{options.password_file} cannot be read: {error}.") from error
    return getpass.getpass("Password (empty: one is made up): ") if sys.stdin.isatty() else ""
