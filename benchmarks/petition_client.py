"""Posts forms at a fixed rate over kept-alive lines, and prints what came of it as JSON.

    python benchmarks/petition_client.py PORT HOST RATE LINES FILE

FILE holds a request a line: its path, the address it is sent for, its form, with tabs between. The rate is kept however
slow the answers are, and a time is counted from the moment at which the request was due: one that had to wait for a
free line has waited.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 30.0


@dataclass
class Found:
    """Seconds of each request in the order in which they were due, statuses, and how late requests were begun."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)


class Line:
    """A connection that is opened when it is needed, and anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> str:
        """Send a request; the status of its answer, or the kind of the error."""
        try:
            if self.streams is None or self.streams[0].at_eof():
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.streams
            writer.write(request)
            head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)).lower()
            length = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            if b"\r\nconnection: close" in head:
                self.streams = None
                writer.close()
            return head[9:12].decode()
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            self.streams = None
            return type(error).__name__


async def post(port: int, rate: float, lines: int, requests: list[bytes]) -> Found:
    """Send all requests, each when it is due."""
    found = Found()
    following = iter(enumerate(requests))
    start = time.perf_counter() + 0.2

    async def work(line: Line) -> None:
        for number, request in following:
            due = start + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            status = await line.ask(request)
            found.seconds.append(time.perf_counter() - due)
            found.statuses[status] += 1

    await asyncio.gather(*(work(Line(port)) for _ in range(lines)))
    return found


def written(host: str, line: str) -> bytes:
    """A request as it goes over the line."""
    path, sender, form = line.split("\t")
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {sender}\r\nAccept-Encoding: gzip\r\n"
    return (
        f"{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}".encode()
    )


def main() -> None:
    """Send what the file holds and print what was found."""
    port, host, rate, lines, file = sys.argv[1:]
    requests = [written(host, line) for line in Path(file).read_text(encoding="ascii").splitlines()]
    begun = time.perf_counter()
    found = asyncio.run(post(int(port), float(rate), int(lines), requests))
    took = time.perf_counter() - begun - 0.2
    spent = resource.getrusage(resource.RUSAGE_SELF)
    json.dump(
        {
            "seconds": found.seconds,
            "statuses": found.statuses,
            "took": took,
            "processor": spent.ru_utime + spent.ru_stime,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
