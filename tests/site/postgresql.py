"""A real PostgreSQL for one test process: its own folder, its own port on the loopback, ended by its process id."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.site.ports import free_port

# Speed before safety: nothing here outlives the tests.
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=60",
    "listen_addresses=127.0.0.1",
)


class PostgreSQL:
    """A server that runs: databases can be made in it."""

    def __init__(self, port: int, password: str, command: list[str], folder: Path) -> None:
        self.port = port
        self.password = password
        self.command = [*command, "-p", str(port)]
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, also once more after it was stopped. RuntimeError, with its log, when it does not start."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder, **other_user()
            )
        wait_until_it_answers(self, self.process, self.folder / "log")

    def stop(self) -> None:
        """End it, and all connections; what it holds stays."""
        if self.process is not None:
            end(self.process)

    def url(self, database: str = "postgres") -> str:
        """The address of a database, its password written as an address demands."""
        password = urllib.parse.quote(self.password, safe="")
        return f"postgresql://orientalis:{password}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Make an empty database; its address."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version; None where there is none."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if installed:
        return installed[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def other_user() -> dict[str, Any]:
    """What makes a child process run as somebody else where this one is root, as PostgreSQL demands."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def running(settings: Sequence[str] = SETTINGS) -> Iterator[PostgreSQL]:
    """Start a server in a temporary folder and end it. RuntimeError, with its log, when it does not start."""
    found = programs()
    assert found is not None
    identity = other_user()
    folder = Path(tempfile.mkdtemp(prefix="orientalis-postgresql-"))
    try:
        password = secrets.token_hex(8) + "/@:?%"  # what an address must escape
        secret = folder / "password"
        secret.write_text(password + "\n", encoding="utf-8")
        if identity:
            for path in (folder, secret):
                os.chown(path, identity["user"], identity["group"])
        data = folder / "data"
        command = [str(found / "initdb"), "--pgdata", str(data), "--username", "orientalis", "--encoding", "UTF8"]
        command += ["--locale", "C.UTF-8", "--auth", "scram-sha-256", "--pwfile", str(secret), "--no-sync"]
        made = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False, **identity)
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{made.stdout}\n{made.stderr}")
        options = [part for setting in (*settings, f"unix_socket_directories={folder}") for part in ("-c", setting)]
        server = PostgreSQL(free_port(), password, [str(found / "postgres"), "-D", str(data), *options], folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_it_answers(server: PostgreSQL, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Return once a connection is taken. RuntimeError, with the log, when none is."""
    last = time.monotonic() + seconds
    while time.monotonic() < last and process.poll() is None:
        try:
            psycopg.connect(server.url(), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to end its connections and go; insist when it does not."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(how)
        try:
            process.wait(15)
            return
        except subprocess.TimeoutExpired:
            continue
