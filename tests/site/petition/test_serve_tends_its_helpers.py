"""`serve` sends mail and counts beside the pages; what dies of it is started anew, and nothing of it outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from orientalis_site.kit import loops
from orientalis_site.mail.models import Letter
from orientalis_site.petition.models import Petition
from tests.site.databases import Templates, using
from tests.site.petition.mailing import signed
from tests.site.postgresql import PostgreSQL
from tests.site.prepared import Prepared
from tests.site.server import Server, environment

HELPERS = ("send_outbox", "count_signatures", "send_hooks")


@pytest.fixture
def site(tmp_path: Path, prepared: Prepared) -> Iterator[Server]:
    """A site that may be killed."""
    prepared.copy("sqlite", tmp_path / "var")
    started = Server(tmp_path / "var").start()
    yield started
    started.stop()


def helpers(site: Server) -> dict[str, int]:
    """The processes beside the server, by name."""
    assert site.process is not None
    pid = site.process.pid
    found: dict[str, int] = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        words = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
        found |= {name: int(child) for name in HELPERS if name in words}
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it came to be so in time."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if is_so():
            return True
        time.sleep(0.1)
    return False


def test_it_sends_the_letters_and_counts(site: Server, django_db_blocker: Any) -> None:
    path = "/en/petitions/save-the-amur-leopard/"
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    page = site.get(f"{path}sign/").text
    assert "form" in page
    form = urlencode({"name": "Anna", "email": "anna@example.org", "country": "FR"}).encode()
    assert site.request("POST", f"{path}sign/", head, form).status == 200
    assert wait_until(lambda: "/confirm/" in site.printed)
    line = next(one for one in site.printed.splitlines() if "/confirm/" in one)
    assert line.startswith(f"http://localhost:{site.port}{path}confirm/") and line.endswith("/")
    assert site.request("POST", line.partition(str(site.port))[2], head, b"").status == 200

    def is_counted() -> bool:
        with django_db_blocker.unblock(), using("", site.var / "site.sqlite3"):
            return Petition.objects.select_related("count").get(slug="save-the-amur-leopard").count.confirmed == 1

    assert wait_until(is_counted)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_they_end_with_it(site: Server, how: signal.Signals) -> None:
    assert site.process is not None
    assert wait_until(lambda: len(helpers(site)) == len(HELPERS))
    pids = helpers(site).values()
    time.sleep(2)  # they have read their settings, and watch
    os.kill(site.process.pid, how)
    site.process.wait(20)
    assert wait_until(lambda: not any(map(is_alive, pids)), 15)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_one_that_dies_is_started_anew(site: Server, how: signal.Signals) -> None:
    assert wait_until(lambda: len(helpers(site)) == len(HELPERS))
    for name in HELPERS:
        before = helpers(site)[name]
        os.kill(before, how)
        assert wait_until(lambda name=name, before=before: helpers(site).get(name, before) != before)  # type: ignore[misc]
    assert site.get("/en/").status == 200


def loop(folder: Path, stdout: int | None, **more: str) -> subprocess.Popen[bytes]:
    """`send_outbox --loop`, its words of trouble in a file."""
    command = [sys.executable, "-m", "orientalis_site", "send_outbox", "--loop"]
    with (folder / "trouble").open("wb") as trouble:
        given = environment(folder, **more)
        return subprocess.Popen(command, cwd=folder, env=given, stdout=stdout, stderr=trouble)


def test_a_full_disk_ends_nothing_and_loses_nothing(on_sqlite: object, keys: Path) -> None:
    signed(Petition.objects.get(slug="save-the-amur-leopard"))
    with Path("/dev/full").open("wb") as full:
        running = loop(keys, full.fileno())
    try:
        assert wait_until(lambda: "ENOSPC" in (keys / "trouble").read_text(encoding="utf-8"))
        assert wait_until(lambda: Letter.objects.get().state == Letter.State.WAITING)
        assert running.poll() is None
        text = (keys / "trouble").read_text(encoding="utf-8")
        assert "anna" not in text and "Traceback" not in text
    finally:
        running.terminate()
        assert running.wait(15) == 0


def test_a_database_that_is_away_for_a_while_ends_nothing(
    templates: Templates, postgres_server: PostgreSQL, keys: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        url = templates.postgresql()
        with using(url, keys):
            signed(Petition.objects.get(slug="save-the-amur-leopard"))
    name = url.rpartition("/")[2]
    with psycopg.connect(postgres_server.url(), autocommit=True) as held:
        held.execute(f"ALTER DATABASE {name} RENAME TO {name}_away")
        with (keys / "printed").open("wb") as printed:
            running = loop(keys, printed.fileno(), ORIENTALIS_DATABASE_URL=url)
        try:
            trouble = keys / "trouble"
            assert wait_until(lambda: "OperationalError; trying again" in trouble.read_text(encoding="utf-8"))
            held.execute(f"ALTER DATABASE {name}_away RENAME TO {name}")
            assert wait_until(lambda: "/confirm/" in (keys / "printed").read_text(encoding="utf-8"), 40)
            text = trouble.read_text(encoding="utf-8")
            assert "Traceback" not in text and postgres_server.password not in text and "anna" not in text
        finally:
            running.terminate()
            assert running.wait(15) == 0


def test_a_loop_says_what_failed_without_its_words() -> None:
    assert loops.kind(ValueError("anna@example.org")) == "ValueError"
    assert loops.kind(OSError(28, "anna@example.org")) == "OSError ENOSPC"
