"""`record_bounces`: read notifications of letters that came back."""

import mailbox
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orientalis_site.mail import bounces


class Command(BaseCommand):
    """Notes for which signatures a letter came back for good. Says how many, never whose."""

    help = "Read delivery status notifications from files, Maildir folders or stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where they are."""
        parser.add_argument(
            "places", nargs="*", type=Path, help="files with one message each, Maildir folders; none: one from stdin"
        )

    def handle(self, *args: Any, places: list[Path] | None = None, **options: Any) -> None:
        """Read them all."""
        seen = noted = 0
        for content in _contents(places or []):
            seen += 1
            found = bounces.read(content)
            if found is not None:
                bounces.bounce(*found)
                noted += 1
        self.stdout.write(f"{seen} messages read, {noted} letters that came back for good.")


def _contents(places: list[Path]) -> Iterator[bytes]:
    if not places:
        yield sys.stdin.buffer.read(bounces.LONGEST)
    for place in places:
        if place.is_dir():
            yield from _maildir(place)
            continue
        try:
            with place.open("rb") as file:
                content = file.read(bounces.LONGEST)
        except OSError as error:
            raise CommandError(f"{place}: {error.strerror}; expected a message or a Maildir folder.") from None
        yield content


def _maildir(place: Path) -> Iterator[bytes]:
    """New messages of a Maildir; each is marked as seen once it has been dealt with, and never read again."""
    if not (place / "new").is_dir():
        raise CommandError(f"{place}: expected a Maildir, with the folders new and cur.")
    folder = mailbox.Maildir(place, create=False)
    for key in list(folder.keys()):
        held = folder.get_message(key)
        if held.get_subdir() != "new":
            continue
        yield folder.get_bytes(key)
        held.set_subdir("cur")
        held.add_flag("S")
        folder[key] = held
