"""Infanticide: when a new male covers a mother whose litter's likely father is gone, he may kill her young."""

from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.claims import range_holds
from orientalis.engine.codes import Cause, Life, Sex, Status, Stream
from orientalis.engine.kernel import kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Land, Ranges, Scratch, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_MALE = int(Sex.MALE)
_RESIDENT = int(Status.RESIDENT)
_INFANTICIDE = int(Cause.INFANTICIDE)
_STREAM = int(Stream.INFANTICIDE)


@kernel
def newcomers(animals: Animals, slots: Slots, ranges: Ranges, scratch: Scratch, clock: Clock, r: int) -> int:
    """Put the slots of the males that took up a range in this tick into scratch.males; returns their number."""
    count = 0
    for s in range(slots.high[r]):
        if (
            ranges.since[r, s] == clock.tick
            and animals.life[r, s] == _LIVING
            and animals.sex[r, s] == _MALE
            and ranges.status[r, s] == _RESIDENT
        ):
            scratch.males[count] = s
            count += 1
    return count


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


@kernel
def replace_males(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
) -> None:
    """Young of mothers newly covered by another male die with the chance of their first or second year.

    Covered: her centre is a cell of the range that he took up in this tick, and her guardian does not stay. Of several
    newcomers the one with the lowest uid becomes her guardian. Young of 24 months or more are safe.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        count = newcomers(animals, slots, ranges, scratch, clock, r)
        if count == 0:
            continue
        for s in range(slots.high[r]):
            scratch.exposed[s] = 0
            if animals.dependants[r, s] == 0 or animals.life[r, s] != _LIVING:
                continue
            if guardian_stays(animals, ranges, r, s):
                continue
            best = -1
            for i in range(count):
                male = scratch.males[i]
                if range_holds(ranges, r, male, ranges.cell[r, s]) and (
                    best < 0 or animals.uid[r, male] < animals.uid[r, best]
                ):
                    best = male
            if best >= 0:
                scratch.exposed[s] = 1
                ranges.guardian[r, s] = animals.uid[r, best]
                ranges.guardian_slot[r, s] = best
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING or not animals.is_dependent[r, s]:
                continue
            mother = animals.mother_slot[r, s]
            months = animals.age[r, s] * clock.months
            if scratch.exposed[mother] == 0 or months >= 2 * p.MONTHS:
                continue
            which = p.INFANTICIDE_FIRST_YEAR if months < p.MONTHS else p.INFANTICIDE_SECOND_YEAR
            chance = rates.values[row, land.zone[ranges.cell[r, mother]], which]
            if uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0) < chance:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _INFANTICIDE


def step(world: "World") -> None:
    """One tick of infanticide."""
    replace_males(
        world.animals, world.slots, world.ranges, world.land, world.rates, world.scratch, world.inputs.keys, world.clock
    )


INFANTICIDE = Process(
    name="infanticide",
    summary="A new male may kill the young of mothers in his range whose likely father is gone.",
    cadence="tick",
    reads=("animals", "ranges", "rates.values"),
    writes=("animals.life", "animals.cause", "ranges.guardian", "ranges.guardian_slot", "scratch"),
    streams=(Stream.INFANTICIDE,),
    parameters=("infanticide",),
    step=step,
    is_on=lambda world: world.settings.has_infanticide and world.settings.is_spatial,
)
