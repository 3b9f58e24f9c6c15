"""V13: poaching has a threshold (Kenney, Smith, Starfield and McDougal 1995, Conservation Biology 9:1127-1133; tigers).

The chance of extinction rises as a sigmoid with what is killed in a year, and a population that was poached stays
vulnerable after poaching stops. On the flagship, 80 animals within today's range: the hazards of being killed times a
factor, all years; and times a factor for some years only, against today's all along, from the same first animals.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from orientalis.engine.simulate import simulate
from orientalis.geography import load_landscape
from orientalis.scenario import RunSpec, compile_batch, resolve
from orientalis.scenario.study import Study
from orientalis.verify.row import STANDARD_ERRORS, Case, Row, between
from orientalis.verify.worlds import counted

LEVELS = (0.0, 1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 8.0)
"""Factors on the hazards of being killed; 1 is today's, 0.02 a year for adults."""
ANIMALS, YEARS = 80, 100
BOUT, BOUT_YEARS = 10.0, 12
_STAGES = ("cub", "juvenile", "subadult", "adult")
_KNOWN, _LEAST_FOUND = 3.0, 0.33
"""Known deaths a year today, at most, and the least share of deaths that become known; both assumed."""
_BATCH = 50
_NAME = "V13.poaching_threshold"

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Outcome:
    """What becomes of a level: numbers at the last census and after the bout [replicate], animals killed a year."""

    last: Counts
    after_bout: Counts
    killed: float


def spec_at(factor: float, last_year: int = YEARS - 1) -> RunSpec:
    """The flagship with the hazards of being killed times a factor from the first year to `last_year`."""
    years = (0, last_year)
    changes = [{"parameter": f"killing.{stage}", "multiply": factor, "years": years} for stage in _STAGES]
    data = {
        "species": "panthera_pardus_orientalis",
        "run": {"replicates": 1, "years": YEARS, "tick": "month", "seed": 1995},
        "start": {"animals": ANIMALS, "zone": "range_today"},
        "scenario": [{"name": "level", "change": changes, "land": {"within": "range_today"}}],
    }
    return resolve(Study.model_validate(data), landscape=load_landscape("southwest_primorye"))[0]


def outcome(spec: RunSpec, replicates: int) -> Outcome:
    """Run a level, batch by batch."""
    last, after, killed = [], [], 0
    for first in range(0, replicates, _BATCH):
        count = min(_BATCH, replicates - first)
        records = simulate(compile_batch(spec, first, count))
        last.append(counted(records, count, YEARS, first=first))
        after.append(counted(records, count, BOUT_YEARS, first=first))
        killed += sum(int(column.sum()) for name, column in records.tallies.items() if name.endswith(".people"))
    return Outcome(np.concatenate(last), np.concatenate(after), killed / replicates / YEARS)


def falls(share: Floats, replicates: int) -> float:
    """The largest fall from a level to the next, in standard errors of the difference; 0 where it never falls."""
    worst = 0.0
    for low, high in zip(share[:-1], share[1:], strict=True):
        error = math.sqrt((low * (1.0 - low) + high * (1.0 - high)) / replicates + 1e-12)
        worst = max(worst, (low - high) / error)
    return worst


def run(quick: bool) -> list[Row]:
    """The levels (500 runs each), and the bout that stops."""
    replicates, of_bout = (20, 60) if quick else (500, 500)
    levels = [outcome(spec_at(level), of_bout if level == 1.0 else replicates) for level in LEVELS]
    share = np.array([(level.last == 0).mean() for level in levels])
    slope = np.diff(share) / np.diff(LEVELS)
    steepest = int(slope.argmax())
    today = levels[LEVELS.index(1.0)]
    bout = outcome(spec_at(BOUT, BOUT_YEARS - 1), of_bout)
    lived, lived_today = bout.after_bout > 0, today.after_bout > 0
    lost, lost_today = (bout.last[lived] == 0).mean(), (today.last[lived_today] == 0).mean()
    error = math.sqrt(lost * (1.0 - lost) / lived.sum() + lost_today * (1.0 - lost_today) / lived_today.sum())
    return [
        between(f"{_NAME}.monotone", "statistical", 0.0, falls(share, replicates), 0.0, STANDARD_ERRORS),
        between(f"{_NAME}.ends", "statistical", 1.0, float(share[-1] - share[0]), 0.8, 1.0),
        between(f"{_NAME}.steepest_step", "statistical", (len(slope) - 1.0) / 2.0, steepest, 1.0, len(slope) - 2.0),
        between(f"{_NAME}.stopped_bout", "statistical", 0.0, lost - lost_today, STANDARD_ERRORS * error, 1.0),
        Row(f"{_NAME}.killed_a_year_today", "comparison", _KNOWN, today.killed, 0.0, _KNOWN / _LEAST_FOUND, None),
    ]


POACHING_THRESHOLD = Case(
    tuple(f"{_NAME}.{row}" for row in ("monotone", "ends", "steepest_step", "stopped_bout", "killed_a_year_today")), run
)
