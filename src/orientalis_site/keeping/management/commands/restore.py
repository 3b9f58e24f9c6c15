"""`restore FILE`: the site as it was when a back-up was written."""

import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from orientalis_site.keeping import aftermath, archive
from orientalis_site.keeping.database import KeepingError


class Command(BaseCommand):
    """Verifies a back-up and puts it in the place of what is there; a bad one changes nothing."""

    help = "Bring database and bundles back from a back-up. The site must not run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="a file that `backup` wrote")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Bring it back and bring the tables up to date, or say in one sentence why not."""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", settings.PORT)) == 0:
                raise CommandError(f"The site runs on port {settings.PORT}: end it first.", returncode=2)
        try:
            contents = archive.read(file)
        except (KeepingError, OSError) as error:
            raise CommandError(f"{error}. Nothing was changed.", returncode=2) from None
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write(f"{file}: restored")
        found = aftermath.put_right(contents.audit)
        for line in found.said:
            self.stdout.write(line)
        for line in found.warnings:
            self.stderr.write(f"Warning: {line}")
        if found.faults:
            raise CommandError("; ".join(found.faults), returncode=1)
