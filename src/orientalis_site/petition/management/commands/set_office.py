"""`set_office SLUG TARGET`: keep the post box of an office."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orientalis_site.kit import languages
from orientalis_site.petition.models import Petition
from orientalis_site.petition.terms import TermFault, set_office


class Command(BaseCommand):
    """What is not named stays as it is. The address is sealed, and never shown again."""

    help = "Keep the mail address, language or receipt of an office that a petition is addressed to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The office, and what to keep of it."""
        parser.add_argument("slug", help="the petition's address")
        parser.add_argument("target", help="the short name of the office in the petition's text")
        parser.add_argument("--email", default="", help="its mail address")
        parser.add_argument("--language", help=f"of its letter: {', '.join(languages.CODES)}")
        parser.add_argument("--receipt", help="what shows that it received the petition, such as a number")

    def handle(self, *args: Any, slug: str, target: str, **options: Any) -> None:
        """Keep it, and say whether a letter goes out."""
        petition = Petition.objects.select_related("current").filter(slug=slug).first()
        if petition is None:
            known = ", ".join(Petition.objects.values_list("slug", flat=True))
            raise CommandError(f"SLUG: got {slug!r}; expected one of {known}", returncode=2)
        try:
            is_told = set_office(
                petition, target, options["email"], options["language"], options["receipt"], "operator"
            )
        except TermFault as fault:
            raise CommandError(f"{fault.field}: {fault}", returncode=2) from None
        self.stdout.write(f"{target}: kept" + ("; a letter to it waits in the outbox" if is_told else ""))
