"""The site as its users start it: `python -m orientalis_site serve`, in a folder of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.site.ports import free_port, is_listening

ROOT = Path(__file__).resolve().parents[2]


class Answer(NamedTuple):
    """What came back: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


def environment(var: Path, **given: str) -> dict[str, str]:
    """The environment of a command of the site: nothing of the site's own settings but those given here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ORIENTALIS_", "DJANGO_"))}
    kept.pop("PORT", None)
    # The sources of this checkout come first, also where another copy is installed.
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**kept, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "ORIENTALIS_VAR": str(var), **given}


def manage(var: Path, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the site to its end; nothing is raised when it fails."""
    command = [sys.executable, "-m", "orientalis_site", *arguments]
    return subprocess.run(
        command, cwd=var, env=environment(var, **given), capture_output=True, text=True, timeout=180, check=False
    )


class Server:
    """A site that runs. `var`: its folder; `port`: where it listens; `log`: what it printed."""

    def __init__(self, var: Path, **given: str) -> None:
        self.var = var
        self.given = given
        self.port = free_port()
        self.log = var / "serve.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def printed(self) -> str:
        """All it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def start(self, seconds: float = 90) -> Server:
        """Start it and wait until it is ready. RuntimeError, with what it printed, when it is not."""
        self.var.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "orientalis_site", "serve"]
        settings = environment(self.var, PORT=str(self.port), **self.given)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.var, env=settings, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        last = time.monotonic() + seconds
        while time.monotonic() < last and self.process.poll() is None:
            try:
                if self.get("/readyz").status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.1)
        status = self.process.poll()
        self.stop()
        raise RuntimeError(f"the site did not become ready (status {status}):\n{self.printed}")

    def stop(self) -> int | None:
        """Ask it to end, by its process id, and wait for it and all its children; its exit status."""
        if self.process is None:
            return None
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(30)
        except subprocess.TimeoutExpired:
            status = None
        try:  # its own session holds nothing else; what is left there would outlive the test
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait(10)
        return status

    def is_listening(self) -> bool:
        """Tell whether anything still takes connections on its port."""
        return is_listening(self.port)

    def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Ask it once, on a connection of its own, without following a redirect."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """GET a path; the names of headers with _ for -."""
        return self.request("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def path(self, address: str) -> str:
        """The path and query of an address of this site. AssertionError when it is another's."""
        parts = urllib.parse.urlsplit(address)
        assert parts.netloc in ("", f"127.0.0.1:{self.port}"), address
        return parts.path + (f"?{parts.query}" if parts.query else "")


ServerFactory = Callable[..., Server]
