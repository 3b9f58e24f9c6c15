"""`send_hooks [--loop]`: send the webhooks that wait."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from orientalis_site.hooks.sender import send_due

PAUSE = 5.0
"""Seconds between two looks (assumed)."""


class Command(BaseCommand):
    """Sends once, or until it is asked to end."""

    help = "Send the webhooks that wait; with --loop until it is interrupted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to go on."""
        parser.add_argument("--loop", action="store_true", help="look again every few seconds")

    def handle(self, *args: Any, loop: bool, **options: Any) -> None:
        """Send; the message under way is finished before the end."""
        if not loop:
            self.stdout.write(f"{send_due()} messages sent")
            return
        end = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: end.set())
        while not end.is_set():
            try:
                send_due()
            except DatabaseError as error:
                self.stderr.write(f"The database does not answer ({type(error).__name__}); once more in a moment.")
            close_old_connections()
            end.wait(PAUSE)
