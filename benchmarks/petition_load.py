"""Measure the petition under load, and print the tables of docs/site/measurements.md: part of `make bench-site`, or

    python benchmarks/petition_load.py [--quick] [--only PART]

A real PostgreSQL that writes to the disk before it answers, `serve` with two workers, nginx as it is shipped in front,
all on this machine, by the loopback alone. The load generator shares the processors: its part is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import psycopg  # noqa: E402

from benchmarks import petition_equal, petition_million, proxy  # noqa: E402
from benchmarks.petition_stage import PAGE, Stage, on_postgresql  # noqa: E402
from benchmarks.site import PRODUCTION, at, head, row  # noqa: E402
from benchmarks.site_load import milliseconds, processor_seconds  # noqa: E402
from tests.site.server import Server, manage  # noqa: E402

PARTS = ("confirming", "signing", "highest", "sqlite", "equal", "million")
LINES = 64
HIGHEST_P99 = 0.3
READS = "function delay() return 10 end\n"
"""Fifty readers who ask a hundred times a second each: some five thousand reads a second."""


class Amounts(NamedTuple):
    """How much is measured."""

    runs: int
    seconds: int
    highest_seconds: int
    sqlite_seconds: int
    pairs: int
    signatures: int


FULL = Amounts(runs=3, seconds=60, highest_seconds=10, sqlite_seconds=30, pairs=500, signatures=1_000_000)
QUICK = Amounts(runs=1, seconds=4, highest_seconds=2, sqlite_seconds=3, pairs=20, signatures=20_000)


@dataclass
class Phase:
    """What a load came to. `spent`: seconds of processor by process; `lag`: the longest that an event waited."""

    rate: float
    answered: float
    seconds: list[float]
    statuses: Counter[str]
    spent: dict[str, float]
    took: float
    lag: float = 0.0
    reads: float = 0.0
    reads_p99: float = 0.0

    @property
    def is_well(self) -> bool:
        """Every answer was 200, and 99 of 100 came in time."""
        return set(self.statuses) == {"200"} and at(self.seconds, 0.99) <= HIGHEST_P99

    def cells(self) -> list[str]:
        """Rate, answers a second, median, p99, slowest, lag, and shares of the processors."""
        times = [f"{1000 * at(self.seconds, share):.1f}" for share in (0.5, 0.99, 1)]
        cores = os.cpu_count() or 1
        shares = [f"{spent / self.took / cores:.0%}" for spent in self.spent.values()]
        return [f"{self.rate:,.0f}", f"{self.answered:,.0f}", *times, f"{self.lag:.1f}", *shares]


def load(stage: Stage, requests: list[str], rate: float, *, is_read: bool = False) -> Phase:
    """Post at a rate, while others read the page through the proxy if they are to."""
    file = stage.folder / "requests"
    file.write_text("\n".join(requests), encoding="ascii")
    command = [sys.executable, str(ROOT / "benchmarks" / "petition_client.py"), str(stage.server.port), proxy.NAME]
    readers = read(stage, len(requests) / rate) if is_read else None
    watch = Lag(stage)
    before = {name: processor_seconds(pid) for name, pid in stage.pids().items()}
    start = time.perf_counter()
    with watch:
        done = subprocess.run([*command, str(rate), str(LINES), str(file)], capture_output=True, text=True, check=True)
    took = time.perf_counter() - start
    spent = {name: processor_seconds(pid) - before[name] for name, pid in stage.pids().items()}
    found = json.loads(done.stdout)
    held = {"posts": found["processor"], **spent}
    phase = Phase(
        rate,
        len(requests) / found["took"],
        sorted(found["seconds"]),
        Counter(found["statuses"]),
        held,
        took,
        watch.most,
    )
    if readers is not None:
        printed, _ = readers.communicate(timeout=60)
        if "Non-2xx" in printed or "Socket errors" in printed:
            raise RuntimeError(printed)
        phase.reads = float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1])  # type: ignore[index]
        phase.reads_p99 = milliseconds(printed, "99%")
    return phase


def read(stage: Stage, seconds: float) -> subprocess.Popen[str]:
    """Readers of the page, through the proxy."""
    script = stage.folder / "reads.lua"
    script.write_text(READS, encoding="ascii")
    command = ["wrk", "-t1", "-c50", f"-d{max(1, round(seconds))}s", "--latency", "-s", str(script)]
    command += ["-H", "Accept-Encoding: gzip", "-H", f"Host: {proxy.NAME}"]
    return subprocess.Popen([*command, f"http://127.0.0.1:{stage.front}{PAGE}"], stdout=subprocess.PIPE, text=True)


class Lag:
    """Looks four times a second how long the oldest signature has waited for the tick."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.most = 0.0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Lag:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.thread.join()

    def _watch(self) -> None:
        if self.stage.postgres is None:
            return
        question = "SELECT extract(epoch FROM clock_timestamp() - min(at)) FROM petition_event WHERE folded_at IS NULL"
        with psycopg.connect(self.stage.server.given["ORIENTALIS_DATABASE_URL"], autocommit=True) as held:
            while not self.is_over.wait(0.25):
                found = held.execute(question).fetchone()
                self.most = max(self.most, float(found[0] or 0) if found else 0.0)


def check(server: Server) -> str:
    """Whether counts and signatures agree, once what waits is folded."""
    manage(server.var, "count_signatures", **server.given)
    done = manage(server.var, "count_signatures", "--check", **server.given)
    return "equal" if done.returncode == 0 else f"NOT EQUAL: {done.stdout}{done.stderr}"


COLUMNS = ("a second", "answered/s", "median, ms", "p99, ms", "slowest, ms", "lag, s")


def show_runs(stage: Stage, amounts: Amounts, what: str) -> None:
    """A hundred posts a second while the page is read."""
    head(f"{what}, run", *COLUMNS, "processors: posts", "site", "PostgreSQL", "nginx", "reads/s", "p99, ms", "answers")
    for number in range(amounts.runs):
        requests = (stage.confirmations if what == "confirming" else stage.signings)(100 * amounts.seconds)
        found = load(stage, requests, 100, is_read=True)
        answers = ", ".join(f"{count} × {status}" for status, count in found.statuses.items())
        row(number + 1, *found.cells(), f"{found.reads:,.0f}", f"{found.reads_p99:.1f}", answers)
    print(f"\nCount and confirmed rows: {check(stage.server)}.")


def show_confirming(stage: Stage, amounts: Amounts) -> None:
    """What the issue asks for."""
    print(f"\n### A hundred confirmations a second for {amounts.seconds} s, while the page is read\n")
    show_runs(stage, amounts, "confirming")


def show_signing(stage: Stage, amounts: Amounts) -> None:
    """The form, posted."""
    print(f"\n### A hundred forms a second for {amounts.seconds} s, while the page is read and letters are printed\n")
    show_runs(stage, amounts, "signing")


def show_highest(stage: Stage, amounts: Amounts) -> None:
    """Twice as many, until it is too slow."""
    print(f"\n### The highest rate, doubled while p99 ≤ 300 ms, {amounts.highest_seconds} s each, nobody reads\n")
    head("what", *COLUMNS, "processors: posts", "site", "PostgreSQL", "nginx")
    for what, make in (("confirming", stage.confirmations), ("signing", stage.signings)):
        rate, step = 100.0, 2.0
        while True:
            found = load(stage, make(round(rate * amounts.highest_seconds)), rate)
            row(what if found.is_well else f"{what}: too slow", *found.cells())
            time.sleep(2)
            if not found.is_well and step == 2:
                rate, step = rate / 2, 1.25  # more finely below what was too much
            elif not found.is_well or rate >= 4000:
                break
            rate *= step
    print(f"\nCount and confirmed rows: {check(stage.server)}.")


def show_sqlite(folder: Path, amounts: Amounts) -> None:
    """The same without PostgreSQL."""
    print(f"\n### SQLite: twenty confirmations a second for {amounts.sqlite_seconds} s\n")
    head("run", *COLUMNS, "processors: posts", "site", "answers")
    server = Server(folder / "sqlite", **PRODUCTION).start()
    try:
        stage = Stage(server, folder)
        for number in range(amounts.runs):
            found = load(stage, stage.confirmations(20 * amounts.sqlite_seconds), 20)
            answers = ", ".join(f"{count} × {status}" for status, count in found.statuses.items())
            row(number + 1, *found.cells(), answers)
        print(f"\nCount and confirmed rows: {check(server)}.")
    finally:
        server.stop()


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a small version, to see that it works")
    parser.add_argument("--only", choices=PARTS, action="append", help="some parts alone")
    options = parser.parse_args()
    amounts = QUICK if options.quick else FULL
    chosen = options.only or PARTS
    words = "QUICK: too small to quote; " * options.quick
    print(f"{words}{platform.platform()}; Python {platform.python_version()}; {os.cpu_count()} processors")
    print(f"Load {os.getloadavg()[0]:.1f} before.")
    with tempfile.TemporaryDirectory(prefix="orientalis-bench-petition-") as name:
        folder = Path(name)
        if set(chosen) & {"confirming", "signing", "highest"}:
            with on_postgresql(folder / "postgresql") as stage:
                for part in ("confirming", "signing", "highest"):
                    if part in chosen:
                        globals()[f"show_{part}"](stage, amounts)
        if "sqlite" in chosen:
            show_sqlite(folder, amounts)
        for part, show, amount in (
            ("equal", petition_equal.show, amounts.pairs),
            ("million", petition_million.show, amounts.signatures),
        ):
            if part in chosen:
                with on_postgresql(folder / part) as stage:
                    show(stage, amount)
    print(f"\nLoad {os.getloadavg()[0]:.1f} after: other work on the machine makes every figure worse.")


if __name__ == "__main__":
    main()
