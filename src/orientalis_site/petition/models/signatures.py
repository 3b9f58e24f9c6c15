"""Signatures, what befell them, and the tokens of their mails."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models

from orientalis_site.petition.models.petitions import Petition, Version


class Signature(models.Model):
    """One person's name under one version. A withdrawn or erased row no longer stands in the way of another."""

    class State(models.TextChoices):
        """pending → confirmed → withdrawn; invalidated by a moderator; erased, which nothing follows."""

        PENDING = "pending"
        CONFIRMED = "confirmed"
        WITHDRAWN = "withdrawn"
        INVALIDATED = "invalidated"
        ERASED = "erased"

    class Reason(models.TextChoices):
        """Where a reason stands with the moderators."""

        NONE = "none"
        WAITING = "waiting"
        SHOWN = "shown"
        REFUSED = "refused"

    uid: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(default=uuid.uuid4, unique=True)
    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="signatures"
    )
    petition_id: int
    version: models.ForeignKey[Any, Any] = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="signatures"
    )
    version_id: int
    state: models.CharField[str, str] = models.CharField(max_length=11, choices=State, default=State.PENDING)
    name: models.CharField[str, str] = models.CharField(max_length=100)
    country: models.CharField[str, str] = models.CharField(max_length=2)
    reason: models.CharField[str, str] = models.CharField(max_length=500, default="")
    reason_state: models.CharField[str, str] = models.CharField(max_length=7, choices=Reason, default=Reason.NONE)
    show_name: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    updates: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    language: models.CharField[str, str] = models.CharField(max_length=10)
    email_key: models.CharField[str, str] = models.CharField(max_length=64, help_text="keyed hash; empty once erased")
    pepper: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField()
    email_sealed: models.TextField[str, str] = models.TextField(default="")
    bounced_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    address_key: models.CharField[str, str] = models.CharField(
        max_length=64, default="", help_text="keyed hash of the client's network address, for thirty days"
    )
    form_seconds: models.FloatField[float | None, float | None] = models.FloatField(
        null=True, help_text="between form and answer; none where it cannot be told"
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    confirmed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """One person once: the database decides."""

        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "email_key"],
                condition=models.Q(state__in=["pending", "confirmed", "invalidated"]),
                name="one_person_once",
            )
        ]
        indexes = [
            models.Index(  # how many joined today, without reading all who ever did
                fields=["petition", "-confirmed_at"],
                condition=models.Q(state="confirmed"),
                name="signature_recent",
            ),
            models.Index(
                fields=["petition", "-confirmed_at"],
                condition=models.Q(state="confirmed", show_name=True),
                name="signature_public_names",
            ),
            models.Index(
                fields=["petition", "-confirmed_at"],
                condition=models.Q(state="confirmed", reason_state="shown"),
                name="signature_public_reasons",
            ),
            models.Index(
                fields=["petition", "created_at"], condition=models.Q(reason_state="waiting"), name="signature_queue"
            ),
            models.Index(fields=["petition", "state", "id"], name="signature_by_state"),
            models.Index(fields=["created_at"], condition=models.Q(state="pending"), name="signature_pending"),
            models.Index(
                fields=["address_key", "created_at"], condition=~models.Q(address_key=""), name="signature_ip"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.state})"


class Event(models.Model):
    """What changes a count, appended and never changed but for `folded_at`, which the tick sets."""

    petition: models.ForeignKey[Any, Any] = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="events")
    petition_id: int
    signature: models.ForeignKey[Any, Any] = models.ForeignKey(Signature, on_delete=models.PROTECT)
    signature_id: int
    delta: models.SmallIntegerField[int, int] = models.SmallIntegerField()
    cause: models.CharField[str, str] = models.CharField(max_length=12, help_text="the state it went to, or reinstated")
    country: models.CharField[str, str] = models.CharField(max_length=2)
    version: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(help_text="the version's number")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    folded_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """What waits for the tick is found quickly."""

        indexes = [
            models.Index(fields=["id"], condition=models.Q(folded_at=None), name="event_unfolded"),
            models.Index(
                fields=["petition", "at"],
                condition=models.Q(delta__lt=0) | models.Q(cause="reinstated"),
                name="event_removals",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delta:+d} {self.cause} {self.signature_id}"


class Token(models.Model):
    """A link in a mail: random, stored as its hash, for one purpose of one signature."""

    class Purpose(models.TextChoices):
        """What a link may do."""

        CONFIRM = "confirm"
        WITHDRAW = "withdraw"
        NOT_ME = "not-me"
        UNSUBSCRIBE = "unsubscribe"
        ANSWER = "answer"  # an office's

    hash: models.CharField[str, str] = models.CharField(max_length=64, primary_key=True)
    purpose: models.CharField[str, str] = models.CharField(max_length=11, choices=Purpose)
    signature: models.ForeignKey[Any, Any] = models.ForeignKey(
        Signature, null=True, on_delete=models.CASCADE, related_name="tokens"
    )
    signature_id: int | None
    office: models.ForeignKey[Any, Any] = models.ForeignKey(
        "petition.Office", null=True, on_delete=models.CASCADE, related_name="tokens"
    )
    office_id: int | None
    expires_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.purpose
