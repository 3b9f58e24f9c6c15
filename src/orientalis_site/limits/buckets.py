"""Taking from token buckets: one statement for all keys of a request, so that racing requests cannot overdraw."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from orientalis_site.limits.models import Bucket


@dataclass(frozen=True)
class Demand:
    """What a request asks of one bucket: it holds `capacity` at most, and is full again after `seconds`."""

    key: str
    capacity: float
    seconds: float
    cost: float = 1.0


def _statement(rows: int) -> str:
    """The one statement. What flowed in since the last request counts up to the capacity; clocks that differ, never."""
    table = Bucket._meta.db_table
    flowed = f"{table}.tokens + (excluded.at - {table}.at) * excluded.capacity / excluded.seconds"
    held = (
        f"(CASE WHEN excluded.at < {table}.at THEN {table}.tokens "
        f"WHEN {flowed} > excluded.capacity THEN excluded.capacity ELSE {flowed} END)"
    )
    granted = f"({held} >= excluded.cost AND {table}.blocked_until <= excluded.at)"
    values = ", ".join(["(%s, %s, %s, 0, %s, %s, %s, %s)"] * rows)
    return (
        f"INSERT INTO {table} (key, tokens, at, blocked_until, capacity, seconds, cost, is_granted) VALUES {values} "
        f"ON CONFLICT (key) DO UPDATE SET tokens = CASE WHEN {granted} THEN {held} - excluded.cost ELSE {held} END, "
        f"at = CASE WHEN excluded.at < {table}.at THEN {table}.at ELSE excluded.at END, capacity = excluded.capacity, "
        f"seconds = excluded.seconds, cost = excluded.cost, is_granted = {granted} RETURNING is_granted"
    )


def take(demands: Sequence[Demand], now: float | None = None) -> bool:
    """Take from all buckets; True where each had enough and none is blocked. A bucket that has too little keeps it."""
    if not demands:
        return True
    now = time.time() if now is None else now
    rows: list[str | float | bool] = []
    # In order of their keys, so that two requests never wait for one another in a ring.
    ordered = sorted({one.key: one for one in demands}.values(), key=lambda one: one.key)
    for one in ordered:
        rows += [one.key, one.capacity - one.cost, now, one.capacity, one.seconds, one.cost, one.cost <= one.capacity]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(ordered)), rows)
        return all(bool(row[0]) for row in cursor.fetchall())


def block(key: str, seconds: float, now: float | None = None) -> None:
    """Refuse a key for some time."""
    now = time.time() if now is None else now
    made = {"tokens": 0, "at": now, "capacity": 0, "seconds": 1, "cost": 0, "is_granted": False}
    until = {"blocked_until": now + seconds}
    Bucket.objects.update_or_create(key=key, defaults=until, create_defaults={**made, **until})
