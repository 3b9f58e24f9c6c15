"""Accounts of the staff. Citizens have none. And the rules by which moderators look for fraud."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of the staff. What he may do follows from his groups: `staff/roles.py`."""


class Duty(models.Model):
    """No table: it carries the permissions of `staff/roles.py`."""

    class Meta:
        """Made by the migration that makes the roles."""

        managed = False
        default_permissions = ()
        permissions = [
            ("read", "Read petitions and the queue"),
            ("draft", "Write texts and updates"),
            ("publish", "Publish what somebody else wrote"),
            ("close", "Close a petition"),
            ("moderate", "Moderate reasons and signatures"),
            ("fraud", "Run fraud rules"),
            ("hide", "Hide a petition"),
            ("deliver", "Deliver to offices"),
            ("audit", "Read the audit"),
            ("users", "Manage accounts"),
        ]


class FraudRule(models.Model):
    """A saved query over the signatures of a petition. What all its conditions meet is invalidated when it is run."""

    class State(models.TextChoices):
        """Where it stands. A cancelled one may be started again: it goes on where it stopped."""

        DRAFT = "draft"
        RUNNING = "running"
        CANCELLED = "cancelled"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    class Cause(models.TextChoices):
        """The word for the public: no more is told."""

        ROBOT = "robot"
        DOUBLE = "double"
        FAKE = "fake"

    name: models.CharField[str, str] = models.CharField(max_length=80, unique=True)
    petition: models.ForeignKey[Any, Any] = models.ForeignKey(
        "petition.Petition", on_delete=models.PROTECT, related_name="fraud_rules"
    )
    petition_id: int
    cause: models.CharField[str, str] = models.CharField(max_length=10, choices=Cause, default=Cause.ROBOT)
    since: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    country: models.CharField[str, str] = models.CharField(max_length=2, blank=True, default="")
    name_part: models.CharField[str, str] = models.CharField(
        max_length=100, blank=True, default="", help_text="letters that the name contains, whatever their case"
    )
    same_place_over: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True, blank=True, help_text="signatures of a place on the net from which more than so many came"
    )
    same_name_over: models.PositiveIntegerField[int | None, int | None] = models.PositiveIntegerField(
        null=True, blank=True, help_text="signatures under a name that stands more than so many times"
    )
    seconds_below: models.FloatField[float | None, float | None] = models.FloatField(
        null=True, blank=True, help_text="forms filled in within fewer seconds than this"
    )
    state: models.CharField[str, str] = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    last_id: models.BigIntegerField[int, int] = models.BigIntegerField(default=0, help_text="how far it has got")
    top_id: models.BigIntegerField[int, int] = models.BigIntegerField(
        default=0, help_text="how far it goes: what came after its start was not counted, and is left alone"
    )
    started_by: models.ForeignKey[Any, Any] = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    started_by_id: int | None
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    created_by: models.ForeignKey[Any, Any] = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_by_id: int
    changed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now=True)

    class Meta:
        """The newest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class FraudHit(models.Model):
    """A signature that a rule invalidated: `undo` reinstates these and no others."""

    rule: models.ForeignKey[Any, Any] = models.ForeignKey(FraudRule, on_delete=models.PROTECT, related_name="hits")
    rule_id: int
    signature: models.ForeignKey[Any, Any] = models.ForeignKey(
        "petition.Signature", on_delete=models.CASCADE, related_name="+"
    )
    signature_id: int
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    undone_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)

    class Meta:
        """A signature falls to a rule once."""

        constraints = [models.UniqueConstraint(fields=["rule", "signature"], name="fraud_hit_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.signature_id}"
