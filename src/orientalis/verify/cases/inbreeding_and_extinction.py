"""V6: inbreeding shortens the time to extinction (Brook et al. 2002; O'Grady et al. 2006, abstracts).

Non-spatial populations of three life histories under ceilings of 100, 500 and 2,000, begun at the ceiling with
unrelated animals at rates of outbred ones, are run until more than half are extinct, at 0, 6 and 12 diploid lethal
equivalents. Published: the median falls by 25 to 30.5 % in one study, by 37 % on average in the other. The life
histories are ours, and the answer hangs on them: those that decline slowly are in the bounds; one that grows up to its
ceiling, and would last for centuries without a load, loses far more (`V6.growing`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from orientalis.engine.codes import Life
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.simulate import begin, run_year
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row, between
from orientalis.verify.worlds import SPECIES, spec_of

LOADS = (0.0, 6.0, 12.0)
_LONGEST = 3_000
_NAME = "V6"


class History(NamedTuple):
    """A life history: a species and what is changed in it."""

    species: str
    parameters: Mapping[str, float]


HISTORIES = (
    History("benchmark_population", {"survival.adult.female": 0.81, "survival.adult.male": 0.81}),
    History("panthera_pardus_orientalis", {"survival.adult.female": 0.58, "survival.adult.male": 0.58}),
    History(str(SPECIES / "sabi_sand.toml"), {"reproduction.litter_probability": 0.225}),
)
"""All three decline slowly."""
GROWING = History("panthera_pardus_orientalis", {"survival.adult.female": 0.66, "survival.adult.male": 0.66})
"""One that a ceiling holds down."""


def median_time(history: History, ceiling: int, lethal_equivalents: float, replicates: int) -> int:
    """Years until more than half of the replicates have no animal left."""
    spec = spec_of(
        history.species,
        animals=ceiling,
        years=1,
        ceiling=ceiling,
        threats=("genetics",),
        parameters={
            **history.parameters,
            "genetics.lethal_equivalents": lethal_equivalents,
            "genetics.absolute": 1.0,
            "genetics.burn_in_generations": 0.0,
        },
        start={"ages": "uniform", "youngest": 1, "oldest": 8},
        seed=6,
    )
    world = begin(compile_batch(spec, 0, replicates))
    cycle = tuple(process for process in LIFE_CYCLE if process.name != "census")
    for year in range(_LONGEST):
        run_year(world, year, cycle)
        is_extinct = ~(world.animals.life == Life.LIVING).any(axis=1)
        if is_extinct.mean() > 0.5:
            return year + 1
    return _LONGEST


def reductions(histories: Sequence[History], ceiling: int, replicates: int) -> list[float]:
    """Fall of the median at 6 and at 12 lethal equivalents, in per cent, mean over the life histories."""
    falls = []
    for history in histories:
        none, *some = (median_time(history, ceiling, load, replicates) for load in LOADS)
        falls.append([100.0 * (1.0 - time / none) for time in some])
    return [float(mean) for mean in np.mean(falls, axis=0)]


def run(quick: bool) -> list[Row]:
    """Mean falls over life histories and ceilings, and that of one that grows; quick: the smallest ceiling alone."""
    replicates = {100: 60} if quick else {100: 200, 500: 100, 2_000: 50}
    found = np.mean([reductions(HISTORIES, ceiling, number) for ceiling, number in replicates.items()], axis=0)
    growing = reductions((GROWING,), 100, 60)[1]
    return [
        between(f"{_NAME}.median_12", "statistical", 37.0, float(found[1]), 20.0, 45.0),
        between(f"{_NAME}.rises_with_load", "statistical", 0.0, float(found[1] - found[0]), 0.0, 100.0),
        Row(f"{_NAME}.growing", "comparison", 37.0, growing, 20.0, 45.0, None),
    ]


V6 = Case((f"{_NAME}.median_12", f"{_NAME}.rises_with_load", f"{_NAME}.growing"), run)
