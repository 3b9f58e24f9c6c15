"""How far a run is, how fast it goes, and how long it will take."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Replicates: `done` of `total` over all scenarios, `found` of them from earlier. Rate is a second.

    None while unknown.
    """

    scenario: str
    done: int
    total: int
    found: int
    elapsed: float
    rate: float | None
    seconds_left: float | None


ProgressCallback = Callable[[Progress], None]


class Meter:
    """Counts finished replicates and tells the callback."""

    def __init__(self, total: int, found: int, callback: ProgressCallback | None) -> None:
        self._total = total
        self._found = found
        self._done = found
        self._callback = callback
        self._start = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._start

    def add(self, scenario: str, replicates: int) -> None:
        """Count replicates and report."""
        self._done += replicates
        if self._callback is None:
            return
        elapsed = self.elapsed
        new = self._done - self._found
        rate = new / elapsed if new > 0 and elapsed > 0.0 else None
        left = (self._total - self._done) / rate if rate is not None else None
        self._callback(Progress(scenario, self._done, self._total, self._found, elapsed, rate, left))
