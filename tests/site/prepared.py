"""Folder and database of a site after its first start, made once for a worker and copied: a start costs seconds."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg

from tests.site.evidence import SHIPPED
from tests.site.postgresql import PostgreSQL
from tests.site.server import manage


class Prepared:
    """Sites that hold the shipped bundle and what a piece of Python put in, each made when it is first asked for."""

    def __init__(self, folder: Path, server: Callable[[], PostgreSQL]) -> None:
        self.folder = folder
        self.server = server
        self.made: dict[tuple[str, str], tuple[Path, dict[str, str]]] = {}

    def copy(self, kind: str, target: Path, fill: str = "") -> dict[str, str]:
        """Put a copy on `kind`, "sqlite" or "postgresql", into the folder `target`; the settings that belong to it."""
        if (kind, fill) not in self.made:
            self.made[kind, fill] = self._make(kind, fill)
        folder, given = self.made[kind, fill]
        shutil.copytree(folder, target, dirs_exist_ok=True)
        if kind == "sqlite":
            return {}
        server, template = self.server(), given["ORIENTALIS_DATABASE_URL"].rpartition("/")[2]
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(server.url(), autocommit=True) as held:
            held.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return {"ORIENTALIS_DATABASE_URL": server.url(name)}

    def _make(self, kind: str, fill: str) -> tuple[Path, dict[str, str]]:
        folder = self.folder / f"{kind}-{len(self.made)}"
        folder.mkdir()
        given = {"ORIENTALIS_DATABASE_URL": self.server().new_database()} if kind == "postgresql" else {}
        for command in (
            ("migrate", "--verbosity", "0"),
            ("collectstatic", "--verbosity", "0", "--no-input"),
            ("load_bundle", str(SHIPPED)),
            *((("shell", "-c", fill),) if fill else ()),
        ):
            done = manage(folder, *command, **given)
            assert done.returncode == 0, done.stdout + done.stderr
        if kind == "sqlite":
            with closing(sqlite3.connect(folder / "site.sqlite3")) as held:
                held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return folder, given
