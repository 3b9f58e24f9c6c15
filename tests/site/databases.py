"""Real databases for tests within the process: copies of one that is migrated and holds the petitions."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import psycopg
from django.core.management import call_command
from django.db import connection, connections

from orientalis.evidence import open_bundle
from orientalis_site.environment import Environment
from orientalis_site.petition.shipping import load
from tests.site.evidence import SHIPPED
from tests.site.postgresql import PostgreSQL

Result = TypeVar("Result")


@contextmanager
def using(url: str, file: Path) -> Iterator[None]:
    """Make a database the default one of every thread: PostgreSQL by its address, else SQLite in a file."""
    before = connections.settings["default"]
    assert connections["default"]  # a connection object is made when it is asked for; only then can it go
    held = Environment({"URL": url}).database("URL", file)
    connections.close_all()
    del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": held})["default"]
    try:
        yield
    finally:
        connection.close()
        del connections["default"]
        connections.settings["default"] = before


def fill() -> None:
    """Bring the default database up to date and put the petitions in."""
    call_command("migrate", verbosity=0, interactive=False)
    load(open_bundle(SHIPPED))


class Templates:
    """One filled database of each kind, made when it is first asked for."""

    def __init__(self, folder: Path, server: Callable[[], PostgreSQL]) -> None:
        self.folder = folder
        self.server = server
        self.made: dict[str, str] = {}

    def sqlite(self, target: Path) -> None:
        """A copy in a file."""
        if "sqlite" not in self.made:
            file = self.folder / "template.sqlite3"
            with using("", file):
                fill()
            with closing(sqlite3.connect(file)) as held:
                held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.made["sqlite"] = str(file)
        shutil.copy(self.made["sqlite"], target)

    def postgresql(self) -> str:
        """The address of a copy."""
        server = self.server()
        if "postgresql" not in self.made:
            url = server.new_database()
            with using(url, self.folder):
                fill()
            self.made["postgresql"] = url
        template = self.made["postgresql"].rpartition("/")[2]
        name = f"{template}_{len(self.made)}"
        self.made[name] = name
        with psycopg.connect(server.url(), autocommit=True) as held:
            held.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.url(name)


def copy(kind: str, templates: Templates, folder: Path) -> Iterator[str]:
    """Put a copy of a kind, "sqlite" or "postgresql", in the place of the default database for a while."""
    file = folder / "site.sqlite3"
    url = templates.postgresql() if kind == "postgresql" else ""
    if not url:
        templates.sqlite(file)
    with using(url, file):
        yield kind


def at_once(deeds: list[Callable[[], Result]]) -> list[Result | BaseException]:
    """Do all deeds at the same moment, each in a thread with a connection of its own; their results in this order."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Result]) -> Result | BaseException:
        try:
            barrier.wait(20)
            return deed()
        except BaseException as error:  # it is the result
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def rows(table: str) -> int:
    """How many rows a table has."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        found: Any = cursor.fetchone()
        return int(found[0])
