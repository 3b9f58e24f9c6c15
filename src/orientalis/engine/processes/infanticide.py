"""Infanticide: when a new male covers a mother whose litter's likely father is gone, he may kill her young."""

from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import parameters as p
from orientalis.engine.claims import range_holds
from orientalis.engine.codes import Cause, Life, Sex, Status, Stream
from orientalis.engine.kernel import allocating_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Land, Longs, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_FEMALE = int(Sex.FEMALE)
_MALE = int(Sex.MALE)
_RESIDENT = int(Status.RESIDENT)
_INFANTICIDE = int(Cause.INFANTICIDE)
_STREAM = int(Stream.INFANTICIDE)


@allocating_kernel
def newcomers(animals: Animals, slots: Slots, ranges: Ranges, clock: Clock, r: int) -> Longs:
    """Slots of the males that took up a range in this tick."""
    found = np.empty(slots.high[r], np.int64)
    count = 0
    for s in range(slots.high[r]):
        if (
            animals.life[r, s] == _LIVING
            and animals.sex[r, s] == _MALE
            and ranges.status[r, s] == _RESIDENT
            and ranges.since[r, s] == clock.tick
        ):
            found[count] = s
            count += 1
    return found[:count]


@kernel
def guardian_stays(animals: Animals, ranges: Ranges, r: int, mother: int) -> bool:
    """Whether the male most likely to have sired her young still lives and holds a range."""
    slot = ranges.guardian_slot[r, mother]
    if slot < 0:
        return False
    return (
        animals.life[r, slot] == _LIVING
        and animals.uid[r, slot] == ranges.guardian[r, mother]
        and ranges.status[r, slot] == _RESIDENT
    )


@allocating_kernel
def replace_males(animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, keys: Words,
                  clock: Clock) -> None:
    """Young of mothers newly covered by another male die with the chance of their first or second year."""
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        males = newcomers(animals, slots, ranges, clock, r)
        if males.shape[0] == 0:
            continue
        is_exposed = np.zeros(slots.high[r], np.uint8)
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING or animals.sex[r, s] != _FEMALE or animals.dependants[r, s] == 0:
                continue
            if guardian_stays(animals, ranges, r, s):
                continue
            best = -1
            for i in range(males.shape[0]):
                male = males[i]
                if range_holds(ranges, r, male, ranges.cell[r, s]) and (
                    best < 0 or animals.uid[r, male] < animals.uid[r, best]
                ):
                    best = male
            if best >= 0:
                is_exposed[s] = 1
                ranges.guardian[r, s] = animals.uid[r, best]
                ranges.guardian_slot[r, s] = best
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING or not animals.is_dependent[r, s]:
                continue
            mother = animals.mother_slot[r, s]
            months = animals.age[r, s] * clock.months
            if not is_exposed[mother] or months >= 2 * p.MONTHS:
                continue
            which = p.INFANTICIDE_FIRST_YEAR if months < p.MONTHS else p.INFANTICIDE_SECOND_YEAR
            chance = rates.values[row, land.zone[ranges.cell[r, mother]], which]
            if uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0) < chance:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _INFANTICIDE


def step(world: "World") -> None:
    """One tick of infanticide."""
    replace_males(world.animals, world.slots, world.ranges, world.land, world.rates, world.inputs.keys, world.clock)


INFANTICIDE = Process(
    name="infanticide",
    summary="A new male may kill the young of mothers in his range whose likely father is gone.",
    cadence="tick",
    reads=("animals", "ranges", "rates.values"),
    writes=("animals.life", "animals.cause", "ranges.guardian", "ranges.guardian_slot"),
    streams=(Stream.INFANTICIDE,),
    parameters=("infanticide",),
    step=step,
    is_on=lambda world: world.settings.has_infanticide and world.settings.is_spatial,
)
