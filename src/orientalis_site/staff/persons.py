"""What is held of one person, for requests by letter: all of it as JSON, or its erasure."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from orientalis_site.audit.chain import append
from orientalis_site.audit.models import Entry
from orientalis_site.kit.keys import keys
from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts
from orientalis_site.petition.canonical import canonical, deliverable
from orientalis_site.petition.models import Signature, Token
from orientalis_site.staff.models import User


def signatures(email: str) -> QuerySet[Signature]:
    """The signatures of a mailbox, however it is spelt, in all petitions and states. BadAddress."""
    hashes = [value for _, value in keys().keyed(canonical(deliverable(email)))]
    return Signature.objects.filter(email_key__in=hashes).select_related("petition", "version").order_by("id")


def export(email: str) -> dict[str, Any]:
    """Everything that is held of a person; the audit learns that it was asked for, not of whom by name."""
    found = list(signatures(email))
    accounts = User.objects.filter(email__iexact=deliverable(email)).values_list("username", flat=True)
    held = {"email": email, "signatures": [_signature(one) for one in found], "staff_accounts": sorted(accounts)}
    for one in found:
        append("program", "export_person", f"signature:{one.uid}")
    return held


def erase(email: str) -> int:
    """Erase all signatures of a person; how many that were."""
    return sum(acts.erase(one, actor="program") for one in signatures(email))


def _signature(signature: Signature) -> dict[str, Any]:
    times = ("created_at", "confirmed_at", "ended_at", "bounced_at")
    plain = ("state", "name", "country", "reason", "reason_state", "show_name", "updates", "language", "form_seconds")
    entries = Entry.objects.filter(subject=f"signature:{signature.uid}")
    return {
        "uid": str(signature.uid),
        "petition": signature.petition.slug,
        "version": signature.version.number,
        "text_hash": signature.version.text_hash,
        "email": keys().open(signature.email_sealed) if signature.email_sealed else "",
        "network_address_hash": signature.address_key,
        **{name: getattr(signature, name) for name in plain},
        **{name: _time(getattr(signature, name)) for name in times},
        "letters": [
            {"kind": one.kind, "topic": one.topic, "state": one.state, "created_at": _time(one.created_at)}
            for one in Letter.objects.filter(signature=signature).order_by("id")
        ],
        "links": [
            {"purpose": one.purpose, "expires_at": _time(one.expires_at)}
            for one in Token.objects.filter(signature=signature)
        ],
        "audit": [{"at": _time(one.at), "action": one.action, "actor": one.actor} for one in entries],
    }


def _time(at: Any) -> str | None:
    return at.isoformat() if at else None
