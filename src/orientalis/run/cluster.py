"""A Dask cluster named by its address: the batches go there, their bytes come back, this process alone writes."""

import queue
import time
from contextlib import suppress
from typing import Any

from orientalis.core.errors import InputError, OrientalisError
from orientalis.core.provenance import versions
from orientalis.run.task import Died, Failure, Result, Task, run_task

_POLL = 0.2  # seconds
_CONNECT = 10.0  # seconds
_WINDOW = 2  # tasks under way for each thread of the cluster
_SAME = ("orientalis", "numpy", "numba", "llvmlite", "platform")
"""Versions that must agree with this machine's.

Results are equal bit for bit on one platform and one set of versions.
"""


class DaskPool:
    """Tasks on a Dask cluster. A task whose worker dies is sent again by the scheduler, as often as it is set to."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, Future
        except ImportError:
            raise InputError(
                "a cluster needs the package distributed", key="--cluster", expected="pip install orientalis[dask]"
            ) from None
        self._address = address
        self._future_type = Future
        try:
            self._client: Any = Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError(
                f"no Dask scheduler answers ({type(error).__name__})",
                key="--cluster",
                value=address,
                expected="the address of a running scheduler, such as tcp://127.0.0.1:8786",
            ) from error
        self._finished: queue.Queue[Any] = queue.Queue()
        self._tasks: dict[str, Task] = {}
        self._sent = 0
        self._threads = (0.0, 1)

    @property
    def capacity(self) -> int:
        """Two tasks for each thread of the cluster; asked anew every five seconds, for clusters grow and shrink."""
        asked, threads = self._threads
        if asked == 0.0 or time.monotonic() - asked > 5.0:
            threads = max(1, sum(self._client.nthreads().values()))
            self._threads = (time.monotonic(), threads)
        return _WINDOW * threads

    def submit(self, task: Task) -> None:
        """Send a task."""
        self._sent += 1
        key = f"orientalis-{task.spec.run_hash[:12]}-{task.index}-{id(self)}-{self._sent}"
        future = self._client.submit(run_task, task, key=key, pure=False, retries=0)
        self._tasks[key] = task
        future.add_done_callback(self._finished.put)

    def next(self) -> tuple[Task, Result]:
        """Wait for a result; OrientalisError when the cluster is lost."""
        while True:
            try:
                return self._collect(self._finished.get(timeout=_POLL))
            except queue.Empty:
                if self._client.status not in ("running", "connecting"):
                    raise OrientalisError(
                        f"the cluster at {self._address} is lost; what was finished is kept."
                    ) from None

    def ready(self) -> list[tuple[Task, Result]]:
        """Return the results that wait."""
        found = []
        while not self._finished.empty():
            found.append(self._collect(self._finished.get_nowait()))
        return found

    def close(self) -> None:
        """Drop what is under way and leave the cluster as it was."""
        with suppress(Exception):  # the cluster may be gone; leaving is all that is wanted
            self._client.cancel([self._future_type(key, self._client) for key in self._tasks], force=True)
        self._client.close(timeout=2)

    def _collect(self, future: Any) -> tuple[Task, Result]:
        from distributed import KilledWorker

        task = self._tasks.pop(future.key)
        try:
            result: Result = future.result()
        except KilledWorker as error:
            return task, Died(f"its workers on the cluster died ({error.last_worker.address})", _sent_by_dask(error))
        except Exception as error:
            if future.status in ("cancelled", "lost"):
                raise OrientalisError(f"the cluster at {self._address} is lost; what was finished is kept.") from error
            return task, Failure(f"{type(error).__name__}: {error}", "", False)
        finally:
            future.release()
        if not isinstance(result, Failure):
            self._check_same_versions(getattr(result, "versions", {}))
        return task, result

    def _check_same_versions(self, theirs: dict[str, str]) -> None:
        ours = versions()
        for name in _SAME:
            if theirs.get(name) != ours[name]:
                raise InputError(
                    f"a worker of the cluster has another version of {name}",
                    key="--cluster",
                    value=theirs.get(name),
                    expected=f"{ours[name]}, as on this machine: otherwise results would not be equal",
                )


def _sent_by_dask(error: Any) -> int:
    """Return how often the scheduler sent a task before it gave up."""
    return int(getattr(error, "allowed_failures", 3)) + 1
