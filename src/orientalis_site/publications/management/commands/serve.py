"""`serve`: everything that `make site` starts, and ends with itself: server, senders of mail and webhooks, tick."""

import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from orientalis.evidence import BundleError
from orientalis_site.kit.helpers import Helper
from orientalis_site.kit.keys import FILE
from orientalis_site.kit.server import Server
from orientalis_site.petition import shipping
from orientalis_site.petition.models import Signature
from orientalis_site.publications.record import publish
from orientalis_site.publications.shelf import NoBundle, current, is_chosen

HELPERS = ("send_outbox", "count_signatures", "send_hooks")
"""What works beside the server: mail, the tick, webhooks."""


def check_port(port: int) -> None:
    """Refuse a port that somebody else listens on, before anything is prepared."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            text = f"PORT: {port} is taken or not allowed; expected a free port, such as PORT={port % 60000 + 1}."
            raise CommandError(text, returncode=2) from None


def check_keys() -> None:
    """Refuse to make new keys beside addresses sealed with others: nobody could be written to."""
    file = Path(settings.KEYS) / FILE
    if not file.exists() and Signature.objects.exclude(email_sealed="").exists():
        text = (
            f"ORIENTALIS_KEYS: {file} is missing, and the database holds addresses sealed with it; bring back its copy."
        )
        raise CommandError(text, returncode=2)


class Command(BaseCommand):
    """Prepares folder and database, loads the bundle, and serves on loopback until it is interrupted."""

    help = "Prepare the database, load the bundle and serve the site on 127.0.0.1:$PORT."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then hand over to the server; returns when it has ended."""
        check_port(settings.PORT)
        Path(settings.VAR).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)  # the pages that prove a bundle name its files
        self._load()
        check_keys()
        address = f"http://localhost:{settings.PORT}/"
        self.stdout.write(f"Orientalis is at {address} (Ctrl-C ends it)", ending="\n")
        self.stdout.flush()
        helpers = [Helper(name, "--loop", "--until-stdin-closes") for name in HELPERS]
        connections.close_all()  # what is forked from here must not share a line to the database
        Server({"bind": f"127.0.0.1:{settings.PORT}", "workers": settings.WORKERS}, helpers).run()

    def _load(self) -> None:
        """Load the bundle of the settings; if it is bad, go on with the last good one and say so.

        What an operator loaded by name stays, unless the environment names another.
        """
        if settings.IS_BUNDLE_NAMED or not is_chosen():
            try:
                publish(settings.BUNDLE)
                current.forget()
            except (BundleError, OSError) as error:
                self.stderr.write(f"Warning: {error}")
                self.stderr.write("The last good bundle stays.")
        try:
            bundle = current.bundle()
        except NoBundle:
            raise CommandError("There is no bundle to show.", returncode=2) from None
        self.stdout.write(f"Bundle {bundle.hash[:10]} of {bundle.manifest.date}: {len(bundle.findings)} findings")
        try:
            shipping.load(bundle)
        except ValueError as error:
            self.stderr.write(f"Warning: the petitions that come with the program were not loaded: {error}.")
        if settings.IS_PRODUCTION and settings.MAIL.name == "console":
            self.stderr.write("Warning: letters are printed and not sent. See ORIENTALIS_MAIL.")
