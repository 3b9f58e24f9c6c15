"""Sending what waits: one connection a batch, and a clear end for each letter."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from time import monotonic
from typing import Any

from django.core.mail import get_connection

from orientalis_site.mail import outbox
from orientalis_site.mail.compose import NoAddress, compose
from orientalis_site.mail.models import Letter
from orientalis_site.mail.outbox import Begun
from orientalis_site.mail.troubles import Fate, judge

BATCH = 20
LEASE = 45.0
"""Seconds after which a sender begins with no more letters of a batch: much less than `outbox.STALE`, so that no
other takes it for dead while the mail server is slow."""
PAUSE = 30.0
"""Seconds for which letters rest when the mail server takes none (assumed)."""


class NoCarrier(Exception):
    """The mail server cannot be reached, or takes nothing from us. `trouble` holds no address."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def send_batch(is_ended: Callable[[], bool] = lambda: False) -> int:
    """Send what waits, at most a batch; how many letters were claimed. NoCarrier: they wait on."""
    letters, claimed_at = outbox.claim(BATCH)
    if letters:
        Batch(letters, claimed_at, is_ended).run()
    return len(letters)


class Batch:
    """Letters that this sender has claimed. What it does not come to is given back."""

    def __init__(self, letters: list[Letter], claimed_at: datetime, is_ended: Callable[[], bool]) -> None:
        self.claimed = list(letters)
        self.claimed_at = claimed_at
        self.begun: list[Begun] = []
        self.is_ended = is_ended
        self.last = monotonic() + LEASE
        self.wait = 0.0
        self.sent = 0

    def run(self) -> None:
        """Send them."""
        carrier: Any = get_connection()
        try:
            try:
                carrier.open()
            except Exception as error:
                self.wait = PAUSE
                raise NoCarrier(judge(error).trouble) from None
            while (one := self._next()) is not None:
                self._send(carrier, one)
        finally:
            outbox.release([*(one.letter for one in self.begun), *self.claimed], self.wait)
            with suppress(Exception):  # a line that is broken already
                carrier.close()

    def _next(self) -> Begun | None:
        """The next letter that may be sent; None: none is left, or the time is over."""
        while not self.begun and self.claimed and self._has_time():
            # News is begun one by one, so that a sender that dies leaves one letter at most of which nobody knows.
            count = 1 if self.claimed[0].topic else sum(not one.topic for one in self.claimed)
            self.begun = outbox.begin(self.claimed[:count], self.claimed_at)
            del self.claimed[:count]
        return self.begun.pop(0) if self.begun and self._has_time() else None

    def _has_time(self) -> bool:
        return not self.is_ended() and monotonic() < self.last

    def _send(self, carrier: Any, begun: Begun) -> None:
        letter = begun.letter
        try:
            message = compose(letter, begun.made)
        except (NoAddress, ValueError) as error:
            outbox.failed(letter, f"it cannot be written: {type(error).__name__}")
            return
        try:
            carrier.send_messages([message])
        except Exception as error:
            self._judge(letter, error, bool(getattr(carrier, "is_handed_over", False)))
        else:
            self.sent += 1
            outbox.sent(letter)

    def _judge(self, letter: Letter, error: Exception, is_handed_over: bool) -> None:
        verdict = judge(error, is_handed_over=is_handed_over)
        if verdict.fate in (Fate.NO_MAILBOX, Fate.REFUSED):
            outbox.failed(letter, verdict.trouble, is_bounced=verdict.fate == Fate.NO_MAILBOX)
        elif verdict.fate == Fate.UNSURE and letter.topic:
            outbox.held(letter, verdict.trouble)
        else:
            outbox.later(letter, verdict.trouble)
        if verdict.fate in (Fate.DOWN, Fate.UNSURE):
            # Some servers hang up after so many letters: that is no trouble as long as it goes on.
            self.wait = 0.0 if self.sent else PAUSE
            raise NoCarrier(verdict.trouble) from None
