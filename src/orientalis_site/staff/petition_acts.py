"""What the staff do to a petition: each act with the duty that it needs, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orientalis_site.delivery import handing_over
from orientalis_site.delivery.render import DossierError
from orientalis_site.petition import states
from orientalis_site.petition.models import Petition, Version
from orientalis_site.staff.models import User
from orientalis_site.staff.roles import Duty, may

State = Petition.State


@dataclass(frozen=True)
class Act:
    """An act: its word in the address, its name on the button, who may do it, and from which states."""

    word: str
    name: Promise
    duty: Duty
    states: tuple[State, ...]
    do: Callable[[Petition, User], None]
    is_grave: bool = False


def newest(petition: Petition) -> Version | None:
    """The version that was written last."""
    return Version.objects.filter(petition=petition).order_by("-number").first()


def must_be_newest(petition: Petition, number: str) -> None:
    """Refuse to publish what the reviewer has not seen: a version that was written after he opened the page."""
    version = newest(petition)
    if version is None or number != str(version.number):
        raise states.NotAllowed(f"{petition.slug} has another newest version than the one you saw: read it first")


def submit(petition: Petition, user: User) -> None:
    """Hand a draft over for review."""
    states.move(petition, State.IN_REVIEW, f"user:{user.pk}")


def publish(petition: Petition, user: User) -> None:
    """Publish the newest version."""
    version = newest(petition)
    if version is None:
        raise states.NotAllowed(f"{petition.slug} has no version")
    states.publish(version, user)


def give_back(petition: Petition, user: User) -> None:
    """Back to its authors."""
    states.move(petition, State.DRAFT, f"user:{user.pk}")


def reject(petition: Petition, user: User) -> None:
    """Turn it down."""
    states.move(petition, State.REJECTED, f"user:{user.pk}")


def close(petition: Petition, user: User) -> None:
    """No more signatures."""
    states.move(petition, State.CLOSED, f"user:{user.pk}")


def deliver(petition: Petition, user: User) -> None:
    """Hand it over to the offices."""
    try:
        handing_over.deliver(petition, f"user:{user.pk}")
    except DossierError as error:
        raise states.NotAllowed(str(error)) from None


def hide(petition: Petition, user: User) -> None:
    """Show it to nobody."""
    states.hide(petition, f"user:{user.pk}")


def unhide(petition: Petition, user: User) -> None:
    """Show it again."""
    states.unhide(petition, f"user:{user.pk}")


ACTS: tuple[Act, ...] = (
    Act("submit", _("Submit for review"), Duty.DRAFT, (State.DRAFT,), submit),
    Act("publish", _("Publish the newest version"), Duty.PUBLISH, (State.IN_REVIEW, State.OPEN), publish),
    Act("give-back", _("Give back to its author"), Duty.PUBLISH, (State.IN_REVIEW,), give_back),
    Act("reject", _("Reject"), Duty.PUBLISH, (State.IN_REVIEW,), reject, is_grave=True),
    Act("reopen", _("Take up again as a draft"), Duty.DRAFT, (State.REJECTED,), give_back),
    Act("close", _("Close: no more signatures"), Duty.CLOSE, (State.OPEN,), close, is_grave=True),
    Act("deliver", _("Deliver to the offices"), Duty.DELIVER, (State.CLOSED,), deliver, is_grave=True),
    Act("hide", _("Hide"), Duty.HIDE, tuple(one for one in State if one != State.HIDDEN), hide, is_grave=True),
    Act("unhide", _("Show again"), Duty.HIDE, (State.HIDDEN,), unhide),
)
BY_WORD = {act.word: act for act in ACTS}


def open_to(petition: Petition, user: User) -> list[Act]:
    """The acts that somebody may do to a petition now: never publishing what he wrote, nor what is published."""
    found = [act for act in ACTS if petition.state in act.states and may(user, act.duty)]
    version = newest(petition)
    is_own = version is None or version.published_at is not None or version.created_by_id in (None, user.pk)
    return [act for act in found if act.word != "publish" or not is_own]
