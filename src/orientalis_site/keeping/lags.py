"""How long what waits has waited: letters, signatures to be counted, webhooks. Small queries, and nobody in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from orientalis_site.hooks.models import Message
from orientalis_site.mail.models import Letter
from orientalis_site.petition.models import Event

LATE = {"mail": 120.0, "counting": 60.0, "hooks": 600.0}
"""Seconds after which what should have gone is late (assumed)."""
MOST = 10_000
"""Nothing is counted beyond this: a count of what is on its way must cost little."""


def waiting() -> dict[str, tuple[QuerySet[Any], str]]:
    """What waits, and the field that says since when."""
    letters = Letter.objects.filter(state__in=(Letter.State.WAITING, Letter.State.SENDING))
    messages = Message.objects.filter(state=Message.State.WAITING, subscription__disabled_at=None)
    return {
        "mail": (letters.order_by("next_at", "id"), "next_at"),
        "counting": (Event.objects.filter(folded_at=None).order_by("id"), "at"),
        "hooks": (messages.order_by("next_at", "id"), "next_at"),
    }


def seconds(now: datetime | None = None) -> dict[str, float]:
    """How long the oldest of each has been due; 0 where nothing is."""
    now = now or timezone.now()
    found = {}
    for name, (rows, field) in waiting().items():
        oldest = rows.values_list(field, flat=True).first()
        found[name] = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
    return found


def words(now: datetime | None = None) -> dict[str, str]:
    """ "ok" or "late" of each; "unknown" where the database does not say."""
    try:
        found = seconds(now)
    except DatabaseError:
        return dict.fromkeys(LATE, "unknown")
    return {name: "late" if value > LATE[name] else "ok" for name, value in found.items()}


def numbers(now: datetime | None = None) -> dict[str, Any]:
    """How much waits, at most `MOST` of each, and for how long."""
    try:
        held = seconds(now)
        counts = {name: len(rows.values_list("pk", flat=True)[:MOST]) for name, (rows, _field) in waiting().items()}
    except DatabaseError:
        return {"status": "unknown"}
    return {
        "status": "ok" if all(held[name] <= LATE[name] for name in held) else "late",
        **{name: {"waiting": counts[name], "seconds": round(held[name], 1)} for name in held},
    }
