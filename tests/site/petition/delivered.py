"""Petitions with signatures, made past the forms, for what comes after signing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from orientalis_site.delivery import place
from orientalis_site.delivery.handing_over import deliver
from orientalis_site.kit.keys import keys
from orientalis_site.petition.counting import tick
from orientalis_site.petition.models import Event, Petition, Signature
from orientalis_site.petition.shipping import load
from orientalis_site.petition.states import State, move
from orientalis_site.publications.shelf import current
from tests.site.evidence import SHIPPED, shipped
from tests.site.inside import show

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
OPEN, FOUNDING = "save-the-amur-leopard", "stop-amur-leopard-poaching-and-habitat-loss"
MANY = {"RU": 31, "CN": 22, "DE": 9, "US": 6, "KR": 5, "FR": 4, "SE": 1}


def petition(slug: str = OPEN) -> Petition:
    """A shipped petition, opened at START."""
    load(shipped(), START)
    return Petition.objects.select_related("count", "current").get(slug=slug)


def sign(
    held: Petition, name: str, country: str = "DE", *, day: int = 0, shown: bool = True, mail: str = ""
) -> Signature:
    """A confirmed signature with its event."""
    at = START + timedelta(days=day, seconds=Signature.objects.count())
    address = mail or f"signer{Signature.objects.count()}@secret-mailbox.example"
    version, key = keys().keyed(address)[0]
    signature = Signature.objects.create(
        petition=held, version=held.current, state=Signature.State.CONFIRMED, name=name, country=country,
        show_name=shown, updates=True, language="en", email_key=key, pepper=version,
        email_sealed=keys().seal(address), created_at=at, confirmed_at=at,
    )  # fmt: skip
    Event.objects.create(
        petition=held, signature=signature, delta=1, cause="confirmed", country=country,
        version=held.current.number, at=at,
    )  # fmt: skip
    return signature


def sign_many(held: Petition, countries: dict[str, int] = MANY) -> None:
    """Signatures from several countries over some weeks, folded into the count."""
    place = 0
    for country, count in countries.items():
        for _ in range(count):
            sign(held, f"Signer {place}", country, day=(place * place) % 41, shown=place % 3 == 0)
            place += 1
    tick(timezone.now())
    held.refresh_from_db()
    held.count.refresh_from_db()


def closed(slug: str = OPEN) -> Petition:
    """A petition with signatures that is closed."""
    held = petition(slug)
    if held.state == State.OPEN:
        sign_many(held)
        move(held, State.CLOSED, "program", START + timedelta(days=60))
    held = Petition.objects.select_related("count", "current").get(pk=held.pk)
    return held


class _Undo(Exception):
    pass


@contextmanager
def folder_of_delivery(var: Path) -> Iterator[Path]:
    """The folder of a delivery made in a database that forgets it; needs access to the database."""
    with override_settings(VAR=var, KEYS=var / "keys"):
        show(SHIPPED)
        try:
            with transaction.atomic():
                held = closed()
                made = deliver(held, "program", START + timedelta(days=61))
                place.folder(held.slug, made.hash).rename(var / "delivery")
                place.whole(held.slug, made.hash).rename(var / "delivery.zip")
                raise _Undo
        except _Undo:
            yield var / "delivery"
        finally:
            current.forget()
