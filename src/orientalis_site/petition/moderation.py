"""What moderators decide of the reasons that signers give."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from orientalis_site.audit.chain import append, hold
from orientalis_site.petition.models import Signature
from orientalis_site.petition.states import NotAllowed
from orientalis_site.staff.models import User

CAUSES = ("insult", "advertising", "private", "off_topic", "figures")
"""Why a reason is refused. `private`: it tells of other people; `figures`: it states figures that nobody can check."""
MOST_AT_ONCE = 200


def decide_reasons(ids: Sequence[int], moderator: User, cause: str = "") -> int:
    """Show reasons that wait, or, with a cause, refuse them; how many that were. Who comes second changes nothing."""
    if cause and cause not in CAUSES:
        raise NotAllowed(f"a reason is refused for one of {', '.join(CAUSES)}; got {cause!r}")
    if len(ids) > MOST_AT_ONCE:
        raise NotAllowed(f"at most {MOST_AT_ONCE} reasons are decided at once")
    after = Signature.Reason.REFUSED if cause else Signature.Reason.SHOWN
    done = 0
    with transaction.atomic():
        hold()
        for signature in Signature.objects.filter(pk__in=ids, reason_state=Signature.Reason.WAITING):
            waiting = Signature.objects.filter(pk=signature.pk, reason_state=Signature.Reason.WAITING)
            if waiting.update(reason_state=after):
                held = {"cause": cause} if cause else {}
                append(f"user:{moderator.pk}", f"reason_{after}", f"signature:{signature.uid}", held)
                done += 1
    return done
