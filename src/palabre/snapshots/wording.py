"""Language, dates and sentences of a published page: those of the thread, in the site's time zone."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_supported_language_variant, gettext, ngettext, pgettext

from palabre.accounts.models import Site
from palabre.discussion.models import Comment, Thread
from palabre.discussion.states import Status


def language(thread: Thread) -> str:
    """The thread's language if we speak it, else the site's, else the installation's."""
    return _spoken(thread.language) or site_language(thread.site)


def site_language(site: Site) -> str:
    """The site's language if we speak it, else the installation's."""
    return _spoken(site.language) or settings.LANGUAGE_CODE


def _spoken(code: str) -> str | None:
    try:
        return get_supported_language_variant(code) if code else None
    except LookupError:
        return None


def zone(site: Site) -> tzinfo:
    """The site's time zone; UTC if it names none that exists."""
    try:
        return ZoneInfo(site.time_zone)
    except (ValueError, OSError, LookupError):
        return UTC


def long_date(moment: datetime) -> str:
    """« 2 décembre 2025 à 14:05 », in the language that is active."""
    if moment.day == 1:
        return format_date(moment, pgettext("date and time, on the first of a month", "j F Y, H:i"))
    return format_date(moment, pgettext("date and time", "j F Y, H:i"))


def count(number: int) -> str:
    """« 9 commentaires »."""
    if number == 0:
        return gettext("No comments yet")
    words = ngettext("%(count)s comment", "%(count)s comments", number)
    return words % {"count": number_format(number, force_grouping=True)}


def tombstone(comment: Comment) -> str:
    """What stands in the place of a comment that was answered and is gone."""
    if comment.status == Status.WITHDRAWN:
        return gettext("This comment was withdrawn by its author.")
    if comment.status == Status.REMOVED:
        return gettext("This comment was removed by the moderators.")
    if comment.status == Status.REFUSED:
        return gettext("This comment is not published.")
    return gettext("This comment is being verified again.")
