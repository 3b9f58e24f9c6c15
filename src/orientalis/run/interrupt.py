"""Ctrl-C at a safe moment: while a part is being written the interruption waits until the part is whole."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupts:
    """Turns SIGINT and SIGTERM into KeyboardInterrupt, but never inside `held()`. Only the main thread can.

    Else it does nothing.
    """

    def __init__(self) -> None:
        self._is_held = False
        self._is_pending = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Handle the signals within, then put the earlier handlers back."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        earlier = {name: signal.signal(name, self._handle) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in earlier.items():
                signal.signal(name, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let an interruption wait until the end of the block."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self._is_pending:
            raise KeyboardInterrupt

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if self._is_held:
            self._is_pending = True
        else:
            raise KeyboardInterrupt
