"""What happens to petitions, told to whoever listens, in the transaction of the deed: `happened(OPENED, petition)`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orientalis_site.petition.models import Petition

MILESTONE = "signature.milestone"
OPENED = "petition.opened"
CLOSED = "petition.closed"
DELIVERED = "petition.delivered"
ANSWERED = "petition.answered"
UPDATE = "update.published"
KINDS = (MILESTONE, OPENED, CLOSED, DELIVERED, ANSWERED, UPDATE)
STATES = {"open": OPENED, "closed": CLOSED, "delivered": DELIVERED, "answered": ANSWERED}
"""What a petition's move to a state is called."""

Listener = Callable[[str, Petition, dict[str, Any]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Call `listener(kind, petition, details)` whenever something happens. Once, when the program starts."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


def happened(kind: str, petition: Petition, **details: Any) -> None:
    """Tell it. `details` never hold anything of a person."""
    for listener in _listeners:
        listener(kind, petition, details)
