"""Bytes on a socket, as no well-behaved client sends them."""

from __future__ import annotations

import socket
import time
from typing import NamedTuple


class Reply(NamedTuple):
    """An answer read from bytes: status 0 where the server closed without any."""

    status: int
    head: bytes
    body: bytes


def connect(port: int, seconds: float = 30) -> socket.socket:
    """A connection to the loopback."""
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def send(port: int, content: bytes, *, close_writing: bool = False, seconds: float = 30) -> list[Reply]:
    """Send bytes on one connection; every answer until the server closes or says nothing more for `seconds`.

    Where the server stops reading, the rest is not sent; what it answered is read all the same.
    """
    with connect(port, seconds) as line:
        try:
            line.sendall(content)
            if close_writing:
                line.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return split(read_all(line, seconds))


def read_all(line: socket.socket, seconds: float = 30) -> bytes:
    """All that comes until the other side closes, resets or stays silent."""
    line.settimeout(seconds)
    parts = []
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        try:
            part = line.recv(65536)
        except (TimeoutError, ConnectionResetError):
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def read_one(line: socket.socket) -> Reply:
    """The next answer on a line that stays open."""
    content = b""
    while part := line.recv(65536):
        content += part
        found = split(content)
        if found and b"\r\n\r\n" in content and len(found[0].body) == length(found[0].head):
            return found[0]
    raise ConnectionError("the line was closed in the middle of an answer")


def length(head: bytes) -> int | None:
    """The length of the body that a head announces."""
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return int(lengths[0]) if lengths else None


def split(content: bytes) -> list[Reply]:
    """The answers in what a server sent: by their Content-Length, or all the rest without one."""
    found = []
    while content.startswith(b"HTTP/"):
        head, _, rest = content.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        announced = length(head)
        size = len(rest) if announced is None else announced
        found.append(Reply(status, head, rest[:size]))
        content = rest[size:]
    return found


def get(path: bytes, *, host: bytes = b"127.0.0.1", method: bytes = b"GET", close: bool = True) -> bytes:
    """A request in bytes."""
    ending = b"Connection: close\r\n" if close else b""
    return method + b" " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + ending + b"\r\n"
