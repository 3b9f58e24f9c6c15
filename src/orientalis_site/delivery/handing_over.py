"""Handing a petition over: once, whole, and never changed afterwards.

First the files lie on the disk, then one transaction makes the petition delivered, records it and writes the letters.
An interruption between the two leaves a folder that nothing names; the next try removes it and begins anew.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from orientalis_site.audit.chain import append
from orientalis_site.delivery import place
from orientalis_site.delivery.dossier import dossier
from orientalis_site.delivery.manifest import MANIFEST, PETITION, SIGNATURE, SIGNATURES, manifest, record, sign
from orientalis_site.delivery.models import Delivery
from orientalis_site.delivery.signatures import write_signatures
from orientalis_site.delivery.tally import Tally
from orientalis_site.delivery.telling import tell
from orientalis_site.kit import languages
from orientalis_site.petition.models import Office, Petition, Version
from orientalis_site.petition.snapshots import text_of
from orientalis_site.petition.states import NotAllowed, State, move


def deliver(petition: Petition, actor: str, now: datetime | None = None) -> Delivery:
    """Hand a closed petition over. NotAllowed where it is not closed, DossierError where its dossier cannot be set."""
    now = (now or timezone.now()).replace(microsecond=0)
    with place.alone(petition.slug) as waiting:
        held = Petition.objects.select_related("current", "count").get(pk=petition.pk)
        if held.state != State.CLOSED:
            raise NotAllowed(f"{held.slug} is {held.state}: only a closed petition can be delivered")
        place.remove(held.slug, place.WAITING)
        tally, content = write(held, waiting, now)
        delivery_hash = hashlib.sha256(content).hexdigest()
        place.settle(waiting, held.slug, delivery_hash)
        with transaction.atomic():
            move(held, State.DELIVERED, actor, now)
            delivery = Delivery.objects.create(
                petition=held,
                hash=delivery_hash,
                manifest=content.decode(),
                named=tally.named,
                last_signature=tally.last,
                made_at=now,
            )
            _give(held, now)
            append(actor, "deliver", f"petition:{held.slug}", {"hash": delivery_hash, "confirmed": tally.confirmed})
            tell(held, now)
    petition.refresh_from_db()
    return delivery


def write(petition: Petition, folder: Path, moment: datetime) -> tuple[Tally, bytes]:
    """Write all files of a delivery into a folder; what was counted, and the manifest."""
    with (folder / SIGNATURES).open("w", encoding="utf-8", newline="") as file:
        tally = write_signatures(file, petition)
    versions = shown_versions(petition)
    (folder / PETITION).write_bytes(record(petition, versions, tally, moment))
    for language in languages.CODES:
        made = dossier(petition, petition.current, tally, language, moment, is_final=True)
        (folder / f"dossier-{language}.pdf").write_bytes(made)
    content = manifest(petition, versions, tally, moment, folder)
    (folder / MANIFEST).write_bytes(content)
    (folder / SIGNATURE).write_bytes(sign(content))
    return tally, content


def shown_versions(petition: Petition) -> list[Version]:
    """The versions that were published: those that anybody can have signed."""
    return list(Version.objects.filter(petition=petition).exclude(published_at=None))


def _give(petition: Petition, now: datetime) -> None:
    """Let the clock of each office run; a target without a post box gets one without address."""
    for target in text_of(petition.current).targets:
        Office.objects.get_or_create(petition=petition, target=target.id)
    Office.objects.filter(petition=petition, delivered_at=None).update(delivered_at=now)
