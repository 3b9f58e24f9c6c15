"""A real mail server on the loopback, and what the tests of mail have in common."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from orientalis_site.mail.models import Letter
from orientalis_site.petition import acts
from orientalis_site.petition.canonical import deliverable
from orientalis_site.petition.models import Petition, Signature
from orientalis_site.petition.signing import Form, sign
from tests.site.ports import free_port

OK = "250 taken"


@dataclass
class Post:
    """What the mail server took, and how it answers."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    on_recipient: Callable[[str], str] = lambda address: OK
    on_letter: Callable[[], str] = lambda: OK
    connections: int = 0

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        """Count the lines that were opened."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Answer for a recipient."""
        answer = self.on_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a letter, then answer: what is taken is taken, whatever the sender learns of it."""
        answer = self.on_letter()
        if answer.startswith("250"):
            made = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(made, EmailMessage)
            self.taken.append(made)
            self.recipients += envelope.rcpt_tos
        return answer

    def ids(self) -> list[str]:
        """The Message-IDs of what was taken."""
        return [str(one["Message-ID"]) for one in self.taken]


@contextmanager
def post_office(settings: Any) -> Iterator[Post]:
    """A mail server, and the site set to send by it."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells every word of every letter
    post = Post(free_port())
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    use(settings, post.port)
    try:
        yield post
    finally:
        controller.stop()


def use(settings: Any, port: int) -> None:
    """Send by a port of the loopback."""
    settings.EMAIL_BACKEND = "orientalis_site.mail.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False


def given(port: int) -> dict[str, str]:
    """The settings of a command in a process of its own: this test's database, keys and mail server."""
    held = connection.settings_dict
    url = ""
    if connection.vendor == "postgresql":
        from urllib.parse import quote

        secret = quote(held["PASSWORD"], safe="")
        url = f"postgresql://{held['USER']}:{secret}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    return {
        "ORIENTALIS_DATABASE_URL": url,
        "ORIENTALIS_MAIL": "smtp",
        "ORIENTALIS_SMTP_HOST": "127.0.0.1",
        "ORIENTALIS_SMTP_PORT": str(port),
        "ORIENTALIS_SITE_URL": site.SITE_URL,
    }


def signed(petition: Petition, address: str = "anna@example.org", **more: Any) -> Signature:
    """Somebody who filled in the form: the signature waits, and so does its letter."""
    held = {"name": "Anna", "address": deliverable(address), "country": "FR", "language": "en", **more}
    sign(petition, Form(**held))
    found = Letter.objects.select_related("signature").order_by("-pk").first()
    assert found is not None and isinstance(found.signature, Signature)
    return found.signature


def agreed(petition: Petition, address: str = "anna@example.org", **more: Any) -> Signature:
    """Somebody who signed, confirmed and agreed to news; no letter of hers waits."""
    signature = signed(petition, address, updates=True, **more)
    assert acts.confirm(signature)
    Letter.objects.filter(signature=signature).delete()
    signature.refresh_from_db()
    return signature


def age_claims(minutes: float = 3) -> None:
    """Let time pass since letters were claimed."""
    for one in Letter.objects.exclude(claimed_at=None):
        assert one.claimed_at is not None
        Letter.objects.filter(pk=one.pk).update(claimed_at=one.claimed_at - timedelta(minutes=minutes))


def make_due() -> None:
    """Let the time of waiting letters come."""
    Letter.objects.filter(state=Letter.State.WAITING).update(next_at=timezone.now())


def text_of(message: EmailMessage) -> str:
    """The plain text of a letter."""
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(message: EmailMessage) -> str:
    """The HTML of a letter."""
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def links(text: str) -> dict[str, str]:
    """The links with tokens in a text, by what they do."""
    found = re.findall(r"https?://\S+/(confirm|withdraw|not-me|unsubscribe)/([A-Za-z0-9_-]{43})/", text)
    return dict(found)
