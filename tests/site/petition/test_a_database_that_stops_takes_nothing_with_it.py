"""PostgreSQL is stopped under load and started again: pages stay, the form says so, nothing is lost or half done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from orientalis_site.petition.models import Petition
from tests.site.databases import fill, using
from tests.site.petition import load
from tests.site.petition.mailing import given
from tests.site.ports import free_port
from tests.site.postgresql import PostgreSQL, programs, running
from tests.site.server import Server, ServerFactory

NOT_RECORDED = "This was not recorded: please try again in a few minutes."


@pytest.fixture
def stoppable() -> Iterator[PostgreSQL]:
    """A PostgreSQL of this test's own."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL: tools/install_packages.sh tests")
    with running() as held:
        yield held


@pytest.fixture
def site(stoppable: PostgreSQL, keys: Path, start_server: ServerFactory, django_db_blocker: Any) -> Iterator[Server]:
    """A site on it."""
    with django_db_blocker.unblock(), using(stoppable.new_database(), keys / "unused"):
        fill()
        server = start_server(keys, **given(free_port()))  # nobody takes its letters: they wait
        yield server
        server.stop()


def wait_for(server: Server, path: str, status: int, seconds: float = 30) -> None:
    """Return once a path is answered with a status; AssertionError when it is not."""
    last = time.monotonic() + seconds
    while (found := server.get(path).status) != status:
        assert time.monotonic() < last, found
        time.sleep(0.2)


def test_it_is_stopped_and_started_again_under_load(site: Server, stoppable: PostgreSQL) -> None:
    petition = Petition.objects.select_related("current").get(slug="save-the-amur-leopard")
    links = load.links(petition, 200)
    for _ in range(20):  # both workers have the page
        assert site.get(load.PAGE).status == 200
    with load.Crowd(site, links) as crowd:
        time.sleep(1.5)
        connections.close_all()
        stoppable.stop()
        wait_for(site, "/readyz", 503)
        for _ in range(10):
            assert site.get(load.PAGE).status == 200
        time.sleep(5.5)  # older than a page may be kept
        for _ in range(10):
            assert site.get(load.PAGE).status == 200
        status, text = load.sign(site, "nobody@example.org")
        assert status == 503 and NOT_RECORDED in text
        answer = site.request("POST", links[-1], load.HEAD, b"")
        assert answer.status == 503 and NOT_RECORDED in answer.text
        assert site.get("/healthz").status == 200
        stoppable.start()
        wait_for(site, "/readyz", 200)
        time.sleep(2)
    assert set(crowd.statuses) == {200, 503}, crowd.statuses
    assert all(NOT_RECORDED in text for text in crowd.texts)
    assert load.sign(site, "late@example.org")[0] == 200
    crowd.signed["late@example.org"] = 200
    load.agrees(petition, crowd)
    call_command("count_signatures", check=True)
    assert "Traceback" not in site.printed and "example.org" not in site.printed
