"""`deliver SLUG`: hand a closed petition over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from orientalis_site.delivery import place
from orientalis_site.delivery.handing_over import deliver
from orientalis_site.delivery.render import DossierError
from orientalis_site.petition.models import Petition
from orientalis_site.petition.states import NotAllowed


class Command(BaseCommand):
    """Write dossier, signatures and signed manifest, once, and tell offices and supporters."""

    help = "Hand a closed petition over: dossier, signatures, signed manifest; offices and supporters are told."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which."""
        parser.add_argument("slug", help="the petition's name in its address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand it over."""
        petition = Petition.objects.filter(slug=options["slug"]).first()
        if petition is None:
            known = ", ".join(Petition.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"there is no petition {options['slug']!r}; there are: {known}")
        try:
            delivery = deliver(petition, "program")
        except (NotAllowed, DossierError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{petition.slug} is delivered: {place.folder(petition.slug, delivery.hash)}")
