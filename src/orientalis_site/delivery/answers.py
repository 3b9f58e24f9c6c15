"""What offices answer: taken down, looked at by the staff, shown demand by demand; and who has not answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientalis_site.audit.chain import append
from orientalis_site.delivery.telling import tell_of_answer
from orientalis_site.kit import languages
from orientalis_site.petition.models import Office, Petition, Response
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import NotAllowed, State, move
from orientalis_site.petition.texts import Demand, Target
from orientalis_site.staff.models import User

STANCES: dict[str, Promise | str] = {
    "accepts": _("accepts"),
    "partly": _("accepts in part"),
    "rejects": _("rejects"),
    "none": _("takes no position"),
}
MOST_WAITING = 20
"""Answers of one office that may wait for the staff at once (assumed)."""
AFTER = (State.DELIVERED, State.ANSWERED)
"""The states in which a petition can be answered."""


@dataclass(frozen=True)
class Part:
    """What an office answers to one demand."""

    demand: Demand
    stance: str
    words: str

    @property
    def stance_words(self) -> Promise | str:
        """The stance in the reader's words."""
        return STANCES[self.stance]


@dataclass(frozen=True)
class Shown:
    """An answer as it is shown. `tag` marks the language of its words, which stay as given."""

    response: Response
    parts: tuple[Part, ...]
    tag: str


@dataclass(frozen=True)
class Standing:
    """Where an office stands: its answer, or the days without one."""

    office: Office | None
    target: Target
    shown: Shown | None
    days: int | None


def receive(office: Office, language: str, parts: Mapping[str, tuple[str, str]], text: str, signed_by: str) -> Response:
    """Take an answer down; it waits for the staff. `parts`: stance and words by demand. NotAllowed."""
    with transaction.atomic():
        held = Office.objects.select_for_update(of=("self",)).select_related("petition__current").get(pk=office.pk)
        if why := closed_to(held):
            raise NotAllowed(why)
        asked = text_of(held.petition.current).asked(held.target)
        response = Response.objects.create(
            office=held,
            language=language,
            answers=[{"demand": one.id, "stance": parts[one.id][0], "text": parts[one.id][1]} for one in asked],
            text=text,
            signed_by=signed_by,
            received_at=timezone.now(),
        )
        append("office", "answer", f"office:{held.pk}", {"response": response.pk})
    return response


def closed_to(office: Office) -> str:
    """Why an office cannot answer now; empty where it can."""
    if office.petition.state not in AFTER:
        return "not_delivered"
    states = list(Response.objects.filter(office=office).values_list("state", flat=True))
    if Response.State.SHOWN in states:
        return "shown"
    return "waiting" if states.count(Response.State.WAITING) >= MOST_WAITING else ""


def publish(response: Response, user: User, now: datetime | None = None) -> None:
    """Show an answer. The first one makes the petition answered; who agreed to news is told of each. NotAllowed."""
    now = now or timezone.now()
    with transaction.atomic():
        held = _decide(response, Response.State.SHOWN, user, now)
        petition = held.office.petition
        if petition.state == State.DELIVERED:
            move(petition, State.ANSWERED, f"user:{user.pk}", now)
        append(f"user:{user.pk}", "show_answer", f"office:{held.office_id}", {"response": held.pk})
        tell_of_answer(petition, held, now)
    response.refresh_from_db()


def refuse(response: Response, user: User, why: str, now: datetime | None = None) -> None:
    """Do not show an answer: it is forged, or the office sent another. NotAllowed."""
    now = now or timezone.now()
    with transaction.atomic():
        held = _decide(response, Response.State.REFUSED, user, now)
        append(f"user:{user.pk}", "refuse_answer", f"office:{held.office_id}", {"response": held.pk, "why": why})
    response.refresh_from_db()


def _decide(response: Response, after: Response.State, user: User, now: datetime) -> Response:
    office = Office.objects.get(pk=response.office_id)
    # Two offices take their turns.
    office.petition = Petition.objects.select_for_update(no_key=True).get(pk=office.petition_id)
    held = Response.objects.get(pk=response.pk)
    held.office = office
    if held.state != Response.State.WAITING:
        raise NotAllowed(f"this answer is {held.state}: only one that waits can be decided on")
    if after == Response.State.SHOWN and (why := _hinders(office)):
        raise NotAllowed(why)
    held.state, held.decided_at, held.decided_by = after, now, user
    held.save(update_fields=["state", "decided_at", "decided_by"])
    return held


def _hinders(office: Office) -> str:
    if office.petition.state not in AFTER:
        return f"the petition is {office.petition.state}: answers are shown once it is delivered"
    if Response.objects.filter(office=office, state=Response.State.SHOWN).exists():
        return f"an answer of {office.target} is shown already"
    return ""


def context(petition: Petition, now: datetime | None = None) -> dict[str, Any]:
    """What `petition/answers.html` shows: nothing before the delivery, then each office with its answer or its days."""
    if petition.state not in AFTER:
        return {"standings": ()}
    return {"standings": standings(petition, now or timezone.now())}


def standings(petition: Petition, now: datetime) -> tuple[Standing, ...]:
    """Each target with its answer, or the days since it was handed the petition. Two queries."""
    text = text_of(petition.current)
    offices = {office.target: office for office in Office.objects.filter(petition=petition)}
    responses = Response.objects.filter(office__petition=petition, state=Response.State.SHOWN)
    shown = {response.office_id: response for response in responses}
    found = []
    for target in text.targets:
        office = offices.get(target.id)
        response = shown.get(office.pk) if office else None
        is_waiting = office is not None and office.delivered_at is not None and response is None
        days = days_between(office.delivered_at, now) if is_waiting and office and office.delivered_at else None
        found.append(Standing(office, target, _shown(response, text.demands) if response else None, days))
    return tuple(found)


def days_between(first: datetime, last: datetime) -> int:
    """Whole days by the calendar, in UTC; never less than none."""
    return max(0, (last.date() - first.date()).days)


def _shown(response: Response, demands: Sequence[Demand]) -> Shown:
    known = {demand.id: demand for demand in demands}
    parts = tuple(
        Part(known[one["demand"]], one["stance"], one["text"])
        for one in response.answers
        if one["demand"] in known and one["stance"] in STANCES
    )
    return Shown(response, parts, languages.TAGS.get(response.language, response.language))
