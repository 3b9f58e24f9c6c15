"""`export_person EMAIL`: everything that is held of a person, as JSON."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orientalis_site.petition.canonical import BadAddress
from orientalis_site.staff.persons import export


class Command(BaseCommand):
    """For a request by letter. Make sure first that it comes from the mailbox's owner."""

    help = "Print everything that is held of the owner of a mailbox, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The mailbox."""
        parser.add_argument("email", help="the mail address")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Print it."""
        try:
            held = export(email)
        except BadAddress as error:
            raise CommandError(f"EMAIL: got {email!r}. {error.args[0]}", returncode=2) from None
        self.stdout.write(json.dumps(held, ensure_ascii=False, indent=1))
