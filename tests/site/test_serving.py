"""`serve` starts from nothing, on SQLite and on PostgreSQL, says where it is, and ends with all its children."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from tests.site.browser import LANGUAGES
from tests.site.server import Server, ServerFactory, manage

SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"
PRODUCTION = {
    "ORIENTALIS_ENVIRONMENT": "production",
    "ORIENTALIS_SECRET_KEY": SECRET,
    "ORIENTALIS_ALLOWED_HOSTS": "leopard.example,127.0.0.1",
    "ORIENTALIS_SITE_URL": "https://leopard.example",
}


def test_it_says_where_it_is_and_that_it_is_well(server: Server) -> None:
    assert f":{server.port}" in server.printed
    for path in ("/healthz", "/readyz"):
        answer = server.get(path)
        assert answer.status == 200 and "no-store" in answer.headers["cache-control"]


def test_it_ends_with_all_its_children(tmp_path: Path) -> None:
    site = Server(tmp_path / "var").start()
    assert site.process is not None
    group, process = site.process.pid, site.process
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) in (0, -signal.SIGTERM, 143)
    assert not site.is_listening()
    last = time.monotonic() + 10
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < last:  # a child that has ended is in its group until the system has taken note
            os.killpg(group, 0)
            time.sleep(0.05)
    site.stop()


def test_it_ends_at_ctrl_c(tmp_path: Path) -> None:
    site = Server(tmp_path / "var").start()
    assert site.process is not None
    site.process.send_signal(signal.SIGINT)
    site.process.wait(20)
    assert not site.is_listening() and "Traceback" not in site.printed
    site.stop()


def test_a_worker_that_was_killed_is_replaced(start_server: ServerFactory) -> None:
    site = start_server()
    assert site.process is not None
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text(encoding="ascii").split()
    assert children
    os.kill(int(children[0]), signal.SIGKILL)
    last = time.monotonic() + 20
    answered = 0
    while answered < 20 and time.monotonic() < last:
        try:
            answered += site.get("/en/").status == 200
        except OSError:
            time.sleep(0.1)
    assert answered == 20


def test_it_serves_from_postgresql(start_server: ServerFactory, new_postgres: str) -> None:
    site = start_server(ORIENTALIS_DATABASE_URL=new_postgres)
    for language in LANGUAGES:
        assert site.get(f"/{language}/").status == 200
    with psycopg.connect(new_postgres) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables is not None and tables[0] >= 2
    assert not list(site.var.glob("*.sqlite3"))


def test_a_database_that_is_down_ends_the_start_with_a_sentence_and_no_password(tmp_path: Path) -> None:
    url = "postgresql://somebody:hushhush@127.0.0.1:1/nothing"
    done = manage(tmp_path, "migrate", ORIENTALIS_DATABASE_URL=url)
    assert done.returncode != 0
    assert "hushhush" not in done.stdout + done.stderr


def test_in_production_it_demands_a_secret(tmp_path: Path) -> None:
    done = manage(tmp_path, "migrate", ORIENTALIS_ENVIRONMENT="production", ORIENTALIS_ALLOWED_HOSTS="leopard.example")
    assert done.returncode != 0
    assert "ORIENTALIS_SECRET_KEY" in done.stderr and "Traceback" not in done.stderr


def test_in_production_it_answers_to_its_names_alone(start_server: ServerFactory) -> None:
    site = start_server(**PRODUCTION)
    good = {"Host": "leopard.example", "X-Forwarded-Proto": "https"}
    answer = site.request("GET", "/en/", good)
    assert answer.status == 200
    assert "max-age" in answer.headers["strict-transport-security"]
    assert b"https://leopard.example/" in answer.body
    assert site.request("GET", "/en/", {**good, "Host": "localhost"}).status == 400
    assert SECRET not in site.printed


def test_the_checks_of_a_deployment_find_nothing(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_no_migration_is_missing(tmp_path: Path) -> None:
    done = manage(tmp_path, "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["PORT", "ORIENTALIS_WORKERS"])
def test_a_wrong_setting_is_named(tmp_path: Path, name: str) -> None:
    done = manage(tmp_path, "check", **{name: "many"})
    assert done.returncode == 2
    assert name in done.stderr and "many" in done.stderr and "Traceback" not in done.stderr
