"""Worker processes on this machine: spawned, never forked; each runs one batch at a time and answers with bytes.

A thread per worker feeds it, so it is always known which batch a dead worker held, and no other batch is touched.
"""

import os
import pickle
import queue
import subprocess
import sys
import threading
from typing import BinaryIO, cast

from orientalis.core.errors import OrientalisError
from orientalis.run.task import Died, Failure, Result, Task
from orientalis.run.worker import read_frame, write_frame
from orientalis.store.parts import Part

_WINDOW = 2  # tasks under way or queued for each worker: none waits while a part is written
_POLL = 0.2  # seconds; on Windows a wait without limit cannot be interrupted


class LocalPool:
    """`workers` processes that live until `close`."""

    def __init__(self, workers: int) -> None:
        self.capacity = _WINDOW * workers
        self._workers = workers
        self._tasks: queue.Queue[Task | None] = queue.Queue()
        self._results: queue.Queue[tuple[Task, Result] | OrientalisError] = queue.Queue()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._guard = threading.Lock()
        self._is_closed = False
        for _ in range(workers):
            threading.Thread(target=self._serve, daemon=True).start()

    def submit(self, task: Task) -> None:
        """Hand a task to the next free worker."""
        self._tasks.put(task)

    def next(self) -> tuple[Task, Result]:
        """Wait for a result; OrientalisError when workers cannot start."""
        while True:
            try:
                return _unwrapped(self._results.get(timeout=_POLL))
            except queue.Empty:
                continue

    def ready(self) -> list[tuple[Task, Result]]:
        """Return the results that wait."""
        found = []
        while not self._results.empty():
            found.append(_unwrapped(self._results.get_nowait()))
        return found

    def close(self) -> None:
        """End all workers at once."""
        with self._guard:
            self._is_closed = True
            processes = list(self._processes)
        for process in processes:
            process.kill()
        for process in processes:
            process.wait()
        for _ in range(self._workers):
            self._tasks.put(None)

    def _serve(self) -> None:
        """Feed one worker, and its successors when it dies."""
        process: subprocess.Popen[bytes] | None = None
        while (task := self._tasks.get()) is not None:
            try:
                if process is None:
                    process = self._start()
                if process is None:
                    return
            except OrientalisError as error:
                self._results.put(error)
                return
            try:
                write_frame(cast(BinaryIO, process.stdin), task)
                result: Result = cast(Part | Failure, read_frame(cast(BinaryIO, process.stdout)))
            except (pickle.PicklingError, AttributeError, TypeError) as error:
                self._results.put(OrientalisError(f"{task.name} cannot be sent to a worker: {error}."))
                return
            except (EOFError, OSError):
                result = Died(f"its worker process ended ({_exit_word(self._end(process))})")
                process = None
            self._results.put((task, result))

    def _start(self) -> subprocess.Popen[bytes] | None:
        """Return a worker that is up, None when the pool was closed meanwhile."""
        with self._guard:
            if self._is_closed:
                return None
            process = _spawn()
            self._processes.add(process)
        try:
            write_frame(cast(BinaryIO, process.stdin), sys.path)
            read_frame(cast(BinaryIO, process.stdout))
        except (EOFError, OSError):
            code = self._end(process)
            if self._is_closed:
                return None
            raise OrientalisError(f"a worker process cannot start ({_exit_word(code)}).") from None
        return process

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        try:
            code = process.wait(timeout=1)  # it has ended, or is about to
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        for stream in (process.stdin, process.stdout):
            try:
                cast(BinaryIO, stream).close()
            except OSError:
                pass
        with self._guard:
            self._processes.discard(process)
        return code


def _spawn() -> "subprocess.Popen[bytes]":
    """Start a worker outside the terminal's group: Ctrl-C is for the parent, which ends its workers itself."""
    command = [sys.executable, "-m", "orientalis.run.worker"]
    environment = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    if sys.platform == "win32":
        group = subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, creationflags=group
        )
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, process_group=0)


def _unwrapped(item: tuple[Task, Result] | OrientalisError) -> tuple[Task, Result]:
    if isinstance(item, OrientalisError):
        raise item
    return item


def _exit_word(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
