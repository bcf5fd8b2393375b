"""``palabre manage allow_origin SITE [ADDRESS …]``: whose pages may embed the discussions of a site."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from palabre.accounts import actions
from palabre.widget import queries


class Command(BaseCommand):
    """Register origins, take them back, or list them."""

    help = "Let pages of these addresses embed the discussions of a site; without an address, list who may."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("site", help="short name of the site")
        parser.add_argument("address", nargs="*", help="an address on the other web site, such as https://news.example")
        parser.add_argument("--remove", action="store_true", help="take the right back")

    def handle(self, *args: Any, **options: Any) -> None:
        site = queries.site(options["site"])
        if site is None:
            raise CommandError(f"There is no site {options['site']!r}.")
        act = actions.forbid_origin if options["remove"] else actions.allow_origin
        try:
            for address in options["address"]:
                act(site, address)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(queries.origins(site)) or "no origin is registered")
