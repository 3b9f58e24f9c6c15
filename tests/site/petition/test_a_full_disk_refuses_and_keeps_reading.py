"""The disk is full: nothing is half written, whoever signs is told that it was not recorded, and pages are still read.

The kernel refuses the processes of the site to write more, as a full disk would; SQLite then cannot grow its journal.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from orientalis_site.mail.models import Letter
from orientalis_site.petition import counting
from orientalis_site.petition.models import Petition, Signature
from tests.site.databases import Templates, using
from tests.site.petition import load
from tests.site.petition.test_a_database_that_stops_takes_nothing_with_it import NOT_RECORDED
from tests.site.server import Server, ServerFactory

WITHOUT_ROOM = 4096
"""Bytes: the journal's first entry is longer."""


@pytest.fixture
def site(templates: Templates, keys: Path, start_server: ServerFactory, django_db_blocker: Any) -> Iterator[Server]:
    """A site with SQLite, whose file is also the default database of this process."""
    file = keys / "site.sqlite3"
    templates.sqlite(file)
    with django_db_blocker.unblock(), using("", file):
        server = start_server(keys)
        yield server
        server.stop()


def give_room(server: Server, room: int) -> None:
    """Bound what the processes of a site may write."""
    for pid in load.workers(server):
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (room, most))


def test_a_full_disk_under_signing(site: Server) -> None:
    petition = Petition.objects.select_related("current").get(slug="save-the-amur-leopard")
    (link,) = load.links(petition, 1)
    assert load.sign(site, "anna@example.org")[0] == 200
    assert site.get(load.PAGE).status == 200
    before = Signature.objects.count(), Letter.objects.count()
    give_room(site, WITHOUT_ROOM)
    for number in range(4):
        status, text = load.sign(site, f"bert{number}@example.org")
        assert status == 503 and NOT_RECORDED in text, status
    answer = site.request("POST", link, load.HEAD, b"")
    assert answer.status == 503 and NOT_RECORDED in answer.text
    for _ in range(6):
        assert site.get(load.PAGE).status == 200
        assert site.get(f"{load.PAGE}sign/").status == 200
    assert site.get("/ru/petitions/").status == 200
    assert (Signature.objects.count(), Letter.objects.count()) == before
    give_room(site, resource.RLIM_INFINITY)
    assert load.sign(site, "bert0@example.org")[0] == 200
    assert site.request("POST", link, load.HEAD, b"").status == 200
    last = time.monotonic() + 20
    while Petition.objects.get(pk=petition.pk).count.confirmed != 1:
        assert time.monotonic() < last
        time.sleep(0.2)
    assert counting.drift(petition) == 0
    call_command("count_signatures", check=True)
    assert "Traceback" not in site.printed
