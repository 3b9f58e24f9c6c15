"""What a petition has besides its text: the post boxes of its offices, its closing day and its goals.

Locks are taken as everything does that moves a petition: the petition's row, the office's, then the audit's end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientalis_site.audit.chain import append
from orientalis_site.delivery.telling import tell_office
from orientalis_site.kit import languages
from orientalis_site.kit.keys import keys
from orientalis_site.petition.canonical import BadAddress, deliverable
from orientalis_site.petition.forms import DIRECTIONS
from orientalis_site.petition.models import Office, Petition, Version
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import State
from orientalis_site.petition.texts import Text

OVER = (State.CLOSED, State.DELIVERED, State.ANSWERED)
"""The states in which a closing day means nothing any more."""
LONGEST_RECEIPT = 200
LARGEST_GOAL, MOST_GOALS = 2_000_000_000, 50
"""What the tables hold, and what a page can show (assumed)."""


class TermFault(ValueError):
    """What cannot be; `field` names what is wrong: target, address, language, receipt, closes_at or goals."""

    def __init__(self, field: str, message: Promise | str) -> None:
        super().__init__(message)
        self.field, self.message = field, message

    def __str__(self) -> str:
        return str(self.message)


def text(petition: Petition) -> Text:
    """The text that is shown, else the newest one."""
    version = petition.current or Version.objects.filter(petition=petition).order_by("number").last()
    if version is None:
        raise TermFault("target", f"{petition.slug} has no text yet: write one first")
    return text_of(version)


def set_office(
    petition: Petition,
    target: str,
    address: str | None,
    language: str | None,
    receipt: str | None,
    actor: str,
    now: datetime | None = None,
) -> bool:
    """Keep the post box of a target; whether a letter was written to it, as it is once the petition is delivered.

    `address`: empty leaves the one that is kept, None removes it. `language`, `receipt`: None leaves them. TermFault.
    """
    now = now or timezone.now()
    known = [one.id for one in text(petition).targets]
    if target not in known:
        raise TermFault("target", f"{petition.slug} has no target {target!r}; expected one of {', '.join(known)}")
    wanted: dict[str, str] = {}
    if address is None or address.strip():
        wanted["email_sealed"] = "" if address is None else keys().seal(checked_address(address))
    if language is not None:
        wanted["language"] = checked_language(language)
    if receipt is not None:
        wanted["receipt"] = checked_receipt(receipt)
    with transaction.atomic():
        held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
        office = Office.objects.select_for_update(no_key=True).filter(petition=held, target=target).first()
        office = office or Office(petition=held, target=target)
        changed = {name: value for name, value in wanted.items() if getattr(office, name) != value}
        if changed:
            for name, value in changed.items():
                setattr(office, name, value)
            office.save()
            append(actor, "set_office", f"office:{office.pk}", _told(held, target, changed))
        if office.delivered_at is None or held.state not in (State.DELIVERED, State.ANSWERED):
            return False
        return tell_office(office, now, is_new="email_sealed" in changed)


def set_terms(
    petition: Petition, closes_at: date | None, goals: Sequence[int], actor: str, now: datetime | None = None
) -> None:
    """Set the day at whose end (UTC) no more signatures are taken, None: on no day; and the goals. TermFault."""
    now = now or timezone.now()
    with transaction.atomic():
        held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
        end, rising = checked_closing(held, closes_at, now), checked_goals(goals)
        if end != held.closes_at or rising != held.goals:
            held.closes_at, held.goals = end, rising
            held.save(update_fields=["closes_at", "goals", "changed_at"])
            told = {"closes_at": end.date().isoformat() if end else None, "goals": rising}
            append(actor, "set_terms", f"petition:{held.slug}", told)
    petition.refresh_from_db()


def checked_address(address: str) -> str:
    """An address as mail is sent to it. TermFault."""
    try:
        return deliverable(address)
    except BadAddress as error:
        raise TermFault("address", error.args[0]) from None


def checked_language(language: str) -> str:
    """A language of the site. TermFault."""
    if language not in languages.CODES:
        raise TermFault("language", f"got {language!r}; expected one of {', '.join(languages.CODES)}")
    return language


def checked_receipt(receipt: str) -> str:
    """What shows that it was received, one line of plain text. TermFault."""
    held = unicodedata.normalize("NFC", receipt.strip())
    if any(mark in DIRECTIONS or unicodedata.category(mark) in ("Cc", "Co", "Cs", "Cn") for mark in held):
        raise TermFault("receipt", _("Please leave out marks that cannot be seen."))
    if len(held) > LONGEST_RECEIPT:
        raise TermFault("receipt", _("Please shorten it: there is less room than that."))
    return held


def checked_closing(petition: Petition, day: date | None, now: datetime) -> datetime | None:
    """The end of a day that lies ahead; what is not changed is not asked about. TermFault."""
    kept = petition.closes_at
    if day == (kept.date() if kept else None):
        return kept
    if petition.state in OVER:
        raise TermFault("closes_at", f"{petition.slug} is {petition.state}: its closing day stays as it is")
    end = datetime.combine(day, time(23, 59, 59), UTC) if day else None
    if end is not None and end <= now:
        raise TermFault("closes_at", _("The closing day must lie ahead."))
    return end


def read_goals(words: str) -> list[int]:
    """Goals as they are written. TermFault."""
    parts = words.split()
    if not all(one.isascii() and one.isdecimal() and len(one) <= len(str(LARGEST_GOAL)) for one in parts):
        raise TermFault("goals", _("Whole numbers that rise, with a space between them."))
    return checked_goals([int(one) for one in parts])


def checked_goals(goals: Sequence[int]) -> list[int]:
    """Goals that rise; none is allowed. TermFault."""
    held = list(goals)
    is_rising = all(low < high for low, high in zip([0, *held], held, strict=False))
    if not is_rising or len(held) > MOST_GOALS or any(one > LARGEST_GOAL for one in held):
        raise TermFault("goals", _("Whole numbers that rise, with a space between them."))
    return held


def _told(petition: Petition, target: str, changed: dict[str, str]) -> dict[str, Any]:
    """What the audit is told, for ever: never the address, nor the words of the receipt."""
    told: dict[str, Any] = {"petition": petition.slug, "target": target}
    for name, label in (("email_sealed", "address"), ("receipt", "receipt")):
        if name in changed:
            told[label] = "set" if changed[name] else "removed"
    return told | {name: changed[name] for name in ("language",) if name in changed}
