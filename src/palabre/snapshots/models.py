"""What has been written of each thread and site: enough to ask the database what is due."""

from __future__ import annotations

from django.db import models

from palabre.accounts.models import Site
from palabre.discussion.models import Thread


class Snapshot(models.Model):
    """The files of ``thread`` show its ``revision``, dressed as ``look`` says (see ``queries.look``)."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="snapshot")
    revision = models.PositiveBigIntegerField()
    look = models.CharField(max_length=16)
    count = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.thread_id} at {self.revision}"


class SiteSnapshot(models.Model):
    """The files of ``site`` (counts and feed) show its threads when their revisions added up to ``revisions``."""

    site = models.OneToOneField(Site, on_delete=models.CASCADE, related_name="snapshot")
    revisions = models.PositiveBigIntegerField()
    look = models.CharField(max_length=16)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.site_id} at {self.revisions}"
