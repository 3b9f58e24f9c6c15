"""Letters that came back. What is learnt is kept with the signature, and told to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import Any

from django.db import transaction
from django.utils import timezone

from orientalis_site.mail import identity
from orientalis_site.mail.models import Letter
from orientalis_site.petition.models import Signature

LONGEST = 1024 * 1024
"""Bytes of a notification that are read; the statuses stand at its beginning."""
PASSING = ("5.2.2", "5.2.3", "5.3.", "5.7.")
"""Called permanent, but not about whether the mailbox exists: it is full, the letter too large, policy."""


def read(content: bytes) -> tuple[Letter, str] | None:
    """The letter and the status of a delivery status notification (RFC 3464) that says that a letter failed for good;
    None for anything else."""
    message = BytesParser(policy=policy.compat32).parsebytes(content[:LONGEST])
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(message.walk())
    status = next((found for part in parts for found in _failures(part)), "")
    if not status.startswith("5.") or status.startswith(PASSING):
        return None
    letter = identity.find(" ".join(_ids(parts)))
    return (letter, status) if letter else None


def bounce(letter: Letter, status: str) -> None:
    """Its mailbox does not exist: it is sent no news any more."""
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(trouble=f"it came back: {status}"[:200])
        if letter.signature_id:
            now = timezone.now()
            Signature.objects.filter(pk=letter.signature_id, bounced_at=None).update(bounced_at=now)


def _failures(part: Message[Any, Any]) -> Iterator[str]:
    """The statuses of the recipients for whom it failed."""
    blocks = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(blocks, list):
        return
    for block in blocks:
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            found = re.search(r"\b[245]\.\d{1,3}\.\d{1,3}\b", str(block.get("Status", "")))
            yield found[0] if found else ""


def _ids(parts: list[Message[Any, Any]]) -> Iterator[str]:
    """Where the Message-ID of the letter may stand: in the copy of its headers, or in what the notification answers."""
    for part in parts:
        yield from (str(part.get(name, "")) for name in ("Message-ID", "In-Reply-To", "References"))
        if part.get_content_type() == "text/rfc822-headers":
            held = part.get_payload(decode=True)
            yield held.decode("utf-8", "replace") if isinstance(held, bytes) else ""
