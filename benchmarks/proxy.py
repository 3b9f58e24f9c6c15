"""nginx as `deploy/nginx/orientalis.conf` sets it up, on the loopback, in a temporary folder, by anybody."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "deploy" / "nginx" / "orientalis.conf"
NAME = "leopard.example"

FRAME = """\
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/orientalis.conf;
}}
"""


def program() -> str | None:
    """The nginx of this machine; None where there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def replaced(text: str, what: str, by: str) -> str:
    """A text with something replaced that must stand in it."""
    if what not in text:
        raise ValueError(f"{SHIPPED.name} does not hold {what!r} any more")
    return text.replace(what, by)


def configure(folder: Path, upstream: int, plain: int, secure: int, *, tls: bool) -> Path:
    """Write the configuration that is shipped with other ports and folders; without TLS unless asked for. Its path."""
    text = SHIPPED.read_text(encoding="utf-8")
    text = replaced(text, "127.0.0.1:8000", f"127.0.0.1:{upstream}")
    text = replaced(text, "/var/cache/nginx/orientalis", f"{folder}/cache")
    text = replaced(text, "/var/www/acme", f"{folder}/acme")
    text = replaced(text, "/etc/ssl/orientalis/", f"{folder}/")
    text = replaced(text, "listen 80", f"listen 127.0.0.1:{plain}")
    if tls:
        text = replaced(text, "listen 443", f"listen 127.0.0.1:{secure}")
    else:
        text = replaced(text, "listen 443 ssl http2", f"listen 127.0.0.1:{secure}")
        text = re.sub(r"^\s*ssl_.*\n", "", text, flags=re.MULTILINE)
    (folder / "orientalis.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(FRAME.format(folder=folder, user=user), encoding="utf-8")
    return path


def command(folder: Path, *arguments: str) -> list[str]:
    """The command of nginx in a folder."""
    found = program()
    if found is None:
        raise FileNotFoundError("there is no nginx: tools/install_packages.sh bench")
    return [found, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), *arguments]


@contextmanager
def running(folder: Path, upstream: int, plain: int, secure: int, *, tls: bool = False) -> Iterator[int]:
    """Run nginx before the site that listens on `upstream`, on `secure` and `plain`; its process id. Ended by it."""
    configure(folder, upstream, plain, secure, tls=tls)
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command(folder), stdout=output, stderr=subprocess.STDOUT)
    try:
        last = time.monotonic() + 10
        while time.monotonic() < last and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", secure)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise RuntimeError(f"nginx did not start:\n{(folder / 'output').read_text(encoding='utf-8')}")
        yield process.pid
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGQUIT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
