"""What was handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from orientalis_site.petition.models import Petition


class Delivery(models.Model):
    """A petition handed over, once. Its files lie in `VAR/deliveries/<slug>/<hash>/`; `hash` is the manifest's SHA-256.

    The row is written in the transaction that makes the petition delivered; a folder without one was never shown.
    """

    petition: models.OneToOneField[Any, Any] = models.OneToOneField(
        Petition, on_delete=models.PROTECT, related_name="delivery"
    )
    petition_id: int
    hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    manifest: models.TextField[str, str] = models.TextField(help_text="the manifest, byte for byte")
    named: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(
        help_text="signatures that were handed over with a name; fewer today: the public list is withheld"
    )
    last_signature: models.BigIntegerField[int, int] = models.BigIntegerField(
        default=0, help_text="the id of the newest signature that was handed over"
    )
    made_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ["-made_at"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.petition_id}: {self.hash[:10]}"
