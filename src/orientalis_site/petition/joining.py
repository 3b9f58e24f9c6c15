"""Who signed within the last day: only what is true, and only the name of somebody who agreed to show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Subquery

from orientalis_site.petition.models import Petition, Signature

WINDOW = timedelta(days=1)


@dataclass(frozen=True)
class Joining:
    """`name`: the latest confirmed signer of the last day who agreed to be named, or ""; `others`: all the others."""

    name: str
    others: int


def join_today(petition: Petition, now: datetime) -> Joining | None:
    """None where nobody signed within the last day. One query; who has withdrawn is neither named nor counted."""
    recent = Signature.objects.filter(
        petition=petition, state=Signature.State.CONFIRMED, confirmed_at__gt=now - WINDOW, confirmed_at__lte=now
    ).order_by()
    latest = recent.filter(show_name=True).exclude(name="").order_by("-confirmed_at", "-pk").values("name")[:1]
    held = recent.values("petition").annotate(signed=Count("pk"), latest=Subquery(latest))
    for one in held:  # one row, or none
        name = one["latest"] or ""
        return Joining(name, one["signed"] - (1 if name else 0))
    return None
