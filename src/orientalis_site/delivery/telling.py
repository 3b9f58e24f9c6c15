"""Who is told of what: the offices that a petition was handed over, its supporters of that and of each answer."""

from __future__ import annotations

from datetime import datetime

from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.petition.models import Office, Petition, Response, Token

CAME_BACK = "it came back"
"""How the trouble of a letter begins that was sent and returned (`mail/bounces.py`)."""


def tell(petition: Petition, now: datetime) -> None:
    """Write to each office that has an address, and to the supporters who agreed to news."""
    for office in Office.objects.filter(petition=petition):
        tell_office(office, now, is_new=True)
    announce(petition, "delivered", "delivered", now)


def tell_office(office: Office, now: datetime, *, is_new: bool) -> bool:
    """Write to an office that it was handed its petition, once; whether that was now. The petition's row is locked.

    `is_new`: its address has just been set. A letter that waits goes to that; one that failed is written anew.
    """
    topic = f"office:{office.pk}"
    letters = Letter.objects.filter(kind="office", petition_id=office.petition_id, topic=topic)
    letters.filter(state=Letter.State.WAITING).update(to_sealed=office.email_sealed, language=office.language)
    if not office.email_sealed:
        return False
    lost = (Letter.State.FAILED, Letter.State.DROPPED)
    if letters.exclude(state__in=lost).exclude(trouble__startswith=CAME_BACK).exists():
        return False
    # Old letters are cleared away; the link that went with one stays.
    had_one = letters.exists() or Token.objects.filter(office=office, purpose=Token.Purpose.ANSWER).exists()
    if had_one and not is_new:
        return False
    Letter.objects.create(
        kind="office",
        petition_id=office.petition_id,
        topic=topic,
        to_sealed=office.email_sealed,
        language=office.language,
        created_at=now,
        next_at=now,
    )
    return True


def tell_of_answer(petition: Petition, response: Response, now: datetime) -> None:
    """Write to the supporters who agreed to news that an office has answered."""
    announce(petition, "answered", f"answered:{response.pk}", now)
