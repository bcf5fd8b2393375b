"""Words for the desk's templates: ``{{ comment.status|status_words }}``."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import pgettext

from palabre.desk import words

register = template.Library()


@register.filter
def status_words(status: str) -> str | Promise:
    """A status as the desk says it."""
    return words.STATUSES.get(status, status)


@register.filter
def move_words(move: str) -> str | Promise:
    """A move as the desk says it, after the name of who made it."""
    return words.MOVES.get(move, move)


@register.filter
def actor_words(actor: str) -> str | Promise:
    """Who made a move, where no person is named."""
    return words.ACTORS.get(actor, actor)


@register.filter
def reason_words(reason: str) -> str:
    """A reason code in words."""
    return words.reason(reason)


@register.filter
def label_words(label: str) -> str:
    """A label of the engine in words."""
    return words.label(label)


@register.filter
def when(moment: datetime) -> str:
    """A moment in figures, in the site's time zone; the day cannot be mistaken for the month."""
    return date_format(timezone.localtime(moment), pgettext("date format", "Y-m-d H:i"))


@register.filter
def when_in_words(moment: datetime) -> str:
    """A moment with the month in words, in the site's time zone."""
    return date_format(timezone.localtime(moment), pgettext("date format", "j F Y, H:i"))


@register.filter
def percent(score: float) -> int:
    """A score in 0..1 as whole per cent, never 100 or 0 by rounding: the machine is not that sure."""
    return min(max(round(score * 100), 1), 99)
