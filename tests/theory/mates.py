"""Which ready females find a mate: followed month by month in a running world."""

from dataclasses import dataclass

import numpy as np

from orientalis.engine.codes import Life, Sex, Status
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.parameters import AGE_LAST_BREEDING
from orientalis.engine.scalars import ROAMING_DISTANCE
from orientalis.engine.simulate import begin, run_year
from tests.engine.worlds import watcher


@dataclass
class Wait:
    """A female's wait from the month in which she became ready: replicate, month of its start, of the first male in
    reach while she was ready (None so far), and the last month in which she was seen ready."""

    replicate: int
    began: int
    reached: int | None = None
    seen: int = 0


def adults(world, sex):
    """Residents of breeding age, [replicate, slot]."""
    animals, ages = world.animals, world.rates.ages
    found = (animals.life == Life.LIVING) & (animals.sex == sex) & (world.ranges.status == Status.RESIDENT)
    return found & (animals.age >= ages[0, sex]) & (animals.age < ages[0, AGE_LAST_BREEDING])


def waits(inputs, years):
    """All waits of ready females: resident, of breeding age, without young, not pregnant, when the month's males roam.

    A wait ends when she has conceived or has young.
    """
    waiting, done = {}, []
    at = [process.name for process in LIFE_CYCLE].index("mating")

    def look(world):
        tick = world.clock.tick
        females, males = adults(world, Sex.FEMALE), adults(world, Sex.MALE)
        is_ready = females & (world.animals.gestation < 0) & (world.animals.dependants == 0)
        reach = world.rates.values[0, 0, ROAMING_DISTANCE] / world.land.cell_km
        width = (1 << world.land.shift) - 1
        row, column = world.ranges.cell >> world.land.shift, world.ranges.cell & width
        for r, s in zip(*np.nonzero(females), strict=True):
            name = (int(r), int(world.animals.uid[r, s]))
            if not is_ready[r, s]:
                if name in waiting:
                    done.append(waiting.pop(name))
                continue
            wait = waiting.setdefault(name, Wait(int(r), tick))
            wait.seen = tick
            apart = (row[r, males[r]] - row[r, s]) ** 2 + (column[r, males[r]] - column[r, s]) ** 2
            if wait.reached is None and (apart < reach * reach).any():
                wait.reached = tick

    cycle = [*LIFE_CYCLE]
    cycle.insert(at, watcher(look))
    world = begin(inputs)
    for year in range(years):
        run_year(world, year, tuple(cycle))
    return done + list(waiting.values())


def found_within(found, months, before):
    """Share of the waits begun before a month in which a male came in reach in time, and its error by replicates.

    Waits cut short without one, by death or loss of the range, are left out.
    """
    replicates = 1 + max(wait.replicate for wait in found)
    in_time, in_vain = np.zeros(replicates), np.zeros(replicates)
    for wait in found:
        if wait.began >= before:
            continue
        if wait.reached is not None and wait.reached - wait.began < months:
            in_time[wait.replicate] += 1
        elif wait.seen - wait.began >= months - 1:
            in_vain[wait.replicate] += 1
    total = in_time + in_vain
    share = in_time.sum() / total.sum()
    residual = in_time - share * total
    return share, np.sqrt((residual**2).sum()) / total.sum()
