"""``rescreen SITE``: judge the comments that wait by the present engine and rule book."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from palabre.accounts.models import Site
from palabre.screening.machine import engine_status
from palabre.screening.sweep import rescreen


class Command(BaseCommand):
    help = "Judge the held comments of a site by the present engine and rule book. They stay held."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("site", help="the site's short name")

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.filter(slug=options["site"]).first()
        if site is None:
            raise CommandError(_("There is no site “%(site)s”.") % {"site": options["site"]})
        status = engine_status()
        if not status.ok:
            raise CommandError(_("The engine cannot be asked: %(problem)s") % {"problem": status.problem})
        count = rescreen(site, progress=lambda done: self.stderr.write(f"\r{done} ", ending=""))
        self.stdout.write(_("Comments with a new verdict: %(count)d") % {"count": count})
