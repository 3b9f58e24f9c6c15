"""The list of signatures that anybody may fetch, and the names in it whose owners have thought better of it.

What an office was handed cannot be called back. What the site shows can: once a name of the list no longer stands, the
list, and the archive that holds it, are no longer served, and `forget` takes them off the disk.
"""

from __future__ import annotations

from orientalis_site.delivery import place
from orientalis_site.delivery.manifest import SIGNATURES
from orientalis_site.delivery.models import Delivery
from orientalis_site.petition.acts import REINSTATED
from orientalis_site.petition.models import Event, Signature


def is_withheld(delivery: Delivery) -> bool:
    """Whether a name in the list was withdrawn, struck out or erased since it was handed over."""
    if not delivery.named:
        return False
    # Who was put back by a moderator since was perhaps not in the list, and must not stand in for one who was.
    back = Event.objects.filter(petition_id=delivery.petition_id, cause=REINSTATED, at__gte=delivery.made_at)
    standing = Signature.objects.filter(
        petition_id=delivery.petition_id,
        state=Signature.State.CONFIRMED,
        show_name=True,
        pk__lte=delivery.last_signature,
    ).exclude(pk__in=back.values("signature_id"))
    return standing.count() < delivery.named


def overdue() -> list[Delivery]:
    """The deliveries whose list is withheld and lies on the disk still."""
    return [
        one
        for one in Delivery.objects.select_related("petition")
        if (place.folder(one.petition.slug, one.hash) / SIGNATURES).exists() and is_withheld(one)
    ]


def forget() -> list[str]:
    """Take the lists off the disk in which a name no longer stands; the slugs of their petitions."""
    found = overdue()
    for delivery in found:
        slug = delivery.petition.slug
        place.whole(slug, delivery.hash).unlink(missing_ok=True)
        (place.folder(slug, delivery.hash) / SIGNATURES).unlink()
    return [one.petition.slug for one in found]
