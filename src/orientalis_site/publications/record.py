"""Loading a bundle: the shelf first, then the record in the database."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from orientalis.evidence import Bundle
from orientalis_site.publications.models import Publication
from orientalis_site.publications.shelf import point_to, put


def publish(folder: Path) -> tuple[Bundle, bool]:
    """Put a bundle on the shelf, record it, then show it; True where it had not been published here before.

    Raises BundleError where the bundle is not whole: what is shown stays as it was.
    """
    from orientalis_site.pages.proof import prove  # pages look at the shelf

    bundle = put(folder)
    if not Publication.objects.filter(bundle_hash=bundle.hash).exists():
        prove(bundle)
    _, is_new = Publication.objects.get_or_create(
        bundle_hash=bundle.hash,
        defaults={
            "name": bundle.manifest.name,
            "version": bundle.manifest.orientalis,
            "evidence_date": bundle.manifest.date,
            "findings": len(bundle.findings),
            "published_at": timezone.now(),
        },
    )
    point_to(bundle.hash)
    return bundle, is_new
