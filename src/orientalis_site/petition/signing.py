"""Signing: the same statements in the same order for a new, a known and a refused address; only mail tells them apart.

1. the petition with its version, 2. the buckets, 3. the signature, put in unless it is there, 4. the signature that is
there, 5. the letter. What is sent, and whether, is decided by the row and by `send_outbox`, never by the answer.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from orientalis_site.kit.keys import keys
from orientalis_site.limits.buckets import Demand, take
from orientalis_site.mail.models import Letter
from orientalis_site.petition.canonical import canonical
from orientalis_site.petition.models import Petition, Signature

LIVE = (Signature.State.PENDING, Signature.State.CONFIRMED, Signature.State.INVALIDATED)
"""The states in which a signature stands in the way of another by the same person."""
HOUR, DAY = 3600.0, 86_400.0
ADDRESS_CAPACITY, ADDRESS_SECONDS = 6, DAY
"""Letters of a petition that one mailbox is sent at most at once, and the time in which as many more may follow."""
PLACE_CAPACITY, PLACE_SECONDS = 60, HOUR
"""The same for one place on the net: a school or an office signs from one address."""
SHORTEST_SECONDS = 3.0
"""Below this no person fills in the form (assumed). Haste costs, so that the first hasty one still gets a letter."""
HASTE_COST = 5.0


@dataclass(frozen=True)
class Form:
    """What somebody wrote into the form, already checked. `address` as `deliverable` gives it."""

    name: str
    address: str
    country: str
    reason: str = ""
    show_name: bool = False
    updates: bool = False
    language: str = "en"
    place: str = ""
    seconds: float | None = None
    is_trapped: bool = False
    """The field that people do not see was filled in."""


def sign(petition: Petition, form: Form, now: datetime | None = None) -> None:
    """Take down a signature that its mailbox must still confirm. It returns nothing: there is nothing to learn."""
    now = now or timezone.now()
    held = keys()
    hashes = held.keyed(canonical(form.address))
    sealed = held.seal(form.address)
    place = held.salted(form.place) if form.place else ""
    is_granted = take(_demands(petition, [value for _, value in hashes], place, form.seconds), now.timestamp())
    with transaction.atomic():
        _put(petition, form, now, hashes, sealed, place, is_granted and not form.is_trapped)
        _write(petition, form.language, now, [value for _, value in hashes], is_granted and not form.is_trapped)


def resend(petition: Petition, address: str, place: str, language: str, now: datetime | None = None) -> None:
    """Write to a mailbox once more, if it has signed; the same answer and the same limits as for signing."""
    now = now or timezone.now()
    held = keys()
    hashes = [value for _, value in held.keyed(canonical(address))]
    is_granted = take(
        _demands(petition, hashes, held.salted(place) if place else "", SHORTEST_SECONDS), now.timestamp()
    )
    with transaction.atomic():
        _write(petition, language, now, hashes, is_granted)


def address_bucket(petition_id: int, email_key: str) -> str:
    """The key of the bucket of a mailbox. Each petition has its own: one that floods it silences no other."""
    return f"mail:{petition_id}:{email_key}"


def _demands(petition: Petition, email_keys: list[str], place: str, seconds: float | None) -> list[Demand]:
    cost = HASTE_COST if seconds is None or seconds < SHORTEST_SECONDS else 1.0
    found = [Demand(address_bucket(petition.pk, key), ADDRESS_CAPACITY, ADDRESS_SECONDS) for key in email_keys]
    return [*found, Demand(f"place:{place}", PLACE_CAPACITY, PLACE_SECONDS, cost)] if place else found


def _put(
    petition: Petition,
    form: Form,
    now: datetime,
    hashes: list[tuple[int, str]],
    sealed: str,
    place: str,
    is_granted: bool,
) -> None:
    """Put the row in, unless the person's is there under any pepper. The database decides, not a look beforehand."""
    version, email_key = hashes[0]
    values: dict[str, Any] = {
        "uid": _column("uid").get_db_prep_value(uuid.uuid4(), connection),
        "petition_id": petition.pk,
        "version_id": petition.current_id,
        "state": Signature.State.PENDING.value,
        "name": form.name,
        "country": form.country,
        "reason": form.reason,
        "reason_state": (Signature.Reason.WAITING if form.reason else Signature.Reason.NONE).value,
        "show_name": form.show_name,
        "updates": form.updates,
        "language": form.language,
        "email_key": email_key,
        "pepper": version,
        "email_sealed": sealed,
        "address_key": place,
        "form_seconds": form.seconds,
        "created_at": connection.ops.adapt_datetimefield_value(now),
    }
    table = Signature._meta.db_table
    live = ", ".join(f"'{state.value}'" for state in LIVE)
    held = ", ".join(_placeholder(name) for name in values)
    others = ", ".join(["%s"] * len(hashes))
    statement = (
        f"INSERT INTO {table} ({', '.join(values)}) SELECT {held} WHERE %s AND NOT EXISTS (SELECT 1 FROM {table} "
        f"WHERE petition_id = %s AND email_key IN ({others}) AND state IN ({live})) ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values.values(), is_granted, petition.pk, *(value for _, value in hashes)])


def _placeholder(name: str) -> str:
    """Where a value stands in a SELECT. PostgreSQL does not guess its type there: the column's own is named.

    SQLite must not be told: it would make a number of a date, and keep no more of it than the year.
    """
    return f"CAST(%s AS {_column(name).db_type(connection)})" if connection.vendor == "postgresql" else "%s"


def _column(name: str) -> Any:
    return Signature._meta.get_field(name)


def _write(petition: Petition, language: str, now: datetime, email_keys: list[str], is_granted: bool) -> None:
    """Put a letter to the person's mailbox into the outbox: one that must not be sent is kept as dropped."""
    held = Signature.objects.filter(petition=petition, email_key__in=email_keys, state__in=LIVE).only("id").first()
    is_sent = is_granted and held is not None
    Letter.objects.create(
        kind="sign",
        state=Letter.State.WAITING if is_sent else Letter.State.DROPPED,
        signature=held,
        petition=petition,
        language=language,
        created_at=now,
        next_at=now,
    )
