"""`rotate_keys pepper|email`: a new version of a key; what the old one hashed or sealed is still read."""

import json
import os
import secrets
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orientalis_site.audit.chain import append
from orientalis_site.kit import keys
from orientalis_site.petition.models import Signature
from orientalis_site.staff.retention import ANONYMOUS


def new_email_key() -> str:
    """A key that seals addresses."""
    return Fernet.generate_key().decode()


def new_pepper() -> str:
    """A pepper of 32 random bytes."""
    return secrets.token_hex(32)


MAKERS: dict[str, tuple[str, Callable[[], str]]] = {
    "pepper": ("peppers", new_pepper),
    "email": ("email", new_email_key),
}


class Command(BaseCommand):
    """Adds a key to the file of keys, in one step. The site reads it when it is started again."""

    help = "Add a new version of the pepper of addresses' hashes, or of the key that seals addresses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which key."""
        parser.add_argument("key", choices=sorted(MAKERS))

    def handle(self, *args: Any, key: str, **options: Any) -> None:
        """Add it, or say why not."""
        file = Path(settings.KEYS) / keys.FILE
        present = keys.keys()  # refuses a file that cannot be read
        if key == "pepper":
            self.refuse_a_third(max(present.peppers))
        held = json.loads(file.read_text(encoding="utf-8"))
        name, make = MAKERS[key]
        version = max(map(int, held[name])) + 1
        held[name][str(version)] = make()
        draft = file.with_name(f".{keys.FILE}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as text:
            json.dump(held, text, indent=1)
            text.flush()
            os.fsync(text.fileno())
        draft.replace(file)
        append("program", "rotate_keys", f"key:{key}", {"version": version})
        self.stdout.write(f"{file}: {key} version {version}. Copy the file elsewhere, then start the site again.")

    def refuse_a_third(self, newest: int) -> None:
        """Two versions are looked for. A third would let those sign again who signed under the first."""
        oldest = newest - keys.CHECKED_PEPPERS + 2
        known = Signature.objects.exclude(email_key="").exclude(email_key__startswith=ANONYMOUS)
        if known.filter(pepper__lt=oldest).exists():
            raise CommandError(
                f"there are signatures under a pepper older than version {oldest}: after another rotation they would "
                "not be recognised, and one person could sign twice. Wait until `purge` has anonymised them.",
                returncode=2,
            )
