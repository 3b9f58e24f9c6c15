"""How a run shows its progress: a bar on a terminal, plain lines in a pipe or on a terminal that cannot draw."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from orientalis.cli.output import duration, number, warn

_SECONDS_BETWEEN_LINES = 10.0


class Quiet:
    """Shows nothing but what is unusual."""

    def progress(self, state: Any) -> None:
        """Take note of a finished batch."""

    def note(self, line: str) -> None:
        """Say something unusual."""
        warn(line)

    def stop(self) -> None:
        """End the display."""


class Lines(Quiet):
    """A line at the first batch, then every ten seconds, and at the end."""

    def __init__(self) -> None:
        self._last = float("-inf")

    def progress(self, state: Any) -> None:
        """Print a line when it is time."""
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN_LINES or state.done >= state.total:
            self._last = now
            warn(describe(state))


class Bar(Quiet):
    """A bar with replicates done, rate and time left."""

    def __init__(self, console: Any) -> None:
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f}/{task.total:,.0f} replicates"),
            TextColumn("{task.fields[pace]}"),
        )
        self._bar = Progress(*columns, console=console)
        self._task = self._bar.add_task("starting", total=None, pace="", completed=0, visible=False)
        self._bar.start()

    def progress(self, state: Any) -> None:
        """Move the bar."""
        self._bar.update(
            self._task,
            description=state.scenario,
            completed=state.done,
            total=state.total,
            pace=pace(state),
            visible=True,
        )

    def note(self, line: str) -> None:
        """Print above the bar."""
        self._bar.console.print(line, markup=False, highlight=False)

    def stop(self) -> None:
        """Leave the bar as it stands."""
        self._bar.stop()


@contextmanager
def display(is_quiet: bool) -> Iterator[Quiet]:
    """Choose how to show progress, on the error stream."""
    shown: Quiet = Quiet()
    if not is_quiet:
        from rich.console import Console

        console = Console(stderr=True)
        shown = Bar(console) if console.is_terminal and not console.is_dumb_terminal else Lines()
    try:
        yield shown
    finally:
        shown.stop()


def describe(state: Any) -> str:
    """Return a state as a line: "40 of 1,000 replicates, 12.3 a second, 1 min 18 s left"."""
    parts = [f"{number(state.done)} of {number(state.total)} replicates", pace(state)]
    return ", ".join(part for part in parts if part)


def pace(state: Any) -> str:
    """Return rate and time left in words, "" while unknown."""
    if state.rate is None or state.seconds_left is None:
        return ""
    rate = f"{state.rate:.1f} a second" if state.rate >= 1.0 else f"{1.0 / state.rate:.1f} s each"
    return f"{rate}, {duration(state.seconds_left)} left" if state.done < state.total else rate
