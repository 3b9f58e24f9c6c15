"""`verify_audit`: whether the chain of the audit holds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from orientalis_site.audit.chain import faults
from orientalis_site.audit.models import Entry


class Command(BaseCommand):
    """Reads the whole chain; exit status 1 where a link does not hold."""

    help = "Verify that no entry of the audit was changed, removed or put in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A hash noted earlier, elsewhere."""
        parser.add_argument("--head", default="", help="a hash that was printed earlier and must still be in the chain")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        """Print how long the chain is and its last hash, or what is wrong."""
        found = faults(head)
        if found:
            more = f" (and {len(found) - 5} more)" if len(found) > 5 else ""
            raise CommandError("; ".join(found[:5]) + more, returncode=1)
        last = Entry.objects.order_by("-id").first()
        self.stdout.write(f"{Entry.objects.count():,} entries, unbroken; head {last.hash if last else '0' * 64}")
