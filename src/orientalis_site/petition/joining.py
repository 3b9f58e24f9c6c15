"""Who signed within the last day: only what is true, and only the names of those who agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from orientalis_site.petition.models import Petition, Signature

WINDOW = timedelta(days=1)


@dataclass(frozen=True)
class Joining:
    """`name`: a confirmed signer of the last day who agreed to be named, or nothing; `others`: all but him."""

    name: str
    others: int


def join_today(petition: Petition, now: datetime) -> Joining | None:
    """None where nobody signed within the last day. One query."""
    recent = Signature.objects.filter(
        petition=petition, state=Signature.State.CONFIRMED, confirmed_at__gt=now - WINDOW, confirmed_at__lte=now
    )
    named = recent.filter(show_name=True).order_by("-confirmed_at").values("name")[:1]
    held = recent.aggregate(n=Count("pk"), named=Count("pk", filter=Q(show_name=True)))
    name = next((one["name"] for one in named), "") if held["named"] else ""
    return Joining(name, held["n"] - bool(name)) if held["n"] else None
