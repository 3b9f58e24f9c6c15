"""The outbox as its senders see it: claiming, beginning, marking. Short transactions; none waits for a network.

A letter goes waiting → sending → sent. A sender claims several at once (`claimed_at`), and notes for each when it
begins to speak of it to the mail server (`begun_at`). What a sender that died had not begun is sent by another. What
it had begun may have gone out: a letter with a topic is then held, others are sent again under the same Message-ID.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from orientalis_site.mail.kinds import Purpose
from orientalis_site.mail.models import Letter
from orientalis_site.mail.registry import KINDS
from orientalis_site.petition import tokens
from orientalis_site.petition.models import Petition, Signature

State = Letter.State
STALE = timedelta(minutes=2)
"""After this a claim is taken for that of a sender that died (assumed). A sender lets go of its own long before."""
ATTEMPTS = 12
"""Then a letter is given up: after some two days (assumed)."""
FIRST_WAIT, LONGEST_WAIT = 60.0, 6 * 3600.0
"""Seconds until the second attempt, doubled for each that follows, and the most (assumed)."""
UNSURE = "its sender ended before it knew whether the mail server had taken it; it is not sent twice"


@dataclass(frozen=True)
class Begun:
    """A letter that may now be sent, once, with its tokens."""

    letter: Letter
    made: dict[Purpose, str]


def claim(limit: int, now: datetime | None = None) -> tuple[list[Letter], datetime]:
    """Claim letters whose time has come: first what single people wait for, then news. With the time of the claim."""
    now = now or timezone.now()
    found: list[int] = []
    if not _due(now, limit, "", "LIMIT 1"):
        return [], now
    with transaction.atomic():
        lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
        found = _due(now, limit, "topic = '' AND", f"LIMIT %s{lock}")
        if len(found) < limit:
            found += _due(now, limit - len(found), "topic <> '' AND", f"LIMIT %s{lock}")
        rows = Letter.objects.filter(pk__in=found, state=State.WAITING)
        rows.update(state=State.SENDING, claimed_at=now, begun_at=None)
        held = {one.pk: one for one in Letter.objects.filter(pk__in=found, state=State.SENDING, claimed_at=now)}
    return [held[one] for one in found if one in held], now


def _due(now: datetime, limit: int, condition: str, tail: str) -> list[int]:
    """Ids of waiting letters. Written out, so that both databases see that their partial indexes serve."""
    statement = (
        f"SELECT id FROM {Letter._meta.db_table} WHERE {condition} state = 'waiting' "
        f"AND state IN ('waiting', 'sending') AND next_at <= %s ORDER BY next_at, id {tail}"
    )
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(statement, [at, limit] if "%s" in tail else [at])
        return [int(row[0]) for row in cursor.fetchall()]


def begin(letters: Sequence[Letter], claimed_at: datetime, now: datetime | None = None) -> list[Begun]:
    """Decide of claimed letters what each says now, and note that they are about to be sent. Those that say nothing
    are dropped; those that somebody else claimed meanwhile are left to him."""
    now = now or timezone.now()
    begun = []
    with transaction.atomic():
        ids = [one.pk for one in letters]
        mine = Letter.objects.filter(pk__in=ids, state=State.SENDING, claimed_at=claimed_at)
        held = {one.pk: one for one in mine.select_for_update()}
        # An erasure waits until the tokens are made, and then deletes them; or comes first, and nothing is sent.
        signatures = Signature.objects.filter(pk__in=[one.signature_id for one in held.values() if one.signature_id])
        found = {one.pk: one for one in signatures.select_for_update(no_key=True).order_by("id")}
        petitions = {one.pk: one for one in _petitions(held.values())}
        dropped = []
        for one in (held[pk] for pk in ids if pk in held):
            one.signature = found.get(one.signature_id or 0)
            one.petition = petitions.get(one.petition_id or 0)
            need = KINDS[one.kind].need(one, now) if one.kind in KINDS else None
            if need is None:
                dropped.append(one.pk)
                continue
            made = tokens.issue(need.purposes, one.signature, need.office) if need.purposes else {}
            begun.append(Begun(one, made))
        Letter.objects.filter(pk__in=dropped).update(state=State.DROPPED)
        Letter.objects.filter(pk__in=[one.letter.pk for one in begun]).update(
            begun_at=now, claimed_at=now, attempts=F("attempts") + 1
        )
    for each in begun:
        each.letter.begun_at = each.letter.claimed_at = now
        each.letter.attempts += 1
    return begun


def _petitions(letters: Iterable[Letter]) -> QuerySet[Petition]:
    return Petition.objects.filter(pk__in={one.petition_id for one in letters}).select_related("current")


def sent(letter: Letter, now: datetime | None = None) -> None:
    """It is with the mail server."""
    states = (State.SENDING, State.HELD)  # held: another sender took us for dead, but it did go
    rows = Letter.objects.filter(pk=letter.pk, state__in=states)
    rows.update(state=State.SENT, sent_at=now or timezone.now(), trouble="")


def later(letter: Letter, trouble: str, now: datetime | None = None) -> None:
    """Try again after a while, longer each time; give up after the last attempt."""
    now = now or timezone.now()
    is_over = letter.attempts >= ATTEMPTS
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** max(0, letter.attempts - 1)) * random.uniform(0.75, 1.25)
    _mine(letter).update(
        state=State.FAILED if is_over else State.WAITING,
        next_at=now + timedelta(seconds=wait),
        claimed_at=None,
        begun_at=None,
        trouble=trouble[:200],
    )


def failed(letter: Letter, trouble: str, now: datetime | None = None, *, is_bounced: bool = False) -> None:
    """Refused for good; `is_bounced`: because the mailbox does not exist, so it is written to no more."""
    now = now or timezone.now()
    with transaction.atomic():
        _mine(letter).update(state=State.FAILED, trouble=trouble[:200])
        if is_bounced and letter.signature_id:
            Signature.objects.filter(pk=letter.signature_id, bounced_at=None).update(bounced_at=now)


def held(letter: Letter, trouble: str) -> None:
    """Not to be sent: it may have gone out."""
    _mine(letter).update(state=State.HELD, trouble=trouble[:200])


def release(letters: Sequence[Letter], wait: float, now: datetime | None = None) -> None:
    """Give back what was claimed and not spoken of to the mail server; it is no attempt."""
    now = now or timezone.now()
    for one in letters:
        began = one.begun_at is not None
        _mine(one).update(
            state=State.WAITING,
            next_at=now + timedelta(seconds=wait),
            claimed_at=None,
            begun_at=None,
            attempts=one.attempts - 1 if began else one.attempts,
        )


def recover(now: datetime | None = None) -> int:
    """Take up what senders that died have left; how many letters."""
    now = now or timezone.now()
    stale = Letter.objects.filter(state=State.SENDING, claimed_at__lt=now - STALE)
    unsure = stale.exclude(begun_at=None).exclude(topic="").update(state=State.HELD, trouble=UNSURE)
    return unsure + stale.update(state=State.WAITING, next_at=now, claimed_at=None, begun_at=None)


def lag(now: datetime | None = None) -> float:
    """Seconds by which the oldest waiting letter is overdue; 0 where none is."""
    now = now or timezone.now()
    rows = Letter.objects.filter(state__in=[State.WAITING, State.SENDING], next_at__lte=now)
    oldest = rows.order_by("next_at", "id").values_list("next_at", flat=True).first()
    return max(0.0, (now - oldest).total_seconds()) if oldest else 0.0


def _mine(letter: Letter) -> QuerySet[Letter]:
    """The letter, as long as it is this sender's."""
    return Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)
