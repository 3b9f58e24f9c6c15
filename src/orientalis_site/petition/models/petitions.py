"""A petition, the versions of its text and evidence, and its count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models


class Petition(models.Model):
    """A petition. Its words stand in its versions; `current` is the one that is shown and signed."""

    class State(models.TextChoices):
        """Where it stands: `petition/states.py` says what may follow what."""

        DRAFT = "draft"
        IN_REVIEW = "in_review"
        OPEN = "open"
        CLOSED = "closed"
        DELIVERED = "delivered"
        ANSWERED = "answered"
        REJECTED = "rejected"
        HIDDEN = "hidden"

    slug: models.SlugField[str, str] = models.SlugField(max_length=80, unique=True)
    state: models.CharField[str, str] = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    hidden_from: models.CharField[str, str] = models.CharField(
        max_length=10, default="", help_text="the state it had before it was hidden"
    )
    counted_elsewhere: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    counted_source: models.CharField[str, str] = models.CharField(
        max_length=200, default="", help_text="who counted what was counted elsewhere"
    )
    goals: models.JSONField[Any, Any] = models.JSONField(default=list, help_text="supporters to reach, rising")
    current: models.ForeignKey[Any, Any] = models.ForeignKey(
        "petition.Version", null=True, on_delete=models.PROTECT, related_name="+"
    )
    current_id: int | None
    opened_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    closes_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    closed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    delivered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    changed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now=True)

    count: Count

    class Meta:
        """The open ones first."""

        ordering = ["id"]

    def __str__(self) -> str:
        return self.slug

    @property
    def supporters(self) -> int:
        """The public count."""
        return self.counted_elsewhere + self.count.confirmed


class Version(models.Model):
    """A text with the figures it cites. Nothing in it changes once it is published; an edit is a new version.

    `text` and `evidence` are canonical JSON (`petition/texts.py`, `petition/snapshots.py`), the hashes SHA-256 of them.
    """

    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="versions"
    )
    petition_id: int
    number: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    text: models.TextField[str, str] = models.TextField()
    text_hash: models.CharField[str, str] = models.CharField(max_length=64)
    evidence: models.TextField[str, str] = models.TextField()
    evidence_hash: models.CharField[str, str] = models.CharField(max_length=64)
    bundle_hash: models.CharField[str, str] = models.CharField(max_length=64)
    is_shipped: models.BooleanField[bool, bool] = models.BooleanField(
        default=False, help_text="it came with the program and was reviewed there"
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    created_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by_id: int | None
    published_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    published_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by_id: int | None

    class Meta:
        """Two people publish: the database itself refuses one."""

        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["petition", "number"], name="version_number"),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | models.Q(is_shipped=True)
                | (models.Q(published_by__isnull=False) & ~models.Q(published_by=models.F("created_by"))),
                name="version_published_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}: version {self.number}"


class Count(models.Model):
    """What the tick has folded of a petition. Only the tick writes it, so what pages show is one row."""

    petition: models.OneToOneField[Any, Any] = models.OneToOneField(
        Petition, primary_key=True, on_delete=models.CASCADE, related_name="count"
    )
    petition_id: int
    confirmed: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    countries: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="country: confirmed")
    days: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="day: change of the count")
    versions: models.JSONField[Any, Any] = models.JSONField(default=dict, help_text="number of version: confirmed")
    folded_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """Never below nothing."""

        constraints = [models.CheckConstraint(condition=models.Q(confirmed__gte=0), name="count_not_negative")]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.confirmed}"


class Milestone(models.Model):
    """A goal that was reached: once, whatever the count does afterwards."""

    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="milestones"
    )
    petition_id: int
    goal: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    reached_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        """Each goal once."""

        ordering = ["goal"]
        constraints = [models.UniqueConstraint(fields=["petition", "goal"], name="milestone_once")]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.goal}"
