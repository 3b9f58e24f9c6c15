"""Petitions and signatures in the database of a test, without the form: for what is seen of supporters."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from orientalis_site.petition.models import Count, Petition, Signature
from orientalis_site.petition.shipping import load
from tests.site.evidence import shipped

OPEN, FOUNDING = "save-the-amur-leopard", "stop-amur-leopard-poaching-and-habitat-loss"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
_numbers = count(1)


def loaded(slug: str = OPEN) -> Petition:
    """A shipped petition, with all of them in the database."""
    load(shipped(), NOW - timedelta(days=30))
    return Petition.objects.select_related("current", "count").get(slug=slug)


def signed(petition: Petition, name: str = "Somebody", **given: Any) -> Signature:
    """A signature as it would be after its confirmation, an hour ago unless said otherwise."""
    number = next(_numbers)
    at = given.pop("confirmed_at", NOW - timedelta(hours=1))
    held: dict[str, Any] = {
        "petition": petition, "version": petition.current, "state": Signature.State.CONFIRMED, "name": name,
        "country": "NL", "language": "en", "email_key": f"{number:064x}", "pepper": 1, "created_at": NOW,
        "confirmed_at": at,
    }  # fmt: skip
    return Signature.objects.create(**(held | given))


def folded(petition: Petition, countries: dict[str, int], days: dict[str, int]) -> Petition:
    """Write a count as the tick would have left it."""
    assert sum(countries.values()) == sum(days.values())
    held = {"confirmed": sum(countries.values()), "countries": countries, "days": days}
    Count.objects.filter(petition=petition).update(**held)
    return Petition.objects.select_related("current", "count").get(pk=petition.pk)


def noon(day: date) -> datetime:
    """The middle of a day."""
    return datetime.combine(day, time(12), UTC)
