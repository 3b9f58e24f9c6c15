"""`purge [--dry-run]`: the retention clock, once; to be run every day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from orientalis_site.delivery.keeping import forget
from orientalis_site.staff import retention


class Command(BaseCommand):
    """Clears what has been kept long enough, and says how much that was."""

    help = "Delete or anonymise what has been kept long enough: docs/site says what and when."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """To look first."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Clear, or look, and print one line a rule."""
        numbers = retention.due() if dry_run else retention.purge()
        for name, number in numbers.items():
            self.stdout.write(f"{name}: {number:,}{' (would be)' if dry_run else ''}")
        if not dry_run:
            self.stdout.write(f"lists of signatures with a name taken back, removed: {len(forget())}")
