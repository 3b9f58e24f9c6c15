"""The entries of the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class Entry(models.Model):
    """One deed. `details` holds identifiers and salted hashes only, never a name or an address.

    `hash` is over the entry and the hash before it; `previous` is unique, so the database itself refuses a fork.
    Triggers refuse to change or remove a row.
    """

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    actor: models.CharField[str, str] = models.CharField(max_length=80, help_text="user:ID, signer, office, program")
    action: models.CharField[str, str] = models.CharField(max_length=60)
    subject: models.CharField[str, str] = models.CharField(max_length=120, help_text="kind:identifier")
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    previous: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True)

    class Meta:
        """In the order of the chain."""

        ordering = ["id"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"
