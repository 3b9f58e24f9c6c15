"""`run_fraud_rules`: the batches of the rules that moderators have started or are undoing."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from orientalis_site.staff.fraud import step_all


class Command(BaseCommand):
    """Runs until nothing is left; a process that is killed leaves whole batches, and the next goes on."""

    help = "Run the fraud rules that were started, in batches, until nothing is left of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How long to rest between batches, so that signing is not held up."""
        parser.add_argument("--rest", type=float, default=0.1, help="seconds between batches")

    def handle(self, *args: Any, rest: float, **options: Any) -> None:
        """Run, and say how many signatures were looked at."""
        total = 0
        while done := step_all():
            total += done
            time.sleep(max(0.0, min(rest, 60.0)))
        self.stdout.write(f"{total:,} signatures were looked at")
