"""After a back-up was brought back: who was erased since is erased again, nobody is written to twice, and it is said
whether counts and audit hold.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from orientalis_site.audit import chain
from orientalis_site.audit.models import Entry
from orientalis_site.hooks.models import Message
from orientalis_site.keeping.tombstones import UNSUBSCRIBED, WITHDRAWN, buried
from orientalis_site.kit import keys
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts
from orientalis_site.petition.counting import drift
from orientalis_site.petition.models import Petition, Signature

WHY = "a back-up was brought back: it may have been sent since that was written"


@dataclass
class Found:
    """What was done, what somebody must see to, and what is wrong."""

    said: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def put_right(head: str, now: datetime | None = None) -> Found:
    """Do all of it. It may be done again: what is done stays done. `head`: the back-up's last hash of the audit."""
    now = now or timezone.now()
    found = Found()
    letters, messages = hold(now)
    found.said.append(f"{letters} letters and {messages} webhooks that waited are not sent: they may have been, since")
    found.said.append(f"{erase_again(now)} signatures erased again, of those that {settings.TOMBSTONES} names")
    if not Path(settings.TOMBSTONES).exists():
        found.warnings.append(
            f"{settings.TOMBSTONES} is not there: who was erased after the back-up is back. Bring the file from the "
            "old machine and run `restore` again."
        )
    _check_counts(found)
    broken = chain.faults(head)
    found.faults += broken
    if not broken:
        found.said.append(f"audit: {Entry.objects.count():,} entries, unbroken, the back-up's last one among them")
    _check_keys(found)
    return found


def hold(now: datetime) -> tuple[int, int]:
    """Mark everything unsent that is older than now as not to be sent; how many letters and webhooks."""
    unsent = Letter.objects.filter(state__in=(Letter.State.WAITING, Letter.State.SENDING), created_at__lte=now)
    waiting = Message.objects.filter(state=Message.State.WAITING, created_at__lte=now)
    return (
        unsent.update(state=Letter.State.HELD, trouble=WHY),
        waiting.update(state=Message.State.HELD, trouble=WHY),
    )


def erase_again(now: datetime) -> int:
    """Do again what the tombstones tell and the back-up has undone; how many were erased.

    A withdrawal or the end of news counts in silence: the signature is still there, in the state that its owner chose.
    """
    done = 0
    for text, deed in dict.fromkeys(buried()):
        try:
            uid = uuid.UUID(text)
        except ValueError:
            continue
        signature = Signature.objects.filter(uid=uid).exclude(state=Signature.State.ERASED).first()
        if signature is None:
            continue
        if deed == WITHDRAWN:
            acts.withdraw(signature, now, is_buried=True)
        elif deed == UNSUBSCRIBED:
            acts.unsubscribe(signature, is_buried=True)
        else:
            done += acts.erase(signature, "restore", now, is_buried=True)
    return done


def _check_counts(found: Found) -> None:
    for petition in Petition.objects.select_related("count"):
        off = drift(petition)
        if off:
            found.faults.append(f"{petition.slug}: the count differs by {off:+d} from the confirmed signatures")
        else:
            found.said.append(f"{petition.slug}: {petition.supporters:,} supporters, equal to the confirmed signatures")


def _check_keys(found: Found) -> None:
    """Say so where the addresses cannot be read; no keys are made here, they would be others."""
    file = Path(settings.KEYS) / keys.FILE
    sealed = Signature.objects.exclude(email_sealed="").values_list("email_sealed", flat=True).last()
    if sealed is None:
        return
    if not file.exists():
        found.warnings.append(f"{file} is not there: bring back its copy before the site starts, or no mail can go out")
        return
    try:
        keys.keys().open(sealed)
    except ValueError:
        found.warnings.append(
            f"{file} holds other keys than those that sealed the addresses: bring back the right ones"
        )
