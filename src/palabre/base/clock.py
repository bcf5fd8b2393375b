"""The one clock of the Django rooms, so that tests may set it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The present, aware, in UTC."""
    return timezone.now()
