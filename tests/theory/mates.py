"""Which ready females find a mate: followed month by month in a running world."""

from dataclasses import dataclass, field

import numpy as np

from orientalis.engine.codes import Life, Sex, Status
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.parameters import AGE_LAST_BREEDING, ROAMING_DISTANCE
from orientalis.engine.simulate import begin, run_year
from tests.engine.worlds import watcher


@dataclass
class Season:
    """Females of a year, as (replicate, uid): ready; with a male in reach while ready; conceived."""

    ready: set = field(default_factory=set)
    reached: set = field(default_factory=set)
    conceived: set = field(default_factory=set)


def adults(world, sex):
    """Residents of breeding age, [replicate, slot]."""
    animals, ages = world.animals, world.rates.ages
    found = (animals.life == Life.LIVING) & (animals.sex == sex) & (world.ranges.status == Status.RESIDENT)
    return found & (animals.age >= ages[0, sex]) & (animals.age < ages[0, AGE_LAST_BREEDING])


def look(world, season):
    """Note who is ready, and who of them has a male within roaming distance."""
    females, males = adults(world, Sex.FEMALE), adults(world, Sex.MALE)
    females &= (world.animals.gestation < 0) & (world.animals.dependants == 0)
    reach = world.rates.values[0, 0, ROAMING_DISTANCE] / world.land.cell_km
    width = (1 << world.land.shift) - 1
    row, column = world.ranges.cell >> world.land.shift, world.ranges.cell & width
    for r, s in zip(*np.nonzero(females), strict=True):
        name = (int(r), int(world.animals.uid[r, s]))
        season.ready.add(name)
        apart = (row[r, males[r]] - row[r, s]) ** 2 + (column[r, males[r]] - column[r, s]) ** 2
        if (apart < reach * reach).any():
            season.reached.add(name)


def seasons(inputs, years):
    """What became of the ready females, year by year."""
    found = []
    names = [process.name for process in LIFE_CYCLE]
    at = names.index("mating")

    def before(world):
        look(world, found[-1])

    def after(world):
        pregnant = (world.animals.life == Life.LIVING) & (world.animals.gestation >= 0)
        for r, s in zip(*np.nonzero(pregnant), strict=True):
            name = (int(r), int(world.animals.uid[r, s]))
            if name in found[-1].ready:
                found[-1].conceived.add(name)

    cycle = [*LIFE_CYCLE]
    cycle[at + 1 : at + 1] = [watcher(after)]
    cycle[at:at] = [watcher(before)]
    world = begin(inputs)
    for year in range(years):
        found.append(Season())
        run_year(world, year, tuple(cycle))
    return found
