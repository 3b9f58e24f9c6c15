"""`send_outbox`: send the letters that wait."""

import os
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orientalis_site.kit import loops
from orientalis_site.mail import outbox
from orientalis_site.mail.sender import NoCarrier, send_batch

PAUSE = 1.0
"""Seconds between two looks into the outbox."""
NICE = 5
"""How far a sender beside a server stands back: who signs waits for an answer, and a letter may come a second later."""
RECOVERY_SECONDS = 30.0
"""How often letters of senders that died are looked for (assumed)."""


class Command(BaseCommand):
    """Sends what waits, once or for as long as it is not ended. Several may run at once: no letter is sent twice."""

    help = "Send the letters of the outbox whose time has come."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or again and again."""
        parser.add_argument("--loop", action="store_true", help="go on, looking about every second")
        parser.add_argument("--until-stdin-closes", action="store_true", help="with --loop: end with the starter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send."""
        loops.unbuffered()
        end = loops.End()
        if not options["loop"]:
            self._once(end)
            return
        end.heed_signals()
        if options["until_stdin_closes"]:
            end.heed_parent()
            os.nice(NICE)
        recovered_at = [0.0]

        def step() -> int:
            if monotonic() > recovered_at[0] + RECOVERY_SECONDS or not recovered_at[0]:
                outbox.recover()
                recovered_at[0] = monotonic()
            return send_batch(end)

        loops.repeat("send_outbox", step, PAUSE, end)

    def _once(self, end: loops.End) -> None:
        outbox.recover()
        try:
            while send_batch(end):
                pass
        except NoCarrier as error:
            raise CommandError(
                f"The mail server takes no letters ({error.trouble}); they wait. See ORIENTALIS_MAIL.", returncode=1
            ) from None
