"""News: one letter for each signer who agreed, put into the outbox by the database itself, in bounded batches."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from orientalis_site.mail.models import Letter
from orientalis_site.mail.registry import KINDS
from orientalis_site.petition.happenings import CLOSED
from orientalis_site.petition.models import Petition, Signature

AT_ONCE = 5000


def announce(petition: Petition, kind: str, topic: str, now: datetime | None = None) -> int:
    """Put a letter of a kind and topic (`update:7`, `delivered`) into the outbox for everyone who agreed; how many.

    Each batch is one statement. To call it again adds who agreed since, and writes to nobody twice: after it was
    interrupted, call it again.
    """
    if kind not in KINDS or not topic:
        raise ValueError(f"kind {kind!r}, topic {topic!r}; expected one of {', '.join(KINDS)}, and a topic")
    now = now or timezone.now()
    last, written = 0, 0
    while True:
        agreed = Signature.objects.filter(
            petition=petition, state=Signature.State.CONFIRMED, updates=True, bounced_at=None, pk__gt=last
        )
        upto = agreed.filter(pk__in=agreed.order_by("pk").values("pk")[:AT_ONCE]).aggregate(last=Max("pk"))["last"]
        if upto is None:
            return written
        written += _write(petition.pk, kind, topic, now, last, upto)
        last = upto


def on_closing(kind: str, petition: Petition, details: dict[str, Any]) -> None:
    """A petition was closed: whoever agreed is told, in the transaction that closed it."""
    if kind == CLOSED:
        announce(petition, "closed", "closed")


def _write(petition_id: int, kind: str, topic: str, now: datetime, after: int, upto: int) -> int:
    at = connection.ops.adapt_datetimefield_value(now)
    statement = f"""
        INSERT INTO {Letter._meta.db_table}
            (kind, state, signature_id, petition_id, topic, to_sealed, language, attempts, created_at, next_at, trouble)
        SELECT CAST(%s AS varchar(30)), 'waiting', id, petition_id, CAST(%s AS varchar(60)), '', language, 0,
            {_instant()}, {_instant()}, ''
        FROM {Signature._meta.db_table}
        WHERE petition_id = %s AND state = 'confirmed' AND updates AND bounced_at IS NULL AND id > %s AND id <= %s
        ON CONFLICT DO NOTHING"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [kind, topic, at, at, petition_id, after, upto])
        return int(cursor.rowcount)


def _instant() -> str:
    return "CAST(%s AS timestamptz)" if connection.vendor == "postgresql" else "%s"
