"""Commands that go on until they are told to end: by a signal, or because the process that started them is gone."""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

from django.db import connections

logger = logging.getLogger(__name__)
LONGEST_WAIT = 30.0
"""Seconds between two attempts while something is down (assumed)."""
GRACE_SECONDS = 10.0
"""What a step may still take after the end was told."""


class End:
    """Whether the loop is to end."""

    def __init__(self) -> None:
        self._told = threading.Event()

    def __call__(self) -> bool:
        """Whether it is."""
        return self._told.is_set()

    def tell(self, *_: object) -> None:
        """End after this step, and in any case soon."""
        if not self._told.is_set():
            self._told.set()
            timer = threading.Timer(GRACE_SECONDS, os._exit, (0,))
            timer.daemon = True
            timer.start()

    def wait(self, seconds: float) -> None:
        """Wait, but not beyond the end."""
        self._told.wait(seconds)

    def heed_signals(self) -> None:
        """End at SIGTERM, SIGINT and SIGHUP."""
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self.tell)

    def heed_parent(self) -> None:
        """End when the other end of stdin is closed, which happens however the parent ends, by SIGKILL too."""

        def watch() -> None:
            while os.read(0, 4096):
                pass
            self.tell()

        threading.Thread(target=watch, daemon=True).start()


def repeat(name: str, step: Callable[[], int], pause: float, end: End) -> None:
    """Do a step again and again: at once while there is work, else after a pause. What fails is said in one line,
    by its kind alone, since the words of an error may hold what a person wrote; and tried again ever more slowly."""
    wait = pause
    while not end():
        try:
            is_more = step() > 0
            wait = pause
        except Exception as error:
            is_more = False
            wait = min(LONGEST_WAIT, max(pause, wait * 2))
            logger.warning("%s: %s; trying again in %.0f s", name, kind(error), wait)
            connections.close_all()
        if not is_more:
            end.wait(wait)


def kind(error: BaseException) -> str:
    """An error without its words, but for those that we wrote."""
    told = getattr(error, "trouble", "")
    number = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return " ".join(filter(None, (type(error).__name__, str(told), number)))


def unbuffered() -> None:
    """Print each line at once, also into a file or a pipe."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(line_buffering=True)
