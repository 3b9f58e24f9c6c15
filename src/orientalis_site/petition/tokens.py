"""Tokens of links in mails: 256 random bits, stored as a hash that holds their purpose."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from orientalis_site.petition.models import Office, Signature, Token

Purpose = Token.Purpose
LENGTH = 43
"""Letters of a token: 32 bytes in base 64."""


def issue(
    purposes: dict[Purpose, datetime | None], signature: Signature | None = None, office: Office | None = None
) -> dict[Purpose, str]:
    """Make a token for each purpose, valid until its time (None: as long as what it belongs to) and store its hash."""
    made = {purpose: secrets.token_urlsafe(32) for purpose in purposes}
    Token.objects.bulk_create(
        Token(
            hash=hashed(purpose, made[purpose]), purpose=purpose, signature=signature, office=office, expires_at=until
        )
        for purpose, until in purposes.items()
    )
    return made


def hashed(purpose: Purpose, token: str) -> str:
    """What is stored of a token: it opens nothing, and nothing but its own purpose."""
    return hashlib.sha256(f"{purpose.value}:{token}".encode()).hexdigest()


def find(purpose: Purpose, token: str, slug: str, now: datetime | None = None) -> Token | None:
    """The token with its signature and the number of its version, or with its office, petition and version; None where
    it is unknown, expired, of another purpose or of another petition. One query."""
    if len(token) != LENGTH:
        return None
    now = now or timezone.now()
    related = "office" if purpose == Purpose.ANSWER else "signature"
    rows = (
        Token.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now))
        .filter(hash=hashed(purpose, token), purpose=purpose, **{f"{related}__petition__slug": slug})
        .order_by()  # there is one, or none: to sort it would cost more than to find it
    )
    if related == "office":
        rows = rows.select_related("office__petition__current", "office__petition__count")
    else:  # whoever asks has the petition; its long texts are not read again
        rows = rows.select_related("signature__version").defer(
            "signature__version__text", "signature__version__evidence"
        )
    return next(iter(rows), None)
