"""`create_staff NAME --role ROLE`: an account of the staff, and the link by which its owner sets a password."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import MaxLengthValidator

from orientalis_site.staff.accounts import create, forget_factor, password_link
from orientalis_site.staff.models import User
from orientalis_site.staff.roles import ROLES

LONGEST_NAME = 150


class Command(BaseCommand):
    """The first admin is made by it; later ones also on the pages of the staff."""

    help = "Make an account of the staff. The link that it prints is valid for one day and once: hand it over safely."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name and roles."""
        parser.add_argument("name", help="the name to log in by")
        parser.add_argument("--role", action="append", choices=sorted(ROLES), default=[], help="may be given again")
        parser.add_argument("--new-link", action="store_true", help="for an account that is there: a new link")
        parser.add_argument("--new-factor", action="store_true", help="take away a second factor that was lost")

    def handle(self, *args: Any, name: str, role: Sequence[str], **options: Any) -> None:
        """Make the account, or give an old one a new link, and print the link."""
        found = User.objects.filter(username=name).first()
        if options["new_link"] or options["new_factor"]:
            if found is None:
                raise CommandError(f"There is no account {name!r}.", returncode=2)
            if options["new_factor"]:
                forget_factor(found, "program")
                self.stdout.write(f"{name}: the second factor is gone; the next login sets up another.")
            if options["new_link"]:
                self.stdout.write(password_link(found))
            return
        if found is not None:
            raise CommandError(f"There is an account {name!r} already; --new-link makes it a new link.", returncode=2)
        if not role:
            raise CommandError(f"--role: got none; expected one or more of {', '.join(sorted(ROLES))}.", returncode=2)
        try:
            UnicodeUsernameValidator()(name)
            MaxLengthValidator(LONGEST_NAME)(name)
        except ValidationError as error:
            raise CommandError(f"NAME: got {name!r}; {' '.join(error.messages)}", returncode=2) from None
        user = create(name, role, "program")
        self.stdout.write(f"{name} is made, as {', '.join(sorted(role))}. Set the password within one day:")
        self.stdout.write(password_link(user))
