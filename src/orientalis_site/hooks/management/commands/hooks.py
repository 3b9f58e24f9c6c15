"""`hooks add|list|enable|remove`: who is told what happens to petitions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from orientalis_site.audit.chain import append
from orientalis_site.hooks.models import Message, Subscription
from orientalis_site.hooks.signature import new_secret
from orientalis_site.hooks.wire import Unsendable, check_address
from orientalis_site.kit.keys import keys
from orientalis_site.petition.happenings import KINDS


class Command(BaseCommand):
    """Makes, lists, enables and removes subscriptions; each deed is in the audit."""

    help = "Make, list, enable or remove addresses that are told what happens to petitions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The deed and its object."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        adding = deeds.add_parser("add", help="make one; its secret is printed once")
        adding.add_argument("address", help="begins with https://")
        adding.add_argument("--kinds", default="", help=f"separated by commas, of {', '.join(KINDS)}; default: all")
        deeds.add_parser("list", help="show all")
        for name, what in (("enable", "tell it again"), ("remove", "forget it and what waits for it")):
            deeds.add_parser(name, help=what).add_argument("id", type=int)

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        """Do it."""
        if deed == "add":
            self.add(options["address"], options["kinds"])
        elif deed == "list":
            self.list()
        else:
            self.change(deed, options["id"])

    def add(self, address: str, kinds: str) -> None:
        """Make a subscription."""
        wanted = [one.strip() for one in kinds.split(",") if one.strip()]
        unknown = [one for one in wanted if one not in KINDS]
        if unknown:
            raise CommandError(f"--kinds: got {unknown[0]!r}; expected some of {', '.join(KINDS)}.", returncode=2)
        secret = new_secret()
        try:
            check_address(address)
            with transaction.atomic():
                made = Subscription.objects.create(
                    address=address, secret_sealed=keys().seal(secret), kinds=wanted, created_at=timezone.now()
                )
                append("program", "hook_add", f"subscription:{made.pk}")
        except Unsendable as error:
            raise CommandError(f"{address}: {error}.", returncode=2) from None
        except IntegrityError:
            raise CommandError(f"{address}: there is a subscription of this address already.", returncode=2) from None
        self.stdout.write(f"subscription {made.pk}; its secret, shown this once: {secret}")

    def list(self) -> None:
        """A line each."""
        for one in Subscription.objects.all():
            state = f"disabled {one.disabled_at:%Y-%m-%d}" if one.disabled_at else "enabled"
            waiting = Message.objects.filter(subscription=one, state=Message.State.WAITING).count()
            kinds = ",".join(one.kinds) or "all"
            self.stdout.write(f"{one.pk}\t{state}\t{one.failures} failures\t{waiting} waiting\t{kinds}\t{one.address}")

    def change(self, deed: str, identifier: int) -> None:
        """Enable or remove one."""
        with transaction.atomic():
            found = Subscription.objects.filter(pk=identifier)
            if not found.exists():
                raise CommandError(f"there is no subscription {identifier}: see `hooks list`.", returncode=2)
            if deed == "enable":
                found.update(disabled_at=None, failures=0)
            else:
                found.delete()
            append("program", f"hook_{deed}", f"subscription:{identifier}")
        self.stdout.write(f"subscription {identifier}: {deed}d")
