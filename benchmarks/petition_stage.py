"""The site of the petition's loads: a real PostgreSQL that writes to the disk before it answers, `serve`, nginx."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import proxy
from benchmarks.site import PRODUCTION
from tests.site.ports import free_port
from tests.site.postgresql import PostgreSQL, running
from tests.site.server import ROOT, Server, environment

SLUG = "save-the-amur-leopard"
PAGE = f"/en/petitions/{SLUG}/"
SAFE = (
    "fsync=on",
    "synchronous_commit=on",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    "max_connections=100",
    "listen_addresses=127.0.0.1",
)
"""Settings of PostgreSQL: what is answered is on the disk."""


@dataclass
class Stage:
    """A site that runs, with its database and its proxy."""

    server: Server
    folder: Path
    postgres: PostgreSQL | None = None
    nginx: int | None = None
    front: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10**9)))

    def pids(self) -> dict[str, int]:
        """The processes whose share is wanted."""
        assert self.server.process is not None
        found = {"site": self.server.process.pid}
        if self.postgres is not None and self.postgres.process is not None:
            found["PostgreSQL"] = self.postgres.process.pid
        if self.nginx is not None:
            found["nginx"] = self.nginx
        return found

    def confirmations(self, number: int) -> list[str]:
        """Posts that confirm, of people who have just signed."""
        file = self.folder / "confirmations"
        inside(self.server, "pending", str(number), str(file))
        return file.read_text(encoding="ascii").splitlines()

    def signings(self, number: int) -> list[str]:
        """Posts of the form, each of another person from another place."""
        made = []
        for one in (next(self.numbers) for _ in range(number)):
            place = f"10.{one >> 16 & 255}.{one >> 8 & 255}.{one & 255}"
            form = f"name=Anna+{one}&email=anna{secrets.token_hex(6)}%40example.org&country=NL&show_name=on"
            made.append(f"{PAGE}sign/\t{place}\t{form}")
        return made


def inside(server: Server, *arguments: str, script: str = "petition_inside.py") -> dict[str, Any]:
    """Do something to the database of a site, from within the site's own code."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    given = environment(server.var, **server.given)
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def on_postgresql(folder: Path) -> Iterator[Stage]:
    """The site as a server would run it."""
    nginx = folder / "nginx"
    nginx.mkdir(parents=True)
    plain, secure = free_port(), free_port()
    with running(SAFE) as postgres:
        given = {"ORIENTALIS_DATABASE_URL": postgres.new_database(), "ORIENTALIS_TRUSTED_PROXIES": "127.0.0.0/8"}
        server = Server(folder / "site", **PRODUCTION, **given).start()
        try:
            with proxy.running(nginx, server.port, plain, secure) as pid:
                yield Stage(server, folder, postgres, pid, secure)
        finally:
            server.stop()
