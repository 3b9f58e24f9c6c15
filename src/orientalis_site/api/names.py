"""The latest public names and reasons, some at a time.

A cursor is a moment and how many of that very moment were given already: it tells nothing of rows that are not shown,
and none is left out or given twice while others sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from orientalis_site.petition.models import Petition, Signature

AT_ONCE = 100
"""The most that is given at once."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PATTERN = r"^([1-9][0-9]{0,16}-[0-9]{1,4})?$"
"""What a cursor looks like; the empty one is that of the latest."""


@dataclass(frozen=True)
class Cursor:
    """After `skip` rows of the moment `at`."""

    at: datetime
    skip: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.skip}"


def parse(text: str) -> Cursor | None:
    """The cursor of a text of the pattern."""
    if not text:
        return None
    micros, _, skip = text.partition("-")
    return Cursor(_EPOCH + timedelta(microseconds=int(micros)), int(skip))


def latest(petition: Petition, limit: int, cursor: Cursor | None = None) -> tuple[list[Signature], Cursor | None]:
    """Public signatures, the latest first, and the cursor of those that follow. One query."""
    public = Signature.objects.filter(petition=petition, state=Signature.State.CONFIRMED).filter(
        Q(show_name=True) | Q(reason_state=Signature.Reason.SHOWN)
    )
    rows = public.order_by("-confirmed_at", "id")
    if cursor is not None:
        rows = rows.filter(confirmed_at__lte=cursor.at)
    skip = cursor.skip if cursor is not None else 0
    # The rows of the cursor's own moment come first, so what was given of them is what stands at the front.
    found = list(rows[skip : skip + limit + 1])
    if len(found) <= limit:
        return found, None
    found.pop()
    last = found[-1].confirmed_at
    assert last is not None
    same = sum(one.confirmed_at == last for one in found)
    same += skip if cursor is not None and cursor.at == last else 0
    return found, Cursor(last, same)


def reason_of(signature: Signature) -> str | None:
    """The reason, where a moderator lets it be shown."""
    return signature.reason if signature.reason_state == Signature.Reason.SHOWN and signature.reason else None
