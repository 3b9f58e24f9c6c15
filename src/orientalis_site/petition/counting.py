"""The tick: folds events into the counts that pages show, under one lock, in one transaction.

It takes `folded_at IS NULL`, never "all after the last": a lower id may be committed later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from orientalis_site.petition.happenings import MILESTONE, happened
from orientalis_site.petition.models import Count, Event, Milestone, Petition, Signature
from orientalis_site.petition.states import move

LOCK = 0x0A0C0
"""The number of the advisory lock on PostgreSQL; on SQLite the transaction itself is the lock (BEGIN IMMEDIATE)."""
AT_ONCE = 5000


def tick(now: datetime | None = None) -> int:
    """Fold what waits; how many events that were. 0 also where another tick is at work."""
    now = now or timezone.now()
    with transaction.atomic():
        if not _lock():
            return 0
        events = list(Event.objects.filter(folded_at=None).order_by("id")[:AT_ONCE])
        grouped: dict[int, list[Event]] = defaultdict(list)
        for event in events:
            grouped[event.petition_id].append(event)
        for petition_id, ours in grouped.items():
            _fold(petition_id, ours, now)
        Event.objects.filter(pk__in=[event.pk for event in events]).update(folded_at=now)
    return len(events)


def close_expired(now: datetime | None = None) -> int:
    """Close the open petitions whose time is over; how many."""
    now = now or timezone.now()
    expired = list(Petition.objects.filter(state=Petition.State.OPEN, closes_at__lte=now))
    for petition in expired:
        move(petition, Petition.State.CLOSED, "program", now)
    return len(expired)


def drift(petition: Petition) -> int:
    """The count less the confirmed rows, once nothing waits: 0, or something is wrong."""
    confirmed = Signature.objects.filter(petition=petition, state=Signature.State.CONFIRMED).count()
    waiting: int = sum(Event.objects.filter(petition=petition, folded_at=None).values_list("delta", flat=True))
    folded: int = Count.objects.get(petition=petition).confirmed
    return folded + waiting - confirmed


def _lock() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _fold(petition_id: int, events: Iterable[Event], now: datetime) -> None:
    events = list(events)
    count, _ = Count.objects.get_or_create(petition_id=petition_id)
    count.confirmed += sum(event.delta for event in events)
    for held, key in (
        (count.countries, lambda event: event.country),
        (count.days, lambda event: event.at.date().isoformat()),
        (count.versions, lambda event: str(event.version)),
    ):
        sums: Counter[str] = Counter(held)
        for event in events:
            sums[key(event)] += event.delta
        held.clear()
        held.update({name: value for name, value in sorted(sums.items()) if value})
    count.folded_at = now
    count.save()
    petition = Petition.objects.get(pk=petition_id)
    supporters = petition.counted_elsewhere + count.confirmed
    reached = [goal for goal in petition.goals if goal <= supporters]
    known = set(Milestone.objects.filter(petition_id=petition_id).values_list("goal", flat=True))
    new = [goal for goal in reached if goal not in known]
    Milestone.objects.bulk_create(
        [Milestone(petition_id=petition_id, goal=goal, reached_at=now) for goal in new], ignore_conflicts=True
    )
    for goal in new:
        happened(MILESTONE, petition, goal=goal)


def lag(now: datetime | None = None) -> float:
    """Seconds since the oldest event that the tick has not folded; 0 where none waits."""
    oldest = Event.objects.filter(folded_at=None).order_by("id").values_list("at", flat=True).first()
    return max(0.0, ((now or timezone.now()) - oldest).total_seconds()) if oldest else 0.0
