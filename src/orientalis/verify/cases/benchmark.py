"""W1 and W2: the common workload on which individual-based programs are compared (docs/benchmarks.md).

Targets: 100,000 replicates of W1 in two independent programs; W2 of the same programs.
"""

import math

import numpy as np
import numpy.typing as npt

from orientalis.engine.simulate import simulate
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row, between, statistical
from orientalis.verify.worlds import counted, spec_of

_YEARS = 100
_BATCH = 80_000
"""Animals at the start of a batch."""


def final_numbers(animals: int, ceiling: int, replicates: int) -> npt.NDArray[np.int64]:
    """Animals alive after 100 years, [replicate]."""
    spec = spec_of(
        "benchmark_population",
        animals=animals,
        years=_YEARS,
        ceiling=ceiling,
        start={"ages": "uniform", "youngest": 1, "oldest": 8},
    )
    found = []
    batch = _BATCH // animals
    for first in range(0, replicates, batch):
        count = min(batch, replicates - first)
        found.append(counted(simulate(compile_batch(spec, first, count)), count, _YEARS, first=first))
    return np.concatenate(found)


def _mean(values: npt.NDArray[np.int64]) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values))


def small(quick: bool) -> list[Row]:
    """W1: 80 animals, ceiling 150."""
    numbers = final_numbers(80, 150, 2_000 if quick else 50_000)
    target = 0.0665
    error = math.sqrt(target * (1.0 - target) / len(numbers))
    mean, error_of_mean = _mean(numbers)
    return [
        statistical("W1.extinction", target, float((numbers == 0).mean()), math.hypot(error, 0.0006)),
        statistical("W1.final_size", 59.4, mean, math.hypot(error_of_mean, 0.1)),
    ]


def large(quick: bool) -> list[Row]:
    """W2: 8,000 animals, ceiling 15,000."""
    numbers = final_numbers(8_000, 15_000, 20 if quick else 400)
    mean, error = _mean(numbers)
    return [
        between("W2.extinction", "statistical", 0.0, float((numbers == 0).mean()), 0.0, 0.0),
        statistical("W2.final_size", 6_740.0, mean, math.hypot(error, 30.0)),
    ]


W1 = Case(("W1.extinction", "W1.final_size"), small)
W2 = Case(("W2.extinction", "W2.final_size"), large)
