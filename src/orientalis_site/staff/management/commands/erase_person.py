"""`erase_person EMAIL`: erase all signatures of a person."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orientalis_site.delivery.keeping import forget
from orientalis_site.petition.canonical import BadAddress
from orientalis_site.staff.persons import erase


class Command(BaseCommand):
    """For a request by letter. It cannot be taken back, and back-ups that are restored later erase anew."""

    help = "Erase all signatures of the owner of a mailbox."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The mailbox."""
        parser.add_argument("email", help="the mail address")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        """Erase, and say how many that were."""
        try:
            self.stdout.write(f"{erase(email)} signatures erased")
            forget()
        except BadAddress as error:
            raise CommandError(f"EMAIL: got {email!r}. {error.args[0]}", returncode=2) from None
