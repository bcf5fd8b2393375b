"""Threads, comments, revisions, decisions, appeals and the audit log. No verbs: see actions.py."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from palabre.accounts.models import Site
from palabre.discussion.states import Move, Status

STATUSES = [(status.value, status.value) for status in Status]
MOVES = [(move.value, move.value) for move in Move]


class Thread(models.Model):
    """The discussion of one article; ``title``, ``lead``, ``body`` and ``byline`` are what the engine reads of it."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="threads")
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=300, blank=True)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
    closed = models.BooleanField(default=False)
    closes_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveBigIntegerField(default=1)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "name"], name="one_thread_a_name")]

    def __str__(self) -> str:
        return self.title or self.name


class Comment(models.Model):
    """One contribution. ``number`` is given at its first publication; ``current`` is the revision that counts."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    number = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=STATUSES, default=Status.SUBMITTED.value)
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    current = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, related_name="+")
    capability_digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique, and imports have none
    nonce = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 - unique, and imports have none
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "number"], name="one_comment_a_number"),
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="comment_status_is_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED.value) | Q(number__isnull=False), name="published_has_a_number"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "created_at"], name="comments_by_status_and_age"),
            models.Index(fields=["thread", "status"], name="comments_of_a_thread"),
        ]

    def __str__(self) -> str:
        return f"#{self.number or '-'} {self.name}"


class Revision(models.Model):
    """A text a comment has had: as typed (``text``, Markdown) and as shown (``html``, sanitised)."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="revisions")
    position = models.PositiveIntegerField(default=1)
    text = models.TextField()
    html = models.TextField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "position"], name="one_revision_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}/{self.position}"


class Sender(models.Model):
    """The truncated network a comment came from, kept apart from it and only for a set time."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="sender")
    network = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["network", "created_at"], name="senders_lately")]

    def __str__(self) -> str:
        return self.network


class Decision(models.Model):
    """What a person did to a comment, with the reason code and the words to its author."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="decisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    move = models.CharField(max_length=12, choices=MOVES)
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(move__in=[Move.REFUSE.value, Move.REMOVE.value]) | ~Q(reason=""),
                name="refusal_has_a_reason",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["moderator", "-created_at"], name="decisions_of_a_moderator")]

    def __str__(self) -> str:
        return f"{self.move} {self.reason}".strip()


class Appeal(models.Model):
    """An author asks a person to look again at a refusal or removal."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="appeals")
    words = models.TextField(blank=True)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    upheld = models.BooleanField(null=True)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(decided_at__isnull=True), name="one_open_appeal_a_comment"
            )
        ]

    def __str__(self) -> str:
        return f"appeal for {self.comment_id}"


class AuditEntry(models.Model):
    """One line of the log: who moved what from where to where. Written once, by the transaction that moved it."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="audit")
    at = models.DateTimeField(db_index=True)
    move = models.CharField(max_length=12, choices=MOVES)
    actor = models.CharField(max_length=12)  # author, moderator, machine, importer
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.move}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; an old one cannot be changed (the database refuses it too)."""
        if self.pk is not None:
            raise TypeError("the audit log is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the audit log is append-only")
