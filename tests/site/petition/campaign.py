"""A campaign for tests of what is open: petitions that are shipped, people who sign, in the test's own process."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from orientalis_site.petition import acts, counting, signing
from orientalis_site.petition.models import Petition, Signature
from orientalis_site.petition.shipping import load
from orientalis_site.publications.shelf import current

OPEN = "save-the-amur-leopard"
FOUNDING = "stop-amur-leopard-poaching-and-habitat-loss"
START = datetime(2026, 5, 1, 12, tzinfo=UTC)


def shipped() -> Petition:
    """The shipped petitions in the database; the open one."""
    load(current.bundle())
    return Petition.objects.select_related("current", "count").get(slug=OPEN)


def person(
    petition: Petition,
    name: str,
    *,
    country: str = "RU",
    at: datetime = START,
    show_name: bool = False,
    updates: bool = False,
    reason: str = "",
    is_confirmed: bool = True,
    address: str = "",
) -> Signature:
    """Somebody signs and confirms."""
    number = Signature.objects.count()
    form = signing.Form(
        name=name,
        address=address or f"person{number}@example.org",
        country=country,
        reason=reason,
        show_name=show_name,
        updates=updates,
        seconds=20.0,
    )
    signing.sign(petition, form, at)
    signature = Signature.objects.latest("id")
    if is_confirmed:
        assert acts.confirm(signature, at + timedelta(minutes=1))
    signature.refresh_from_db()
    return signature


def counted(petition: Petition, now: datetime | None = None) -> Petition:
    """The petition once the tick has folded what waits."""
    counting.tick(now)
    return Petition.objects.select_related("current", "count").get(pk=petition.pk)
