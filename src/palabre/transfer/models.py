"""Which comment came from which record of which other system: what makes an import repeatable. No verbs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from palabre.accounts.models import Site
from palabre.discussion.models import Comment


class Imported(models.Model):
    """The comment that ``external_id`` of ``format`` became on ``site``."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=20)
    external_id = models.CharField(max_length=120)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="imported")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "format", "external_id"], name="one_comment_a_record")
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.external_id}"
