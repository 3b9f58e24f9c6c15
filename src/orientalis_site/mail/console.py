"""Mail on a console: what a reader of mail would see, in plain text, each link whole on a line of its own."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

HEADERS = ("From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe")
_LOCK = threading.Lock()


class Backend(BaseEmailBackend):
    """Prints letters to stdout, at once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Print them; how many."""
        for message in email_messages:
            with _LOCK:
                sys.stdout.write(plain(message))
                sys.stdout.flush()
        return len(email_messages)


def plain(message: EmailMessage) -> str:
    """A letter as it is printed: its headers and its text, nothing encoded and no line broken."""
    headers = {
        "From": message.from_email or "",
        "To": ", ".join(message.to),
        "Subject": str(message.subject),
        **{str(name): str(value) for name, value in message.extra_headers.items()},
    }
    lines = [f"{name}: {headers[name]}" for name in HEADERS if name in headers]
    return "\n".join(["=" * 72, *lines, "", str(message.body).rstrip(), "=" * 72, ""])
