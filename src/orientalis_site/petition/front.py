"""Finding a petition that may be shown."""

from __future__ import annotations

from orientalis_site.kit.errors import Refusal
from orientalis_site.petition.models import Petition
from orientalis_site.petition.states import SHOWN

FRONT = "save-the-amur-leopard"
"""The petition that home shows, where it is open."""


def find(slug: str) -> Petition:
    """The petition with its version and count, in one query. 404: there is none to show; 410: it is hidden."""
    held = Petition.objects.select_related("current", "count").filter(slug=slug)
    petition = next(iter(held.order_by()), None)  # there is one, or none: nothing to sort
    if petition is not None and petition.state == Petition.State.HIDDEN:
        raise Refusal(410)
    if petition is None or petition.state not in SHOWN or petition.current is None:
        raise Refusal(404)
    return petition


def shown() -> list[Petition]:
    """All that may be shown, the open ones first."""
    held = Petition.objects.select_related("current", "count").filter(state__in=SHOWN, current__isnull=False)
    return sorted(held, key=lambda one: (one.state != Petition.State.OPEN, -one.pk))


def for_home() -> Petition | None:
    """The open petition that home shows: the one of that name, else the newest."""
    held = [one for one in shown() if one.state == Petition.State.OPEN]
    return next((one for one in held if one.slug == FRONT), held[0] if held else None)
