"""The chain: appending an entry, and proving that none was changed, left out or put in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from orientalis_site.audit.models import Entry

FIRST = "0" * 64
_LOCK = 0x0A0D17
"""The number of the advisory lock under which entries are appended on PostgreSQL; SQLite has one writer anyway."""


def hold() -> None:
    """Wait for the chain's end, and keep it for the rest of the transaction.

    Who changes signatures and appends takes the end first and the rows afterwards: in the other order two of them
    would wait for one another.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def append(actor: str, action: str, subject: str, details: Mapping[str, Any] | None = None) -> Entry:
    """Append an entry, in the caller's transaction if there is one: the deed and its entry stand or fall together."""
    with transaction.atomic():
        hold()
        last = Entry.objects.order_by("-id").values_list("hash", flat=True).first()
        entry = Entry(
            at=timezone.now(),
            actor=actor,
            action=action,
            subject=subject,
            details=dict(details or {}),
            previous=last or FIRST,
        )
        entry.hash = digest(entry)
        entry.save(force_insert=True)
        return entry


def digest(entry: Entry) -> str:
    """SHA-256 over the canonical JSON of an entry and the hash before it."""
    held = {
        "at": _instant(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "previous": entry.previous,
    }
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults(head: str = "") -> list[str]:
    """What is wrong with the chain, in sentences; empty where it holds. `head`: a hash that must be in it."""
    found, previous, is_head_seen = [], FIRST, not head
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous != previous:
            found.append(f"entry {entry.pk}: the entry before it is missing or was put in another place")
        if digest(entry) != entry.hash:
            found.append(f"entry {entry.pk}: it was changed after it was written")
        previous = entry.hash
        is_head_seen = is_head_seen or entry.hash == head
    if not is_head_seen:
        found.append(f"no entry has the hash {head[:16]}…: entries at the end were removed")
    return found


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
