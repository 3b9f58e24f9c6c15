"""Who is told of what: the offices that a petition was handed over, its supporters of that and of each answer."""

from __future__ import annotations

from datetime import datetime

from orientalis_site.mail.models import Letter
from orientalis_site.mail.news import announce
from orientalis_site.petition.models import Office, Petition, Response


def tell(petition: Petition, now: datetime) -> None:
    """Write to each office that has an address, and to the supporters who agreed to news."""
    letters = [
        Letter(
            kind="office",
            petition=petition,
            topic=f"office:{office.pk}",
            to_sealed=office.email_sealed,
            language=office.language,
            created_at=now,
            next_at=now,
        )
        for office in Office.objects.filter(petition=petition).exclude(email_sealed="")
    ]
    Letter.objects.bulk_create(letters)
    announce(petition, "delivered", "delivered", now)


def tell_of_answer(petition: Petition, response: Response, now: datetime) -> None:
    """Write to the supporters who agreed to news that an office has answered."""
    announce(petition, "answered", f"answered:{response.pk}", now)
