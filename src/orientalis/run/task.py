"""One batch: a pure function from a specification to the bytes of a part. It writes nothing."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from orientalis.core.errors import InputError
from orientalis.core.provenance import versions
from orientalis.store.parts import Part, RecordsLike, Zones, encode


class RunSpecLike(Protocol):
    """What a run needs of a `RunSpec` (see `orientalis.scenario`); it crosses to workers pickled."""

    @property
    def scenario(self) -> str:
        """Name of the scenario; runs over parameter draws end in `.draws`."""

    @property
    def years(self) -> int:
        """Length of the run."""

    @property
    def batch(self) -> int:
        """Replicates a batch."""

    @property
    def replicates(self) -> int:
        """Replicates asked for; not part of the hash."""

    @property
    def draws(self) -> int:
        """Number of parameter draws; 0 for the catalogue's default values."""

    @property
    def run_hash(self) -> str:
        """Hash of the canonical specification."""

    def canonical(self) -> Mapping[str, Any]:
        """Return the specification, fully explicit, as plain data."""


Simulator = Callable[[Any, int, int], tuple[RecordsLike, Zones | None]]
"""Runs replicates [first, first + count) of a specification: (spec, first, count) -> records and zones."""


@dataclass(frozen=True)
class Task:
    """A batch to run: replicates [first, first + count) of a scenario."""

    simulator: Simulator
    spec: RunSpecLike
    index: int
    first: int
    count: int

    @property
    def name(self) -> str:
        """Scenario and batch in words."""
        return f"batch {self.index} of {self.spec.scenario} (replicates {self.first} to {self.first + self.count - 1})"


@dataclass(frozen=True)
class Failure:
    """A batch that raised an error: it would again, so it is not sent again. `is_input`.

    The study's fault, not ours.
    """

    message: str
    trace: str
    is_input: bool


@dataclass(frozen=True)
class Died:
    """A batch whose worker died, after it was sent `times`."""

    reason: str
    times: int = 1


Result = Part | Failure | Died

_compiled: set[tuple[bool, bool]] = set()
"""Kinds of study whose kernels this process has at hand; a worker is one process, so there is nothing to share."""


def simulate_batch(spec: Any, first: int, count: int) -> tuple[RecordsLike, Zones | None]:
    """Compile and simulate a batch with the engine.

    Processes that start together go through the kernels from both ends, so that two share the work of a cold cache.
    """
    from orientalis.engine.simulate import compile_kernels, simulate
    from orientalis.scenario import compile_batch

    inputs = compile_batch(spec, first, count)
    kind = (inputs.settings.is_spatial, inputs.settings.ceiling > 0)
    if kind not in _compiled:
        compile_kernels(inputs, is_backwards=first // spec.batch % 2 == 1)
        _compiled.add(kind)
    members = tuple(tuple(bool(cell) for cell in row) for row in inputs.zone_members)
    return simulate(inputs), Zones(tuple(inputs.zone_names), members)


def run_task(task: Task) -> Part | Failure:
    """Return the part of a batch, or what went wrong."""
    try:
        records, zones = task.simulator(task.spec, task.first, task.count)
        return encode(records, task.first, task.count, zones, versions())
    except InputError as error:
        return Failure(str(error), traceback.format_exc(), True)
    except Exception as error:  # one batch's error must not end the others
        return Failure(f"{type(error).__name__}: {error}", traceback.format_exc(), False)
