"""The outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class Letter(models.Model):
    """A mail that is to be sent. It is written in the transaction of what it tells of; `send_outbox` sends it.

    It holds no words and no token: both are made when it is sent. `to_sealed` is for letters to offices and staff;
    signers' addresses stay with their signatures, so that erasing those leaves nothing here.
    """

    class State(models.TextChoices):
        """Where a letter stands."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"  # given up, or refused for good
        DROPPED = "dropped"  # its signature was erased, or nothing was to be said
        HELD = "held"  # not to be sent: it is older than a back-up that was restored, or it may have been sent

    kind: models.CharField[str, str] = models.CharField(max_length=30)
    state: models.CharField[str, str] = models.CharField(max_length=10, choices=State, default=State.WAITING)
    signature: models.ForeignKey[Any, Any] = models.ForeignKey(
        "petition.Signature", null=True, on_delete=models.CASCADE, related_name="letters"
    )
    signature_id: int | None
    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        "petition.Petition", null=True, on_delete=models.CASCADE, related_name="letters"
    )
    petition_id: int | None
    topic: models.CharField[str, str] = models.CharField(
        max_length=60, default="", help_text="what it tells of, such as update:7; once a signature"
    )
    to_sealed: models.TextField[str, str] = models.TextField(default="")
    language: models.CharField[str, str] = models.CharField(max_length=10, default="en")
    attempts: models.PositiveSmallIntegerField[int, int] = models.PositiveSmallIntegerField(default=0)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    next_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    claimed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    begun_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, help_text="when this claim's sending began; none: it cannot have gone out"
    )
    sent_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    trouble: models.CharField[str, str] = models.CharField(max_length=200, default="", help_text="without addresses")

    class Meta:
        """One letter a topic and signature; what waits is found quickly."""

        constraints = [
            models.UniqueConstraint(
                fields=["signature", "topic"], condition=~models.Q(topic=""), name="letter_once_a_topic_and_signature"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"], condition=models.Q(state__in=["waiting", "sending"]), name="letter_waiting"
            ),
            # What one person waits for goes before news to a million, and is found without reading past those.
            models.Index(
                fields=["next_at", "id"],
                condition=models.Q(state__in=["waiting", "sending"], topic=""),
                name="letter_urgent",
            ),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="letter_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"
