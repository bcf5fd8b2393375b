"""What the engine said of each revision and what the rule book made of it, by version. No verbs: see actions.py."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from palabre.accounts.models import Site
from palabre.discussion.models import Revision


class RuleBookVersion(models.Model):
    """A rule book a site has screened by. ``hash`` names what it says; ``text`` is the TOML it was read from."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rule_books")
    hash = models.CharField(max_length=64)
    text = models.TextField()
    created_at = models.DateTimeField()
    used_at = models.DateTimeField()  # when it last came into use: an older book may be put back

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "hash"], name="one_rule_book_a_hash")]

    def __str__(self) -> str:
        return self.hash[:12]


class Assessment(models.Model):
    """What one version of the engine says of a revision: the fields of ``engine.types.Assessment``."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="assessments")
    model = models.CharField(max_length=100)
    language = models.CharField(max_length=16)
    scores = models.JSONField(default=dict)
    spans = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "model"], name="one_assessment_a_revision_and_model")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} by {self.model}"


class Verdict(models.Model):
    """What a rule book makes of an assessment; without one (no engine could be asked) the comment was held.

    ``content`` is ``rules.Verdict.as_json()``; ``outcome`` and ``concern`` repeat what queries need.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="verdicts")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="verdicts")
    book = models.ForeignKey(RuleBookVersion, on_delete=models.PROTECT, related_name="verdicts")
    outcome = models.CharField(max_length=8, choices=[("publish", "publish"), ("hold", "hold")])
    concern = models.FloatField()
    content = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "book"], name="one_verdict_an_assessment_and_book"),
            models.UniqueConstraint(
                fields=["revision", "book"], condition=Q(assessment=None), name="one_verdict_without_assessment"
            ),
            # A machine never refuses, and the database knows it.
            models.CheckConstraint(condition=Q(outcome__in=["publish", "hold"]), name="verdict_publishes_or_holds"),
        ]
        indexes: ClassVar = [models.Index(fields=["revision", "-created_at"], name="newest_verdict_of_a_revision")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.revision_id}"


class Claim(models.Model):
    """A worker is busy with this revision until ``until``; if it dies, the claim ends by itself."""

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="screening_claim")
    token = models.CharField(max_length=64, db_index=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.revision_id} until {self.until:%H:%M:%S}"
