"""What comes after signing: the offices addressed, what they answer, what the campaign tells."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from orientalis_site.petition.models.petitions import Petition


class Office(models.Model):
    """The post box of a target of the text, by the target's id. It is not part of the text: addresses change."""

    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="offices"
    )
    petition_id: int
    target: models.CharField[str, str] = models.CharField(max_length=60, help_text="the id of a target of the text")
    email_sealed: models.TextField[str, str] = models.TextField(default="")
    language: models.CharField[str, str] = models.CharField(max_length=10, default="en")
    delivered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, help_text="when the dossier was handed over; the clock runs from here"
    )
    receipt: models.CharField[str, str] = models.CharField(
        max_length=200, default="", help_text="what shows that it was received, such as a registration number"
    )

    class Meta:
        """One post box a target."""

        constraints = [models.UniqueConstraint(fields=["petition", "target"], name="office_once")]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.target}"


class Response(models.Model):
    """An office's answer, demand by demand. It is shown once somebody of the staff has looked at it."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        SHOWN = "shown"
        REFUSED = "refused"

    STANCES = ("accepts", "partly", "rejects", "none")

    office: models.ForeignKey[Any, Any] = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="responses")
    office_id: int
    state: models.CharField[str, str] = models.CharField(max_length=7, choices=State, default=State.WAITING)
    language: models.CharField[str, str] = models.CharField(max_length=10, help_text="of its words; they stay as given")
    answers: models.JSONField[Any, Any] = models.JSONField(
        default=list, help_text='[{"demand": id, "stance": one of STANCES, "text": words}]'
    )
    text: models.TextField[str, str] = models.TextField(default="")
    signed_by: models.CharField[str, str] = models.CharField(max_length=200, default="")
    received_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    decided_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    decided_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_id: int | None

    class Meta:
        """The newest last."""

        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.received_at:%Y-%m-%d}"


class Update(models.Model):
    """News of a petition, in all languages, shown once a second person has published it, and mailed once."""

    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="updates"
    )
    petition_id: int
    title: models.JSONField[Any, Any] = models.JSONField(help_text="language: words")
    text: models.JSONField[Any, Any] = models.JSONField(help_text="language: paragraphs")
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
        """The newest first; two people publish."""

        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | (models.Q(published_by__isnull=False) & ~models.Q(published_by=models.F("created_by"))),
                name="update_published_by_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.title.get('en', '')}"
