"""The table of parameters, its yearly refresh from the schedule, and the rates that kernels read.

`Parameters.values[replicate or 1, zone, parameter]` holds every number in the catalogue's own unit. Once a year the
schedule's changes are applied to the table (`refresh`), and the `environment` process turns it into `Rates`.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orientalis.engine.scalars import (
    FIRST_BREEDING_FEMALE,
    FIRST_BREEDING_MALE,
    GESTATION,
    INDEPENDENCE_FIRST,
    INDEPENDENCE_LAST,
    KILLING,
    LAST_BREEDING,
    LONGEVITY,
    MONTHS,
    ORPHAN_AGE,
    PERSISTENCE,
    PREFERENCE,
    SCALARS,
)

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Layout(NamedTuple):
    """Where the blocks of a table of parameters stand, for a species with `classes` age classes of survival.

    season: first of 12 weights of conception by month; litter: first of the probabilities of litters of 1, 2, … cubs;
    survival: first of [sex, class] survival, shares of other causes included; shares: first of [infanticide | people,
    class] shares of the hazard that other processes model; taken: first of [class] hazards a year that threats model,
    at their reference state; length: number of parameters.
    """

    classes: int
    largest_litter: int
    season: int
    litter: int
    survival: int
    shares: int
    taken: int
    length: int


def layout_for(classes: int, largest_litter: int) -> Layout:
    """The layout for a number of age classes and a largest litter."""
    season = len(SCALARS)
    litter = season + MONTHS
    survival = litter + largest_litter
    shares = survival + 2 * classes
    taken = shares + 2 * classes
    return Layout(classes, largest_litter, season, litter, survival, shares, taken, taken + classes)


class Schedule(NamedTuple):
    """Changes of parameters, applied in order at the start of each year they cover.

    first, last [change]: years, inclusive; parameter [change]: index; zone [change, zone]: where; factor, offset
    [change]: new value = value * factor + offset (a setting has factor 0).
    """

    first: Integers
    last: Integers
    parameter: Integers
    zone: npt.NDArray[np.bool_]
    factor: Floats
    offset: Floats

    def applies_anew(self, year: int) -> bool:
        """Whether any change begins in `year` or ended the year before."""
        return bool(np.any((self.first == year) | (self.last + 1 == year)))


def no_schedule(zones: int) -> Schedule:
    """A schedule without changes."""
    none = np.zeros(0, np.int64)
    return Schedule(none, none, none, np.zeros((0, zones), np.bool_), np.zeros(0), np.zeros(0))


def refresh(values: Floats, schedule: Schedule, year: int) -> Floats:
    """The table `values` [replicate or 1, zone, parameter] with the changes of `year` applied in their order."""
    table = values.copy()
    for change in range(len(schedule.first)):
        if schedule.first[change] <= year <= schedule.last[change]:
            where = schedule.zone[change]
            column = schedule.parameter[change]
            table[:, where, column] = table[:, where, column] * schedule.factor[change] + schedule.offset[change]
    return table


class Rates(NamedTuple):
    """What kernels read in a year. R is 1 where all replicates share the parameters, else the number of replicates.

    values [R, zone, parameter]: the refreshed table. ages [R, 8]: ages and durations in ticks, in the order AGE_*;
    zones never differ in them. litter [R, size]: cumulative probabilities. kill [R, zone, stage]: chance a tick of
    being killed by people. walk [R, 257]: weight of a step to a cell of that suitability, 0 to a barrier (256). turn
    [R, 9, 8]: weight of a step by the last heading (8: none) and the new one. location, spread [R, zone, sex, class +
    1]: parameters on the logit scale of the yearly survival of each class, and of the litter probability in the last
    column of sex 0. death [replicate,
    zone, sex, class]: chance a tick of dying of the base causes, this year's variation included. most [replicate, 2]:
    the largest chance of death and of kill, to pass over most animals at once. conceive [replicate, zone, month]:
    chance a tick that a ready female comes into oestrus. catastrophe [replicate, zone]: chance a tick of dying in the
    year's catastrophe, 0 in a year without one.
    """

    values: Floats
    ages: Integers
    litter: Floats
    kill: Floats
    walk: Floats
    turn: Floats
    location: Floats
    spread: Floats
    death: Floats
    most: Floats
    conceive: Floats
    catastrophe: Floats


AGE_FIRST_BREEDING = 0  # [female, male]
AGE_LAST_BREEDING = 2
AGE_LONGEVITY = 3
AGE_GESTATION = 4
AGE_INDEPENDENCE_FIRST = 5
AGE_INDEPENDENCE_LAST = 6
AGE_ORPHAN = 7
_AGE_COLUMNS = (
    FIRST_BREEDING_FEMALE,
    FIRST_BREEDING_MALE,
    LAST_BREEDING,
    LONGEVITY,
    GESTATION,
    INDEPENDENCE_FIRST,
    INDEPENDENCE_LAST,
    ORPHAN_AGE,
)
NEVER = 32_000
"""Age in ticks that no animal reaches; ages are held in 16 bits."""

_HALF_ROOT_TWO = 0.7071067811865476
_COSINES = (1.0, _HALF_ROOT_TWO, 0.0, -_HALF_ROOT_TWO, -1.0, -_HALF_ROOT_TWO, 0.0, _HALF_ROOT_TWO)


def ages_in_ticks(table: Floats, months_a_tick: int) -> Integers:
    """Ages and durations [R, 8] in whole ticks, rounded to the nearest; an unset limit (0) becomes NEVER."""
    months = table[:, 0, list(_AGE_COLUMNS)]
    ticks = np.floor(months / months_a_tick + 0.5).astype(np.int64)
    for column in (AGE_LAST_BREEDING, AGE_LONGEVITY):
        ticks[:, column] = np.where(months[:, column] == 0.0, NEVER, ticks[:, column])
    return ticks


def fixed_rates(table: Floats, layout: Layout, months_a_tick: int, replicates: int) -> Rates:
    """Rates for the refreshed `table`; what varies from year to year is left to the `environment` process."""
    rows, zones = table.shape[0], table.shape[1]
    kill = np.empty((rows, zones, 4))
    walk = np.zeros((rows, 257))
    turn = np.ones((rows, 9, 8))
    for row in range(rows):
        for zone in range(zones):
            for stage in range(4):
                kill[row, zone, stage] = 1.0 - math.exp(-table[row, zone, KILLING + stage] * months_a_tick / MONTHS)
        for level in range(256):
            walk[row, level] = math.exp(table[row, 0, PREFERENCE] * (level / 255.0))
        for last in range(8):
            for heading in range(8):
                turn[row, last, heading] = math.exp(table[row, 0, PERSISTENCE] * _COSINES[(heading - last) % 8])
    litter = np.cumsum(table[:, 0, layout.litter : layout.litter + layout.largest_litter], axis=1)
    return Rates(
        values=table,
        # In row order with draws too: another order is another type, for which all kernels would be compiled again.
        ages=np.ascontiguousarray(ages_in_ticks(table, months_a_tick)),
        litter=np.ascontiguousarray(litter),
        kill=kill,
        walk=walk,
        turn=turn,
        location=np.zeros((rows, zones, 2, layout.classes + 1)),
        spread=np.full((rows, zones, 2, layout.classes + 1), -1.0),
        death=np.zeros((replicates, zones, 2, layout.classes)),
        most=np.zeros((replicates, 2)),
        conceive=np.zeros((replicates, zones, MONTHS)),
        catastrophe=np.zeros((replicates, zones)),
    )
