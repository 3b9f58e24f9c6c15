"""`count_signatures`: fold what was signed into the counts that pages show, and close what is over."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from orientalis_site.kit import loops
from orientalis_site.petition.counting import AT_ONCE, close_expired, drift, tick
from orientalis_site.petition.models import Petition
from orientalis_site.staff.fraud import step_all

PAUSE = 2.0
"""Seconds between two ticks (assumed)."""


class Command(BaseCommand):
    """Counts, once or for as long as it is not ended. Several may run at once: one lock lets one of them count."""

    help = "Fold signatures into the counts, and close petitions whose time is over."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, again and again, or a check."""
        parser.add_argument("--loop", action="store_true", help="go on, about every two seconds")
        parser.add_argument("--until-stdin-closes", action="store_true", help="with --loop: end with the starter")
        parser.add_argument("--check", action="store_true", help="compare; status 1 if counts and signatures differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count."""
        end = loops.End()
        if options["check"]:
            self._check()
        elif options["loop"]:
            end.heed_signals()
            if options["until_stdin_closes"]:
                end.heed_parent()
            loops.repeat("count_signatures", count, PAUSE, end)
        else:
            while count():
                pass

    def _check(self) -> None:
        """Compare, in one snapshot of the database where it has such, so that what is signed meanwhile is no drift."""
        wrong = []
        for petition in Petition.objects.filter(count__isnull=False):
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                difference = drift(petition)
            if difference:
                wrong.append(f"{petition.slug}: the count is {difference:+d} of the confirmed signatures")
            self.stdout.write(f"{petition.slug}: {'differs' if difference else 'right'}")
        if wrong:
            raise CommandError("; ".join(wrong), returncode=1)


def count() -> int:
    """One step; more than 0 where more waits."""
    close_expired()
    folded = tick()
    step_all()  # a batch of each fraud rule that a moderator has started
    return folded if folded >= AT_ONCE else 0
