"""Token buckets."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """How much one key may still do. `key` is a salted hash: what it stands for cannot be read from it."""

    key: models.CharField[str, str] = models.CharField(max_length=80, primary_key=True)
    tokens: models.FloatField[float, float] = models.FloatField()
    at: models.FloatField[float, float] = models.FloatField(help_text="seconds since 1970 at which `tokens` held")
    blocked_until: models.FloatField[float, float] = models.FloatField(default=0)
    capacity: models.FloatField[float, float] = models.FloatField(help_text="of the last request, as the next three")
    seconds: models.FloatField[float, float] = models.FloatField(help_text="in which an empty bucket fills")
    cost: models.FloatField[float, float] = models.FloatField()
    is_granted: models.BooleanField[bool, bool] = models.BooleanField()

    def __str__(self) -> str:
        return self.key[:16]
