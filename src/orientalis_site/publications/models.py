"""What was published when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models


class Publication(models.Model):
    """A bundle that this site has shown. It outlives the files, so that an old address can say what became of it."""

    bundle_hash: models.CharField[str, str] = models.CharField(max_length=64, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=121)
    version: models.CharField[str, str] = models.CharField(max_length=40)
    evidence_date: models.DateField[date, date] = models.DateField()
    findings: models.PositiveIntegerField[int, int] = models.PositiveIntegerField()
    published_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.evidence_date} {self.bundle_hash[:10]}"
