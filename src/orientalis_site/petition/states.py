"""What may follow what, and who may do it. Publishing needs two people: the code asks, the database insists."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orientalis.evidence import Bundle
from orientalis_site.audit.chain import append
from orientalis_site.petition import happenings
from orientalis_site.petition.happenings import happened
from orientalis_site.petition.models import Count, Petition, Version
from orientalis_site.petition.snapshots import snapshot
from orientalis_site.petition.texts import Text, digest
from orientalis_site.staff.models import User

State = Petition.State
NEXT: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.IN_REVIEW,),
    State.IN_REVIEW: (State.OPEN, State.DRAFT, State.REJECTED),
    State.OPEN: (State.CLOSED,),
    State.CLOSED: (State.DELIVERED,),
    State.DELIVERED: (State.ANSWERED,),
    State.ANSWERED: (),
    State.REJECTED: (State.DRAFT,),
    State.HIDDEN: (),
}
SHOWN = (State.OPEN, State.CLOSED, State.DELIVERED, State.ANSWERED)
"""The states in which anybody may read a petition."""
TIMES = {
    State.OPEN: "opened_at",
    State.CLOSED: "closed_at",
    State.DELIVERED: "delivered_at",
    State.ANSWERED: "answered_at",
}
GOALS = (100, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)
"""The ladder of a petition that names none (assumed: the first steps are in reach of a campaign that begins)."""


class NotAllowed(Exception):
    """An act that a state or a role forbids; the sentence says why."""


def create(slug: str, text: Text, bundle: Bundle, author: User, **fields: object) -> Petition:
    """A draft with its first version."""
    with transaction.atomic():
        petition = Petition.objects.create(slug=slug, goals=list(GOALS), **fields)
        Count.objects.create(petition=petition)
        draft(petition, text, bundle, author)
    return petition


def draft(petition: Petition, text: Text, bundle: Bundle, author: User | None, *, is_shipped: bool = False) -> Version:
    """A new version of text and evidence, not yet published. Earlier signatures stay with theirs."""
    if petition.state not in (State.DRAFT, State.IN_REVIEW, State.OPEN) and not is_shipped:
        raise NotAllowed(f"{petition.slug}: a petition that is {petition.state} gets no new version")
    evidence = snapshot(bundle, text)
    with transaction.atomic():
        Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
        last = Version.objects.filter(petition=petition).order_by("-number").first()
        version = Version.objects.create(
            petition=petition,
            number=last.number + 1 if last else 1,
            text=text.canonical(),
            text_hash=digest(text.canonical()),
            evidence=evidence,
            evidence_hash=digest(evidence),
            bundle_hash=bundle.hash,
            is_shipped=is_shipped,
            created_at=timezone.now(),
            created_by=author,
        )
        if author is not None:
            append(f"user:{author.pk}", "draft", f"petition:{petition.slug}", {"version": version.number})
    return version


def publish(version: Version, reviewer: User, now: datetime | None = None) -> None:
    """Show a version, and open the petition if it was in review. Its author may not."""
    now = now or timezone.now()
    if version.published_at is not None:
        raise NotAllowed(f"version {version.number} is published already")
    if version.created_by_id is None or version.created_by_id == reviewer.pk:
        raise NotAllowed("who wrote a version may not publish it: a second person must")
    with transaction.atomic():
        petition = Petition.objects.select_for_update(no_key=True).get(pk=version.petition_id)
        if petition.state not in (State.IN_REVIEW, State.OPEN):
            raise NotAllowed(f"{petition.slug} is {petition.state}: submit it for review first")
        newest = Version.objects.filter(petition=petition).order_by("-number").first()
        if newest is None or newest.pk != version.pk:
            raise NotAllowed(f"there is a newer version than {version.number}")
        if newest.published_at is not None:  # by another reviewer, while this one waited for the lock
            raise NotAllowed(f"version {version.number} is published already")
        version.published_at, version.published_by = now, reviewer
        version.save(update_fields=["published_at", "published_by"])
        petition.current = version
        is_opened = petition.state == State.IN_REVIEW
        if is_opened:
            petition.state, petition.opened_at = State.OPEN, petition.opened_at or now
        petition.save()
        append(f"user:{reviewer.pk}", "publish", f"petition:{petition.slug}", {"version": version.number})
        if is_opened:
            happened(happenings.OPENED, petition, version=version.number)


def move(petition: Petition, after: State, actor: str, now: datetime | None = None) -> None:
    """Move a petition to a state that may follow its own. Opening is `publish`'s."""
    now = now or timezone.now()
    with transaction.atomic():
        held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
        if after not in NEXT[State(held.state)] or after == State.OPEN:
            allowed = ", ".join(NEXT[State(held.state)]) or "nothing"
            raise NotAllowed(f"{held.slug} is {held.state}: {after} cannot follow; {allowed} can")
        held.state = after
        if after in TIMES:
            setattr(held, TIMES[after], now)
        held.save()
        append(actor, f"to_{after}", f"petition:{held.slug}")
        if after in happenings.STATES:
            happened(happenings.STATES[after], held)
    petition.refresh_from_db()


def hide(petition: Petition, actor: str) -> None:
    """Show it to nobody, for as long as `unhide` is not called: every address of it answers 410."""
    with transaction.atomic():
        held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
        if held.state == State.HIDDEN:
            raise NotAllowed(f"{held.slug} is hidden already")
        held.hidden_from, held.state = held.state, State.HIDDEN
        held.save()
        append(actor, "hide", f"petition:{held.slug}")
    petition.refresh_from_db()


def unhide(petition: Petition, actor: str) -> None:
    """Back to the state it had."""
    with transaction.atomic():
        held = Petition.objects.select_for_update(no_key=True).get(pk=petition.pk)
        if held.state != State.HIDDEN:
            raise NotAllowed(f"{held.slug} is not hidden")
        held.state, held.hidden_from = held.hidden_from, ""
        held.save()
        append(actor, "unhide", f"petition:{held.slug}")
    petition.refresh_from_db()
