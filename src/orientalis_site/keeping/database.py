"""The database as one file, and back from it: SQLite by its own copy in use, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connections

Pairs = dict[str, str]


class KeepingError(Exception):
    """A back-up that cannot be written or is not whole; the sentence says why."""


def name() -> str:
    """The name of the database's file in a back-up: it tells which kind of database it is of."""
    return "database.sqlite3" if is_sqlite() else "database.dump"


def is_sqlite() -> bool:
    """Whether the site's database is SQLite."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def save(target: Path) -> None:
    """Write the database to a file while the site goes on; what is written is one moment's state."""
    if not is_sqlite():
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
        return
    source = Path(settings.DATABASES["default"]["NAME"])
    if not source.exists():
        raise KeepingError(f"{source}: there is no database yet; `migrate` makes it")
    try:
        with closing(sqlite3.connect(source, timeout=30)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.Error as error:  # the disk is full, among others
        raise KeepingError(f"the database cannot be copied: {error}") from None
    _check(target)


def bring_back(source: Path) -> None:
    """Put a saved database in the place of the present one. KeepingError where it is damaged; nothing changes then."""
    connections.close_all()
    if not is_sqlite():
        options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction"]
        _run(["pg_restore", *options, f"--dbname={_database()['PGDATABASE']}", str(source)])
        return
    _check(source)
    place = Path(settings.DATABASES["default"]["NAME"])
    for ending in ("-wal", "-shm"):  # of the old one; the new one would be read with them
        place.with_name(place.name + ending).unlink(missing_ok=True)
    source.replace(place)


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as database:
            (found,) = database.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise KeepingError(f"{file.name}: not a whole database: {error}") from None
    if found != "ok":
        raise KeepingError(f"{file.name}: not a whole database: {found}")


def _database() -> Pairs:
    """What the programs of PostgreSQL read from their environment; the password never stands in a command."""
    held = settings.DATABASES["default"]
    wanted = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    found = {variable: str(held[key]) for variable, key in wanted.items() if held.get(key)}
    options = held.get("OPTIONS", {})
    return found | {f"PG{key.upper()}": str(options[key]) for key in ("sslmode", "sslrootcert") if key in options}


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, env={**os.environ, **_database()}, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise KeepingError(f"{command[0]} is not installed: it comes with PostgreSQL's client") from None
    if done.returncode != 0:
        ending = f"it was ended by signal {-done.returncode}" if done.returncode < 0 else f"status {done.returncode}"
        raise KeepingError(f"{command[0]} failed: {done.stderr.strip() or ending}")
