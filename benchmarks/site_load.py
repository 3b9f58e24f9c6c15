"""Loads of page reads on the loopback, and who spent the processor on them."""

from __future__ import annotations

import http.client
import os
import re
import resource
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")


class Load(NamedTuple):
    """A run of wrk: reads a second, milliseconds at the median and the 99th percentile, seconds of processor."""

    reads: float
    median: float
    p99: float
    generator: float
    servers: tuple[float, ...]


def processor_seconds(pid: int) -> float:
    """Seconds of processor that a process and its children have spent so far, those that have ended among them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    ticks = sum(fields(pid))
    for child in children:
        try:
            ticks += sum(fields(int(child))[:2])
        except FileNotFoundError:  # it has ended just now, and counts at its parent's
            continue
    return ticks / TICKS


def fields(pid: int) -> list[int]:
    """Ticks of a process: its own in its own code and the system's, and those of children that it has waited for."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return [int(field) for field in text[11:15]]


def wrk(url: str, seconds: int, servers: list[int], host: str | None = None) -> Load:
    """Sixteen lines on one thread ask for a page as fast as they are answered. RuntimeError where an answer is none.

    `servers`: processes whose seconds are wanted, with their children.
    """
    before = [processor_seconds(pid) for pid in servers]
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Host: {host}"] if host else []
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    generator = now.ru_utime + now.ru_stime - spent.ru_utime - spent.ru_stime
    after = [processor_seconds(pid) for pid in servers]
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(done.stdout)
    return Load(
        reads=float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]),
        median=milliseconds(done.stdout, "50%"),
        p99=milliseconds(done.stdout, "99%"),
        generator=generator,
        servers=tuple(end - start for start, end in zip(before, after, strict=True)),
    )


def milliseconds(text: str, quantile: str) -> float:
    """A quantile of wrk's table."""
    number, unit = re.search(rf"{quantile}\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def times(port: int, path: str, number: int) -> list[float]:
    """Seconds from request to the last byte, one after another on one line; sorted."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    found = []
    for _ in range(number):
        start = time.perf_counter()
        line.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        found.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    line.close()
    return sorted(found)
