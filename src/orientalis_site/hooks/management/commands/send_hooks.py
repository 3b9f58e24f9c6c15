"""`send_hooks`: send the webhooks that wait."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from orientalis_site.hooks.sender import send_due
from orientalis_site.kit import loops

PAUSE = 5.0
"""Seconds between two looks (assumed)."""


class Command(BaseCommand):
    """Sends what is due, once or for as long as it is not ended. Several may run at once: no message is sent twice."""

    help = "Send the webhooks whose time has come."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or again and again."""
        parser.add_argument("--loop", action="store_true", help="go on, looking every few seconds")
        parser.add_argument("--until-stdin-closes", action="store_true", help="with --loop: end with the starter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send."""
        if not options["loop"]:
            self.stdout.write(f"{send_due()} messages sent")
            return
        end = loops.End()
        end.heed_signals()
        if options["until_stdin_closes"]:
            end.heed_parent()
        loops.repeat("send_hooks", send_due, PAUSE, end)
