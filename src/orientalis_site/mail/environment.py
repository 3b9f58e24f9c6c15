"""The settings of mail: who carries it. Typed, and a wrong one stops the start with a clear sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from orientalis_site.environment import Environment

PROVIDERS = {
    "amazon-ses": "amazon_ses",
    "brevo": "brevo",
    "mailersend": "mailersend",
    "mailgun": "mailgun",
    "mailjet": "mailjet",
    "mandrill": "mandrill",
    "postmark": "postmark",
    "resend": "resend",
    "sendgrid": "sendgrid",
    "sparkpost": "sparkpost",
    "unisender-go": "unisender_go",
}
"""Providers by the names that django-anymail has in addresses, with its modules."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Carrier:
    """Who carries mail, and how."""

    name: str
    backend: str
    sender: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "none"
    anymail: dict[str, Any] = field(default_factory=dict, repr=False)


def carrier(environment: Environment, site_url: str) -> Carrier:
    """The carrier that the environment names: the console by default."""
    name = environment.choice("ORIENTALIS_MAIL", "console", ("console", "smtp", *PROVIDERS))
    host = urlsplit(site_url).hostname or "localhost"
    sender = environment.sender("ORIENTALIS_MAIL_FROM", f"Orientalis <petition@{host}>")
    if name == "console":
        return Carrier(name, "orientalis_site.mail.console.Backend", sender)
    if name == "smtp":
        server = environment.text("ORIENTALIS_SMTP_HOST", "localhost")
        default = "none" if server in LOOPBACK else "starttls"
        return Carrier(
            name,
            "orientalis_site.mail.smtp.Backend",
            sender,
            server,
            environment.integer("ORIENTALIS_SMTP_PORT", 587, 1, 65535),
            environment.text("ORIENTALIS_SMTP_USER", ""),
            environment.text("ORIENTALIS_SMTP_PASSWORD", ""),
            environment.choice("ORIENTALIS_SMTP_TLS", default, ("none", "starttls", "tls")),
        )
    settings: dict[str, Any] = {**environment.starting_with("ORIENTALIS_ANYMAIL_"), "REQUESTS_TIMEOUT": (10, 30)}
    secret = environment.optional_secret("ORIENTALIS_MAIL_WEBHOOK_SECRET")
    if secret and ":" not in secret:
        raise ImproperlyConfigured("ORIENTALIS_MAIL_WEBHOOK_SECRET: got a word; expected two, as name:password.")
    if secret:
        settings["WEBHOOK_SECRET"] = secret
    return Carrier(name, f"anymail.backends.{PROVIDERS[name]}.EmailBackend", sender, anymail=settings)
