"""What `palabre doctor` looks at. Each check yields findings; one with a cure is a failure."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from palabre.accounts.models import Membership, Site
from palabre.base import clock
from palabre.cli import home
from palabre.discussion.models import AuditEntry
from palabre.press.library import problems
from palabre.screening import machine, rulebooks

LEAST_FREE = 200_000_000  # bytes
SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen, in words; with a ``cure`` it is a failure."""

    what: str
    cure: str = ""


def secret() -> Iterator[Finding]:
    path = home.folder() / home.SECRET
    if path.exists() and path.stat().st_mode & 0o077:
        yield Finding(f"{path} can be read by others on this machine", f"chmod 600 {path}")
    if len(settings.SECRET_KEY) < 32:
        yield Finding("the secret key is short", "Set PALABRE_SECRET_KEY to 50 random characters.")
    if settings.DEBUG:
        yield Finding("PALABRE_DEBUG is on: readers would see our code", "Set PALABRE_DEBUG=no.")


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(f"it cannot be reached ({error})", "Mend PALABRE_DATABASE_URL, or start the database server.")
        return
    plan = MigrationExecutor(connection)
    missing = plan.migration_plan(plan.loader.graph.leaf_nodes())
    if missing:
        yield Finding(f"{len(missing)} steps behind this version", "Run: palabre manage migrate")
    else:
        yield Finding(f"{connection.vendor}, up to date")


def folders() -> Iterator[Finding]:
    for name in ("HOME", "SNAPSHOTS", "ARTICLES", "RULES"):
        path = Path(getattr(settings, f"PALABRE_{name}"))
        try:
            path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                pass
        except OSError as error:
            yield Finding(
                f"{path} cannot be written ({error.strerror})",
                f"Give it to the user of palabre, or move it (PALABRE_{name}).",
            )
    free = shutil.disk_usage(settings.PALABRE_HOME).free
    if free < LEAST_FREE:
        yield Finding(
            f"only {free // 1_000_000} MB are free on the disk", "Make room, or move the folder (PALABRE_HOME)."
        )


def model() -> Iterator[Finding]:
    status = machine.engine_status()
    if status.ok:
        yield Finding(status.version)
    else:
        yield Finding(status.problem, "Install palabre again, or set PALABRE_MODEL to a whole model file.")


def clock_sanity() -> Iterator[Finding]:
    """The clock against the files of the disk and the newest line of the log."""
    with tempfile.NamedTemporaryFile(dir=settings.PALABRE_HOME) as file:
        skew = abs(Path(file.name).stat().st_mtime - time.time())
    cure = "Set the clock, and let it be kept right (timedatectl set-ntp true)."
    if skew > SKEW.total_seconds():
        yield Finding(f"the clock and the disk's differ by {skew:.0f} seconds", cure)
    newest = AuditEntry.objects.order_by("-at").values_list("at", flat=True).first()
    if newest and newest > clock.now() + SKEW:
        yield Finding(f"the newest line of the log is of {newest:%Y-%m-%d %H:%M}: the clock has gone back", cure)


def mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        yield Finding("none is sent, it goes to the log (PALABRE_MAIL_URL is empty)")
        return
    try:
        with get_connection():
            yield Finding(f"{settings.EMAIL_HOST} takes our mail")
    except OSError as error:
        yield Finding(f"{settings.EMAIL_HOST} does not take it ({error})", "Mend PALABRE_MAIL_URL.")


def proxies() -> Iterator[Finding]:
    public = urlsplit(settings.PALABRE_PUBLIC_URL)
    trusted = settings.PALABRE_TRUSTED_PROXIES
    if public.scheme == "https" and not trusted:
        yield Finding(
            "PALABRE_PUBLIC_URL is https, but no proxy is trusted: all readers would seem to be one",
            "Set PALABRE_TRUSTED_PROXIES to the proxy's address, such as 127.0.0.1.",
        )
    for network in trusted:
        if network.prefixlen == 0:
            yield Finding(f"{network} trusts everybody", "Name the proxy's own address in PALABRE_TRUSTED_PROXIES.")


def sites() -> Iterator[Finding]:
    found = list(Site.objects.order_by("slug"))
    for site in found:
        if not Membership.objects.filter(site=site, user__is_active=True).exists():
            yield Finding(f"nobody moderates {site.slug}", f"Run: palabre init --site {site.slug} --email …")
    if not found:
        yield Finding("there is none", "Run: palabre init")


def rule_books() -> Iterator[Finding]:
    for site in Site.objects.order_by("slug"):
        if problem := rulebooks.rule_book_problem(site, "en"):
            yield Finding(problem, "Mend the file; until then the last good rule book is in force.")


def articles() -> Iterator[Finding]:
    for problem in problems():
        yield Finding(f"{problem.path}, line {problem.line}: {problem.reason}", "Mend the file; the others stay up.")


CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "secret": secret,
    "database": database,
    "folders": folders,
    "model": model,
    "clock": clock_sanity,
    "mail": mail,
    "proxy": proxies,
    "sites": sites,
    "rule books": rule_books,
    "articles": articles,
}
