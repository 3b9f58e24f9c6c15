"""The lines to PostgreSQL that a process keeps. To open one costs more than most requests (docs/site/measurements.md).

Off until `keep`: a command has one line, and closes it. A line that is free belongs to no thread, so that many threads
that wait for slow clients hold none.
"""

from __future__ import annotations

import select
from threading import BoundedSemaphore, Lock
from time import monotonic
from typing import Any

import psycopg
from django.db import connections

MOST = 20
"""Lines of a process: two of them leave room in the hundred that PostgreSQL takes by itself (assumed)."""
PATIENCE = 5.0
"""Seconds that a request waits for a line when all are in use (assumed)."""
IDLE_SECONDS = 60.0
"""After this a free line is given up, so that none is trusted that a firewall has forgotten (assumed)."""


class Lines:
    """Free lines, the one used last first; and how many there may be altogether."""

    def __init__(self) -> None:
        self.is_kept = False
        self._free: list[tuple[float, str, Any]] = []
        self._lock = Lock()
        self._slots = BoundedSemaphore(MOST)

    def keep(self) -> None:
        """From now on keep lines. For processes that serve, after they were forked."""
        self.is_kept = True

    def take(self, target: str) -> Any:
        """A free line to a database; None: there is none, and one may be opened. OperationalError: too many are."""
        if not self._slots.acquire(timeout=PATIENCE):
            raise psycopg.OperationalError(f"all {MOST} lines to the database have been in use for {PATIENCE:.0f} s")
        while True:
            with self._lock:
                found = self._free.pop() if self._free else None
            if found is None:
                return None
            since, to, line = found
            if to == target and monotonic() - since < IDLE_SECONDS and is_sound(line):
                return line
            line.close()

    def give_back(self, target: str, line: Any, *, is_sound: bool) -> None:
        """A line that was taken is used no more; it is kept, or closed unless it is sound."""
        if is_sound:
            with self._lock:
                self._free.append((monotonic(), target, line))
        elif line is not None:
            line.close()
        self._slots.release()

    def release(self) -> None:
        """Give this thread's line back now, and not when the last byte has gone to a slow reader."""
        if self.is_kept:
            connections.close_all()


def is_sound(line: Any) -> bool:
    """Whether a free line may be used. A server that has ended has said so: there is something to read."""
    if line.closed:
        return False
    poll = select.poll()
    poll.register(line.fileno(), select.POLLIN)
    return not poll.poll(0)


lines = Lines()
