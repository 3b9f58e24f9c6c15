"""The petitions that come with the program: loaded once, and never changed afterwards by it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from orientalis.evidence import Bundle
from orientalis_site.petition.models import Count, Petition
from orientalis_site.petition.states import GOALS, draft
from orientalis_site.petition.texts import Text

FOLDER = Path(__file__).resolve().parent / "shipped"


def load(bundle: Bundle, now: datetime | None = None) -> list[str]:
    """Put the shipped petitions that are not there yet into the database; their slugs."""
    return [slug for file in sorted(FOLDER.glob("*.toml")) for slug in _load(file, bundle, now or timezone.now())]


def _load(file: Path, bundle: Bundle, now: datetime) -> Iterator[str]:
    held = tomllib.loads(file.read_text(encoding="utf-8"))
    text = Text.model_validate(held["text"])
    known = {"counted_elsewhere": held.get("counted_elsewhere", 0), "counted_source": held.get("counted_source", "")}
    with transaction.atomic():
        petition, is_new = Petition.objects.get_or_create(slug=held["slug"], defaults={"goals": list(GOALS), **known})
        if not is_new:
            return
        Count.objects.create(petition=petition)
        version = draft(petition, text, bundle, None, is_shipped=True)
        version.published_at = now
        version.save()
        petition.current, petition.state = version, held["state"]
        if petition.state == Petition.State.OPEN:
            petition.opened_at = now
        petition.save()
    yield petition.slug
