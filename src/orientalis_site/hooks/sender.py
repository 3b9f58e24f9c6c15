"""Sending what waits. A message is claimed by putting its next attempt off, so two senders never send it at once, and
one that dies in between leaves it for later. No transaction is open while the net is waited for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from orientalis_site.hooks import signature, wire
from orientalis_site.hooks.models import Message, Subscription
from orientalis_site.kit.keys import keys

logger = logging.getLogger(__name__)
PAUSES = tuple(timedelta(seconds=one) for one in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""After each attempt that failed, as standardwebhooks.com advises; after the last a message is given up."""
CLAIM = timedelta(seconds=120)
"""For how long an attempt has the message to itself: much longer than one can last."""
MOST_FAILURES = 20
"""Attempts in a row that fail before an address is told nothing more (assumed)."""
AT_ONCE = 100

Post = Callable[[str, bytes, Mapping[str, str]], int]


def send_due(now: datetime | None = None, post: Post = wire.post) -> int:
    """Send the messages whose time has come; how many were taken by their addresses."""
    begun = now or timezone.now()
    due = Message.objects.filter(state=Message.State.WAITING, next_at__lte=begun, subscription__disabled_at=None)
    sent = 0
    for message in due.select_related("subscription").order_by("next_at", "id")[:AT_ONCE]:
        at = now or timezone.now()  # each claim lasts from its own attempt: those before it may have been slow
        claimed = Message.objects.filter(
            pk=message.pk, state=Message.State.WAITING, attempts=message.attempts, next_at=message.next_at
        ).update(attempts=message.attempts + 1, next_at=at + CLAIM)
        if not claimed or not Subscription.objects.filter(pk=message.subscription_id, disabled_at=None).exists():
            continue
        message.attempts += 1
        sent += _attempt(message, at, post)
    return sent


def _attempt(message: Message, now: datetime, post: Post) -> int:
    body = message.body.encode()
    try:
        secret = keys().open(message.subscription.secret_sealed)
        headers = signature.headers(secret, message.uid, int(now.timestamp()), body)
        status = post(message.subscription.address, body, headers)
    except (wire.Unsendable, ValueError) as error:
        _fail(message, now, str(error))
        return 0
    if 200 <= status < 300:
        Message.objects.filter(pk=message.pk).update(state=Message.State.SENT, sent_at=now, trouble="")
        Subscription.objects.filter(pk=message.subscription_id).update(failures=0)
        return 1
    _fail(message, now, f"it answered {status}", is_gone=status == 410)
    return 0


def _fail(message: Message, now: datetime, trouble: str, *, is_gone: bool = False) -> None:
    is_last = message.attempts > len(PAUSES)
    later = now + (timedelta(0) if is_last else PAUSES[message.attempts - 1])
    state = Message.State.FAILED if is_last else Message.State.WAITING
    Message.objects.filter(pk=message.pk).update(state=state, next_at=later, trouble=trouble[:200])
    held = Subscription.objects.get(pk=message.subscription_id)
    failures = min(held.failures + 1, 30_000)
    is_over = is_gone or is_last or failures >= MOST_FAILURES
    Subscription.objects.filter(pk=held.pk).update(failures=failures, **({"disabled_at": now} if is_over else {}))
    logger.warning("hook message %s, attempt %d: %s", message.uid, message.attempts, trouble)
    if is_over:
        waiting = Message.objects.filter(subscription=held, state=Message.State.WAITING)
        waiting.update(state=Message.State.FAILED, trouble="its address is told nothing more")
        logger.warning("subscription %d is disabled after %d failures: %s", held.pk, failures, trouble)
