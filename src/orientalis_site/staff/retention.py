"""The retention clock: what is kept for how long, and what is left of it afterwards.

Every rule finds what is due by a query, and clears it in batches of one transaction each: it may be broken off at any
moment and begun again, and a second run finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from orientalis_site.audit.chain import append
from orientalis_site.delivery import keeping
from orientalis_site.limits.models import Bucket
from orientalis_site.mail.models import Letter
from orientalis_site.petition.models import Event, Signature, Token

State = Signature.State
BATCH = 500
PENDING_DAYS = 14
ADDRESS_DAYS = 30
WITHDRAWN_DAYS = 30  # (assumed)
LETTER_DAYS = 90  # (assumed)
ATTEMPT_DAYS = 30  # (assumed)
DELIVERED_DAYS = 183
"""Six months."""
LISTS = "lists_removed"
"""Lists of names that were handed over and hold one that was taken back since: files, so no query finds them."""
ANONYMOUS = "anonymous:"
"""How the key of a signature begins that no longer leads to a mailbox. Each has another: a mailbox signs once."""


@dataclass(frozen=True)
class Rule:
    """A rule: its name, the rows that are due, and what is done to a batch of them."""

    name: str
    due: Callable[[datetime], QuerySet[Any]]
    clear: Callable[[QuerySet[Any]], object]


def _pending(now: datetime) -> QuerySet[Any]:
    counted = Event.objects.filter(signature__state=State.PENDING).values("signature_id")
    old = Signature.objects.filter(state=State.PENDING, created_at__lt=now - timedelta(days=PENDING_DAYS))
    return old.exclude(pk__in=counted)


def _addresses(now: datetime) -> QuerySet[Any]:
    return Signature.objects.exclude(address_key="").filter(created_at__lt=now - timedelta(days=ADDRESS_DAYS))


def _delivered(now: datetime) -> QuerySet[Any]:
    late = Q(petition__delivered_at__lt=now - timedelta(days=DELIVERED_DAYS))
    return _known().filter(late)


def _withdrawn(now: datetime) -> QuerySet[Any]:
    return _known().filter(state=State.WITHDRAWN, ended_at__lt=now - timedelta(days=WITHDRAWN_DAYS))


def _known() -> QuerySet[Any]:
    found: QuerySet[Any] = Signature.objects.exclude(state=State.ERASED).exclude(email_key__startswith=ANONYMOUS)
    return found


def _tokens(now: datetime) -> QuerySet[Any]:
    return Token.objects.filter(expires_at__lt=now)


def _buckets(now: datetime) -> QuerySet[Any]:
    moment = now.timestamp()
    found: QuerySet[Any] = Bucket.objects.filter(blocked_until__lte=moment, at__lt=Value(moment) - F("seconds"))
    return found


def _letters(now: datetime) -> QuerySet[Any]:
    ended = (Letter.State.SENT, Letter.State.DROPPED, Letter.State.FAILED, Letter.State.HELD)
    old = Letter.objects.filter(state__in=ended, created_at__lt=now - timedelta(days=LETTER_DAYS))
    # A letter of a topic is also the proof that it was written: without it whoever mails the news once more would
    # write to the same people again. It goes once there is no mailbox to write to.
    return old.filter(Q(topic="") | Q(signature=None) | Q(signature__email_sealed=""))


def _sessions(now: datetime) -> QuerySet[Any]:
    return Session.objects.filter(expire_date__lt=now)


def _attempts(now: datetime) -> QuerySet[Any]:
    found: QuerySet[Any] = AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(days=ATTEMPT_DAYS))
    return found


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _forget_address(rows: QuerySet[Any]) -> None:
    rows.update(address_key="")


def anonymise(rows: QuerySet[Any]) -> None:
    """Leave what is counted, and what the signer agreed to show: no mailbox, no name and no reason but public ones."""
    ids = list(rows.values_list("pk", flat=True))
    held = Signature.objects.filter(pk__in=ids)
    held.exclude(state=State.CONFIRMED, show_name=True).update(name="")
    held.exclude(state=State.CONFIRMED, reason_state=Signature.Reason.SHOWN).update(
        reason="", reason_state=Signature.Reason.NONE
    )
    key = Concat(Value(ANONYMOUS), Cast("pk", CharField()))
    held.update(email_sealed="", email_key=key, address_key="", form_seconds=None, updates=False)


RULES: tuple[Rule, ...] = (
    Rule("pending_deleted", _pending, _delete),
    Rule("addresses_cleared", _addresses, _forget_address),
    Rule("delivered_anonymised", _delivered, anonymise),
    Rule("withdrawn_anonymised", _withdrawn, anonymise),
    Rule("tokens_deleted", _tokens, _delete),
    Rule("buckets_deleted", _buckets, _delete),
    Rule("letters_deleted", _letters, _delete),
    Rule("sessions_deleted", _sessions, _delete),
    Rule("login_attempts_deleted", _attempts, _delete),
)


def due(now: datetime | None = None) -> dict[str, int]:
    """How many rows each rule would clear."""
    now = now or timezone.now()
    return {**{rule.name: rule.due(now).count() for rule in RULES}, LISTS: len(keeping.overdue())}


def purge(now: datetime | None = None) -> dict[str, int]:
    """Clear what is due; how many rows each rule cleared. The audit gets the numbers."""
    now = now or timezone.now()
    done = {rule.name: sum(_batches(rule, now)) for rule in RULES}
    done[LISTS] = len(keeping.forget())
    if any(done.values()):
        append("program", "purge", "site:all", done)
    return done


def _batches(rule: Rule, now: datetime) -> Iterable[int]:
    while True:
        with transaction.atomic():
            # Locked first: a signature that is confirmed meanwhile is no longer due, and stays.
            rows = rule.due(now).select_for_update(of=("self",)) if _is_lockable(rule) else rule.due(now)
            ids = list(rows.values_list("pk", flat=True)[:BATCH])
            if ids:
                rule.clear(rule.due(now).filter(pk__in=ids))
        if ids:
            yield len(ids)
        if len(ids) < BATCH:
            return


def _is_lockable(rule: Rule) -> bool:
    return rule.due(timezone.now()).model is Signature
