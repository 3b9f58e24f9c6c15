"""A hundred clients who send slowly, send half, read nothing or do not leave keep nobody else waiting."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from tests.site import raw
from tests.site.evidence import address, shipped
from tests.site.server import Server

HEAD = b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
OTHERS = 5
PATIENCE = 8.0
"""Seconds in which five readers must have been served, beside a hundred who hold their lines."""


def nothing(line: socket.socket, number: int) -> None:
    """Connects and is silent."""


def half_a_head(line: socket.socket, number: int) -> None:
    """Sends some of a request, and never the rest."""
    line.sendall((HEAD + b"X-Slow: ")[: 1 + number % len(HEAD)])


def a_long_half(line: socket.socket, number: int) -> None:
    """Sends much of a head, and never its end."""
    line.sendall(HEAD + b"".join(b"X-%d: 1234567890\r\n" % each for each in range(80)))


def no_body(line: socket.socket, number: int) -> None:
    """Announces a body, and never sends it."""
    line.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")


def half_a_chunk(line: socket.socket, number: int) -> None:
    """Begins a chunk, and never ends it."""
    line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\nfff\r\nabc")


def half_a_second_request(line: socket.socket, number: int) -> None:
    """Sends a request and the beginning of another."""
    line.sendall(HEAD + b"\r\n" + HEAD)


def does_not_leave(line: socket.socket, number: int) -> None:
    """Says that it wants to close, and does not."""
    line.sendall(HEAD + b"Connection: close\r\n\r\n")


def half_closed(line: socket.socket, number: int) -> None:
    """Sends half a request and closes its side."""
    line.sendall(HEAD)
    line.shutdown(socket.SHUT_WR)


def reads_nothing(line: socket.socket, number: int) -> None:
    """Asks for the largest file, and does not read it."""
    largest = max(shipped().manifest.files, key=lambda file: file.size)
    line.sendall(raw.get(address(largest.path).encode(), close=False))


@contextlib.contextmanager
def crowd(port: int, act: Callable[[socket.socket, int], None], size: int = 100) -> Iterator[list[socket.socket]]:
    """Clients who all do the same and hold their lines."""
    with contextlib.ExitStack() as held:
        lines = []
        for number in range(size):
            line = held.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.settimeout(10)
            line.connect(("127.0.0.1", port))
            act(line, number)
            lines.append(line)
        yield lines


@pytest.mark.parametrize(
    "act",
    [
        nothing,
        half_a_head,
        a_long_half,
        no_body,
        half_a_chunk,
        half_a_second_request,
        does_not_leave,
        half_closed,
        reads_nothing,
    ],
    ids=lambda act: act.__name__,
)
def test_a_hundred_of_them_keep_nobody_waiting(server: Server, act: Callable[[socket.socket, int], None]) -> None:
    with crowd(server.port, act) as lines:
        start = time.monotonic()
        for _ in range(OTHERS):
            assert server.get("/en/").status == 200
            if act is half_a_head:
                for line in lines:
                    with contextlib.suppress(OSError):
                        line.sendall(b"a")
        assert time.monotonic() - start < PATIENCE
    assert server.get("/en/").status == 200
    assert "Traceback" not in server.printed, server.printed[-4000:]


def test_one_who_sends_a_byte_at_a_time_is_served(server: Server) -> None:
    with raw.connect(server.port) as line:
        for byte in raw.get(b"/healthz"):
            line.sendall(bytes([byte]))
            time.sleep(0.005)
        (reply,) = raw.split(raw.read_all(line))
    assert reply.status == 200


def test_requests_that_come_together_are_all_answered(server: Server) -> None:
    content = raw.get(b"/healthz", close=False) * 5 + raw.get(b"/healthz")
    assert [reply.status for reply in raw.send(server.port, content)] == [200] * 6


def test_a_line_is_kept_for_further_requests(server: Server) -> None:
    with raw.connect(server.port) as line:
        for _ in range(3):
            line.sendall(raw.get(b"/healthz", close=False))
            assert raw.read_one(line).status == 200
            time.sleep(0.3)
        line.sendall(raw.get(b"/healthz"))
        assert raw.split(raw.read_all(line))[0].status == 200


def test_a_silent_line_is_closed_in_the_end(server: Server) -> None:
    with raw.connect(server.port) as line:
        line.sendall(b"GET /en/ HT")
        start = time.monotonic()
        assert raw.read_all(line, 20) == b""
        assert 3 < time.monotonic() - start < 15
