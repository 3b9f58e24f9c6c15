"""Workers or the whole site are killed in the middle of signing: no half rows, a right count, no second letter."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from orientalis_site.mail.models import Letter
from orientalis_site.petition import counting
from orientalis_site.petition.models import Petition, Signature
from tests.site.databases import Templates, using
from tests.site.petition import load
from tests.site.petition.mailing import Post, given, post_office
from tests.site.server import Server, ServerFactory


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server."""
    with post_office(settings) as held:
        yield held


@pytest.fixture
def site(
    templates: Templates, keys: Path, start_server: ServerFactory, post: Post, django_db_blocker: Any
) -> Iterator[Server]:
    """A site on a PostgreSQL of this test's own, which is also the default database of this process."""
    with django_db_blocker.unblock(), using(templates.postgresql(), keys / "unused"):
        server = start_server(keys, **given(post.port))
        yield server
        server.stop()


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    """Return once it is so; AssertionError when it does not come to it."""
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last
        time.sleep(0.1)


def petition() -> Petition:
    """The open one."""
    return Petition.objects.select_related("current", "count").get(slug="save-the-amur-leopard")


def test_workers_killed_under_load(site: Server) -> None:
    with load.Crowd(site, load.links(petition(), 60)) as crowd:
        for number in range(4):
            time.sleep(1)
            wait_until(lambda: len(load.workers(site)) == 2)
            load.kill(load.workers(site)[number % 2])
        time.sleep(1)
    assert crowd.statuses[200] > 30
    assert set(crowd.statuses) <= {0, 200}
    load.agrees(petition(), crowd)
    call_command("count_signatures", check=True)


def test_the_whole_site_killed_under_load_and_started_again(site: Server, post: Post) -> None:
    links = load.links(petition(), 60)
    with load.Crowd(site, links) as crowd:
        time.sleep(3)
        assert site.process is not None
        load.kill(site.process.pid)
        site.process.wait(10)
        wait_until(lambda: not site.is_listening())
        time.sleep(0.5)
    assert crowd.statuses[200] > 20 and crowd.statuses[0] > 0
    load.agrees(petition(), crowd)
    site.start()
    before = {address for address, status in crowd.signed.items() if status == 200}
    wait_until(lambda: before <= set(post.recipients))
    wait_until(lambda: not Letter.objects.filter(state__in=["waiting", "sending"]).exists())
    assert len(post.recipients) == len(set(post.recipients)), "somebody was written to twice"
    assert load.sign(site, "late@example.org")[0] == 200
    wait_until(lambda: "late@example.org" in post.recipients)
    confirmed = Signature.objects.filter(state=Signature.State.CONFIRMED).count()
    wait_until(lambda: petition().count.confirmed == confirmed)
    assert counting.drift(petition()) == 0
