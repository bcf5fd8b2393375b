"""What an import asks of the database."""

from __future__ import annotations

from collections.abc import Iterable

from palabre.accounts.models import Site
from palabre.base import urls
from palabre.discussion.models import Comment, Thread
from palabre.transfer.models import Imported


def came_before(site: Site, format: str, keys: Iterable[str]) -> dict[str, Comment]:
    """The comments that records named ``keys`` became in this run or an earlier one."""
    rows = Imported.objects.filter(site=site, format=format, external_id__in=list(keys)).select_related("comment")
    return {row.external_id: row.comment for row in rows}


def threads_by_address(site: Site) -> dict[str, str]:
    """The names of the site's threads by the canonical form of their article's address."""
    found: dict[str, str] = {}
    for name, url in Thread.objects.filter(site=site).exclude(url="").order_by("-id").values_list("name", "url"):
        try:
            found[urls.canonical(url)] = name
        except ValueError:
            continue
    return found
