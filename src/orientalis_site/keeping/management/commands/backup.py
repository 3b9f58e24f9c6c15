"""`backup FOLDER`: database and bundles in one file, while the site goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orientalis_site.keeping import archive
from orientalis_site.keeping.database import KeepingError


class Command(BaseCommand):
    """Writes a back-up and removes the oldest ones."""

    help = "Write a back-up of database and bundles into a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and how many back-ups remain in it."""
        parser.add_argument("folder", type=Path, help="where back-ups are kept; made if need be")
        parser.add_argument("--keep", type=int, default=0, metavar="N", help="remove all but the newest N (0: none)")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        """Write it, or say in one sentence why not."""
        try:
            written = archive.write(folder)
        except (KeepingError, OSError) as error:
            raise CommandError(str(error), returncode=2) from None
        removed = archive.prune(folder, keep) if keep > 0 else []
        self.stdout.write(f"{written}: {written.stat().st_size:,} bytes; {len(removed)} older ones removed")
        self.stdout.write(
            f"The keys are not in it: keep copies of {settings.KEYS} and {settings.TOMBSTONES} elsewhere."
        )
