"""Runs a program as its user would and says what it took: wall time and memory of the whole process."""

import contextlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAUSE = 0.25
"""Seconds between two looks at the memory of a process and its workers."""


@dataclass(frozen=True)
class Cost:
    """What a program took.

    wall: seconds from start to end; largest: peak memory of its largest process, MB; together: peak of all its
    processes at once, shared pages counted once, MB, or None where the system does not tell; output: what it printed.
    """

    wall: float
    largest: float
    together: float | None
    output: str


def orientalis(*arguments: str) -> list[str]:
    """The command line of this checkout."""
    return [sys.executable, "-m", "orientalis", *arguments]


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end; RuntimeError with what it said when it fails."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **(environment or {})}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # else each start compiles every module again: 4 s
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=said, stderr=subprocess.STDOUT)
        peak: list[float] = []
        watch = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
        watch.start()
        # wait4 gives the peak of this very child and of the workers it waited for; getrusage that of all so far.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.join(timeout=2 * PAUSE)
        said.seek(0)
        output = said.read()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    unit = 2**20 if sys.platform == "darwin" else 2**10
    largest = max(usage.ru_maxrss, after if after > before else 0) / unit
    return Cost(wall, largest, max(peak) if peak else None, output)


def middle(costs: Sequence[Cost]) -> Cost:
    """The run of median wall time, with the largest memory of all."""
    wall = statistics.median_low(cost.wall for cost in costs)
    together = [cost.together for cost in costs if cost.together is not None]
    chosen = next(cost for cost in costs if cost.wall == wall)
    return Cost(wall, max(cost.largest for cost in costs), max(together, default=None), chosen.output)


def _watch(pid: int, peak: list[float]) -> None:
    """Add the memory of a process and its descendants to `peak` until it ends (Linux; elsewhere nothing)."""
    while True:
        total = 0.0
        for each in _family(pid):
            with contextlib.suppress(OSError, ValueError, IndexError):
                text = Path(f"/proc/{each}/smaps_rollup").read_text()
                total += int(text.split("\nPss:")[1].split()[0]) / 1024
        if total == 0.0:
            return
        peak.append(total)
        time.sleep(PAUSE)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
