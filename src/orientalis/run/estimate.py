"""What a run will cost: time and memory, extrapolated from a trial of a few replicates."""

import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from orientalis.run.execute import DRAWS
from orientalis.run.task import RunSpecLike, Simulator, simulate_batch

_FEW, _MORE = 1, 5
_START = 3.0  # seconds until a worker process is up, kernels in the cache
_PARENT, _WORKER = 130e6, 270e6  # bytes, measured: with all that each imports, kernels from the cache
_MOST_TRIALS = 4


@dataclass(frozen=True)
class Estimate:
    """Expected cost of a run: seconds and bytes over all processes; the trial's own size."""

    seconds: float
    memory: float
    batch_memory: float
    batches: int
    workers: int
    trial_replicates: int


@dataclass(frozen=True)
class _Cost:
    """Cost of a batch: fixed + each × replicates."""

    fixed: float
    each: float

    @staticmethod
    def through(few: float, more: float) -> "_Cost":
        each = max(0.0, more - few) / (_MORE - _FEW)
        return _Cost(max(0.0, few - each * _FEW), max(each, 0.02 * more / _MORE))

    def of(self, replicates: int) -> float:
        return self.fixed + self.each * replicates


def estimate(specs: Sequence[RunSpecLike], workers: int, simulator: Simulator = simulate_batch) -> Estimate:
    """Simulate a few replicates of some scenarios and extrapolate; the first ones, which may compile kernels, do not
    count.

    Cost is taken as fixed + each × replicates for a batch, which holds from a few to some hundred replicates. A run
    over parameter draws is taken to cost what its scenario does.
    """
    trials: dict[str, tuple[_Cost, _Cost]] = {}
    for spec in [spec for spec in specs if not spec.scenario.endswith(DRAWS)][:_MOST_TRIALS] or specs[:1]:
        simulator(spec, 0, _FEW)
        memory = _Cost.through(_peak(simulator, spec, _FEW), _peak(simulator, spec, _MORE))
        trials[spec.scenario] = _Cost.through(_time(simulator, spec, _FEW), _time(simulator, spec, _MORE)), memory
    any_trial = next(iter(trials.values()))
    seconds, batches, largest = 0.0, 0, 0.0
    for spec in specs:
        taken, memory = trials.get(spec.scenario.removesuffix(DRAWS), any_trial)
        whole, rest = divmod(spec.replicates, spec.batch)
        seconds += whole * taken.of(spec.batch) + (taken.of(rest) if rest else 0.0)
        batches += whole + bool(rest)
        largest = max(largest, memory.of(min(spec.batch, spec.replicates)))
    used = max(1, min(workers, batches))
    total = (_PARENT if used > 1 else 0.0) + used * (_WORKER + largest)
    count = len(trials) * (3 * _FEW + 2 * _MORE)
    return Estimate(_START + seconds / used, total, largest, batches, used, count)


def _time(simulator: Simulator, spec: Any, count: int) -> float:
    begin = time.perf_counter()
    simulator(spec, 0, count)
    return time.perf_counter() - begin


def _peak(simulator: Simulator, spec: Any, count: int) -> float:
    """Return the most memory that arrays took, bytes."""
    tracemalloc.start()
    try:
        simulator(spec, 0, count)
        return float(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
