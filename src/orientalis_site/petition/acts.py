"""What can befall a signature after it was taken down.

Each act is a conditional update: who comes second changes nothing. A change of the count is an event in the same
transaction; the tick folds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from orientalis_site.audit.chain import append, hold
from orientalis_site.keeping.tombstones import UNSUBSCRIBED, WITHDRAWN, bury
from orientalis_site.kit.keys import keys
from orientalis_site.limits.buckets import block
from orientalis_site.petition.canonical import canonical
from orientalis_site.petition.models import Event, Petition, Signature, Token
from orientalis_site.petition.signing import DAY, address_bucket

State = Signature.State
NOT_ME_DAYS = 30
"""How long a mailbox that said "this was not me" is left alone (assumed)."""
REINSTATED = "reinstated"
"""The cause of an event that puts back what a moderator had taken out: the public log tells it from a new signature."""
NOTHING: dict[str, Any] = {
    "name": "",
    "country": "",
    "reason": "",
    "reason_state": Signature.Reason.NONE,
    "show_name": False,
    "updates": False,
    "email_key": "",
    "email_sealed": "",
    "address_key": "",
    "form_seconds": None,
}
"""What is left of a person after an erasure."""


def confirm(signature: Signature, now: datetime | None = None) -> bool:
    """Pending → confirmed, while the petition is open. False where that was not so."""
    now = now or timezone.now()
    return _move(signature, (State.PENDING,), State.CONFIRMED, now, is_open=True, confirmed_at=now)


def withdraw(signature: Signature, now: datetime | None = None, *, is_buried: bool = False) -> bool:
    """Pending or confirmed → withdrawn; the person may sign again. `is_buried` as of `erase`."""
    now = now or timezone.now()
    with transaction.atomic():
        before = (State.PENDING, State.CONFIRMED)
        is_done = _move(signature, before, State.WITHDRAWN, now, ended_at=now, address_key="")
        if is_done and not is_buried:
            bury(str(signature.uid), now, WITHDRAWN)
    return is_done


def invalidate(signature: Signature, actor: str, why: str, now: datetime | None = None) -> bool:
    """Pending or confirmed → invalidated, by a moderator; the person cannot sign again."""
    now = now or timezone.now()
    with transaction.atomic():
        hold()
        is_done = _move(signature, (State.PENDING, State.CONFIRMED), State.INVALIDATED, now, ended_at=now)
        if is_done:
            append(actor, "invalidate", f"signature:{signature.uid}", {"why": why})
    return is_done


def reinstate(signature: Signature, actor: str, why: str, now: datetime | None = None) -> bool:
    """Invalidated → what it was before: a moderator's second thought."""
    now = now or timezone.now()
    signature.refresh_from_db()
    before = State.CONFIRMED if signature.confirmed_at else State.PENDING
    with transaction.atomic():
        hold()
        is_done = _move(signature, (State.INVALIDATED,), before, now, ended_at=None)
        if is_done:
            append(actor, "reinstate", f"signature:{signature.uid}", {"why": why})
    return is_done


def erase(signature: Signature, actor: str = "signer", now: datetime | None = None, *, is_buried: bool = False) -> bool:
    """Any state → erased: nothing of the person is left, here or after a back-up is brought back.

    `is_buried`: it is among the tombstones already, which `restore` applies.
    """
    now = now or timezone.now()
    living = (State.PENDING, State.CONFIRMED, State.INVALIDATED, State.WITHDRAWN)
    with transaction.atomic():
        hold()  # so that none of the acts that move a signature back comes between the looks at its state
        is_done = _move(signature, living, State.ERASED, now, ended_at=now, **NOTHING)
        if is_done:
            Token.objects.filter(signature=signature).delete()
            append(actor, "erase", f"signature:{signature.uid}")
            if not is_buried:
                bury(str(signature.uid), now)
    return is_done


def not_me(signature: Signature, now: datetime | None = None) -> bool:
    """Somebody else wrote this address into the form: erase it, and leave the mailbox alone for a while."""
    now = now or timezone.now()
    hashes = [signature.email_key]
    if signature.email_sealed:
        hashes = [value for _, value in keys().keyed(canonical(keys().open(signature.email_sealed)))]
    is_done = erase(signature, now=now)
    if is_done:
        for value in hashes:
            block(address_bucket(signature.petition_id, value), NOT_ME_DAYS * DAY, now.timestamp())
    return is_done


def unsubscribe(signature: Signature, *, is_buried: bool = False) -> bool:
    """No more news; the signature stays. `is_buried` as of `erase`."""
    with transaction.atomic():
        is_done = bool(Signature.objects.filter(pk=signature.pk, updates=True).update(updates=False))
        if is_done and not is_buried:
            bury(str(signature.uid), timezone.now(), UNSUBSCRIBED)
    return is_done


def _move(
    signature: Signature,
    before: Sequence[State],
    after: State,
    now: datetime,
    *,
    is_open: bool = False,
    **changes: Any,
) -> bool:
    """Move a signature from one of the states `before`, in the order in which they follow one another."""
    with transaction.atomic():
        for state in before:
            rows = Signature.objects.filter(pk=signature.pk, state=state)
            if is_open:
                # Not `petition__state`: that joins, and PostgreSQL then does not look at the row's own state again
                # after it has waited for another update, so that both would count.
                open_ones = Petition.objects.filter(pk=signature.petition_id, state=Petition.State.OPEN)
                rows = rows.filter(petition_id__in=open_ones.values("pk"))
            if rows.update(state=after, **changes):
                delta = int(after == State.CONFIRMED) - int(state == State.CONFIRMED)
                if delta:
                    Event.objects.create(
                        petition_id=signature.petition_id,
                        signature_id=signature.pk,
                        delta=delta,
                        cause=REINSTATED if state == State.INVALIDATED and delta > 0 else after,
                        country=signature.country,
                        version=signature.version.number,
                        at=now,
                    )
                return True
    return False
