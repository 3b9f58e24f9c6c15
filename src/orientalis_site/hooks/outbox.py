"""Writing messages, in the transaction of the deed: both stand or fall together."""

from __future__ import annotations

import json
import secrets
from datetime import UTC
from typing import Any

from django.utils import timezone

from orientalis_site.hooks.models import Message, Subscription
from orientalis_site.kit import languages
from orientalis_site.pages import links
from orientalis_site.petition.models import Count, Petition

TELLABLE = ("goal", "update", "version", "target")
"""The details that may be told; whatever else a deed says stays here."""


def write(kind: str, petition: Petition, details: dict[str, Any]) -> None:
    """A message to each subscription that wants this kind."""
    wanting = [one for one in Subscription.objects.filter(disabled_at=None) if not one.kinds or kind in one.kinds]
    if not wanting:
        return
    now = timezone.now()
    text = json.dumps(
        {
            "type": kind,
            "timestamp": now.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "data": data(petition, details),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    Message.objects.bulk_create(
        Message(
            subscription=one, uid=f"msg_{secrets.token_urlsafe(18)}", kind=kind, body=text, created_at=now, next_at=now
        )
        for one in wanting
    )


def data(petition: Petition, details: dict[str, Any]) -> dict[str, Any]:
    """What a message says of a petition: where it stands and where to read on."""
    confirmed = Count.objects.filter(petition=petition).values_list("confirmed", flat=True).first() or 0
    name = f"petitions/{petition.slug}"
    return {
        "petition": petition.slug,
        "state": petition.state,
        "supporters": petition.counted_elsewhere + confirmed,
        "page": links.whole(links.page(languages.CODES[0], name)),
        "json": links.whole(links.twin(languages.CODES[0], name, "json")),
        **{key: details[key] for key in TELLABLE if key in details},
    }
