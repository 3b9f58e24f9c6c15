"""`load_bundle FOLDER`: verify a bundle and show it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from orientalis.evidence import BundleError
from orientalis_site.publications.record import publish
from orientalis_site.publications.shelf import choose, choose_none


class Command(BaseCommand):
    """Verifies every file, copies the bundle to the shelf and points to it; a bad one changes nothing."""

    help = "Verify an evidence bundle and show it (default: ORIENTALIS_BUNDLE, else the shipped one)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", nargs="?", type=Path, default=None, help="a folder made by `orientalis publish`")

    def handle(self, *args: Any, folder: Path | None = None, **options: Any) -> None:
        """Load it, or say in one paragraph why not."""
        call_command("collectstatic", verbosity=0, interactive=False)  # the pages that prove a bundle name its files
        try:
            bundle, is_new = publish(folder or settings.BUNDLE)
            if folder is None:
                choose_none()
            else:
                choose(bundle.hash)
        except BundleError as error:
            raise CommandError(f"{error} What was shown before stays.", returncode=2) from None
        except OSError as error:
            raise CommandError(f"{error}. What was shown before stays.", returncode=1) from None
        words = "published" if is_new else "shown again"
        self.stdout.write(
            f"Bundle {bundle.hash[:10]} of {bundle.manifest.date}: {len(bundle.findings)} findings, {words}."
        )
