"""Work of this room that is due: forgetting where comments came from."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from palabre.discussion.models import Sender


def sweep(now: datetime) -> int:
    """Delete the truncated networks older than ``PALABRE_SENDER_DAYS``; how many went."""
    limit = now - timedelta(days=settings.PALABRE_SENDER_DAYS)
    return Sender.objects.filter(created_at__lt=limit).delete()[0]
