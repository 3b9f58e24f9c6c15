"""Very many signatures at once, put in by PostgreSQL itself, and what it says of how it would answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection

from orientalis_site.petition.models import Event, Petition, Signature

APART = 60
"""Seconds between two of them."""
PEOPLE = """
    INSERT INTO petition_signature (uid, petition_id, version_id, state, name, country, reason, reason_state,
        show_name, updates, language, email_key, pepper, email_sealed, address_key, created_at, confirmed_at)
    SELECT gen_random_uuid(), %s, %s, 'confirmed', 'Person ' || i,
        (ARRAY['RU', 'CN', 'NL', 'FR', 'DE', 'US', 'BR', 'IN', 'KR', 'JP'])[1 + i %% 10],
        CASE WHEN i %% 50 = 0 THEN 'Reason ' || i ELSE '' END,
        CASE WHEN i %% 100 = 0 THEN 'shown' WHEN i %% 50 = 0 THEN 'waiting' ELSE 'none' END,
        i %% 3 = 0, i %% 2 = 0, 'en', md5(i::text) || md5('x' || i), 1, '', '', at, at
    FROM (SELECT i, now() - make_interval(secs => (%s - i) * %s::double precision + 60) AS at
          FROM generate_series(1, %s) AS i) AS people"""
EVENTS = """
    INSERT INTO petition_event (petition_id, signature_id, delta, cause, country, version, at)
    SELECT petition_id, id, 1, 'confirmed', country, %s, confirmed_at FROM petition_signature
    WHERE petition_id = %s ORDER BY id"""


def crowd(petition: Petition, number: int) -> None:
    """So many people who signed and confirmed, one every minute; their events wait for the tick."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [petition.pk, petition.current_id, number, APART, number])
        cursor.execute(EVENTS, [petition.current.number, petition.pk])
        for model in (Signature, Event):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def plan(sql: str, params: Iterable[Any] = ()) -> str:
    """How PostgreSQL would answer."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", list(params))
        return "\n".join(row[0] for row in cursor.fetchall())


def read_whole(text: str) -> set[str]:
    """The tables that a plan reads from end to end."""
    return set(re.findall(r"Seq Scan on (\w+)", text))
