"""What a provider reports of letters, at an address that only who holds the shared secret may post to."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import URLPattern, path

from orientalis_site.kit.posting import capability
from orientalis_site.mail import identity
from orientalis_site.mail.bounces import bounce
from orientalis_site.mail.environment import PROVIDERS
from orientalis_site.petition import acts


def connect() -> None:
    """Listen to what anymail tells, where a provider carries the mail."""
    if settings.MAIL.name in PROVIDERS:
        from anymail.signals import tracking

        tracking.connect(heed, dispatch_uid="orientalis_site.mail")


def heed(sender: Any, event: Any, **_: Any) -> None:
    """Note a mailbox that does not exist, and a reader who complained."""
    letter = identity.find(str((event.metadata or {}).get("letter", "")))
    if letter is None:
        return
    if event.event_type == "bounced" or (event.event_type == "rejected" and event.reject_reason == "invalid"):
        bounce(letter, f"{event.event_type} {event.reject_reason or ''}".strip())
    elif event.event_type in ("complained", "unsubscribed") and letter.signature is not None:
        acts.unsubscribe(letter.signature)


def addresses() -> list[URLPattern]:
    """The provider's address: none without a provider and its secret."""
    if settings.MAIL.name not in PROVIDERS or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return []
    from anymail import urls

    wanted = f"{PROVIDERS[settings.MAIL.name]}_tracking_webhook"
    found = next(one for one in urls.urlpatterns if one.name == wanted)
    assert found.callback is not None
    view = capability(found.callback)  # the secret is the right to post
    view.takes_any_body = True
    return [path(f"mail/{settings.MAIL.name}/tracking/", view, name="mail_tracking")]
