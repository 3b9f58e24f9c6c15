"""Processes that work beside the server: started anew when they die, ended with it, however it ends."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from time import monotonic

logger = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
"""Seconds before one that died is started anew, doubled each time (assumed)."""
STEADY_SECONDS = 60.0
"""One that lived this long is taken for sound: its next death counts as the first (assumed)."""
LEAVE_SECONDS = 5.0


class Helper:
    """A command of the site as a process of its own. It watches its stdin, and ends when that is closed."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = self.next_at = 0.0
        self.wait = FIRST_WAIT

    def tend(self) -> None:
        """Start it if it does not run and its time has come. Never waits."""
        now = monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            self._leave()
            self.wait = FIRST_WAIT if now - self.started_at > STEADY_SECONDS else min(LONGEST_WAIT, self.wait * 2)
            self.next_at = now + self.wait
            logger.warning("%s ended; it is started anew in %.0f s", self.arguments[0], self.wait)
        if now >= self.next_at:
            self._start(now)

    def _start(self, now: float) -> None:
        command = [sys.executable, "-m", "orientalis_site", *self.arguments]
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE)
            self.started_at = now
        except OSError as error:  # no memory, no process to be had: later perhaps
            self.wait = min(LONGEST_WAIT, self.wait * 2)
            self.next_at = now + self.wait
            logger.warning("%s did not start: %s", self.arguments[0], error.strerror)

    def ask_to_end(self) -> None:
        """Close its stdin."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()

    def end(self) -> None:
        """Wait until it has ended; insist where it does not."""
        if self.process is None:
            return
        self.ask_to_end()
        try:
            self.process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def forget(self) -> None:
        """In a process forked from the starter: let go of the pipe, or the helper would wait for this process too."""
        if self.process is not None and self.process.stdin is not None:
            os.close(self.process.stdin.fileno())

    def _leave(self) -> None:
        self.ask_to_end()
        self.process = None
