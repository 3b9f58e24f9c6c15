"""Where batches run: the common face of this process, local worker processes and a Dask cluster."""

from typing import Protocol

from orientalis.run.task import Result, Task, run_task


class Pool(Protocol):
    """Takes tasks, hands back results in any order. Close it in any case."""

    @property
    def capacity(self) -> int:
        """How many tasks may be under way; bounds the memory of results that wait to be written."""

    def submit(self, task: Task) -> None:
        """Begin a task."""

    def next(self) -> tuple[Task, Result]:
        """Wait for a task and return it with its result."""

    def ready(self) -> list[tuple[Task, Result]]:
        """Return what is finished already, without waiting."""

    def close(self) -> None:
        """Stop everything at once; what is under way is dropped."""


class InlinePool:
    """Runs each task in this very process: no start-up cost, for one worker."""

    capacity = 1

    def __init__(self) -> None:
        self._tasks: list[Task] = []

    def submit(self, task: Task) -> None:
        """Queue a task; it runs in `next`."""
        self._tasks.append(task)

    def next(self) -> tuple[Task, Result]:
        """Run the task that was queued first."""
        task = self._tasks.pop(0)
        return task, run_task(task)

    def ready(self) -> list[tuple[Task, Result]]:
        """Return nothing: what is not written is not begun."""
        return []

    def close(self) -> None:
        """Forget what is queued."""
        self._tasks.clear()
