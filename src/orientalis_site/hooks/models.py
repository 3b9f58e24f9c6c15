"""Who is told, and what is still to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class Subscription(models.Model):
    """An address that is told what happens. The staff makes it; `secret_sealed` signs what it is sent."""

    address: models.CharField[str, str] = models.CharField(max_length=500, unique=True)
    secret_sealed: models.TextField[str, str] = models.TextField()
    kinds: models.JSONField[Any, Any] = models.JSONField(default=list, help_text="what it is told; empty: everything")
    failures: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(
        default=0, help_text="attempts in a row that failed"
    )
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    disabled_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """In the order in which they were made."""

        ordering = ["id"]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Message(models.Model):
    """One message to one subscription, written in the transaction of what it tells of."""

    class State(models.TextChoices):
        """Where a message stands."""

        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        HELD = "held"  # older than a back-up that was restored: it may have been sent

    subscription: models.ForeignKey[Any, Any] = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="messages"
    )
    subscription_id: int
    uid: models.CharField[str, str] = models.CharField(max_length=40, unique=True, help_text="the same at each attempt")
    kind: models.CharField[str, str] = models.CharField(max_length=30)
    body: models.TextField[str, str] = models.TextField()
    state: models.CharField[str, str] = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(default=0)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    next_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    sent_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    trouble: models.CharField[str, str] = models.CharField(max_length=200, default="")

    class Meta:
        """What waits is found quickly."""

        ordering = ["id"]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=models.Q(state="waiting"), name="hook_message_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid} ({self.state})"
