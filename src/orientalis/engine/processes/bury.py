"""Bury: the only place where the dead are counted, orphans are settled, ranges released and slots freed."""

from typing import TYPE_CHECKING

from orientalis.engine.claims import release
from orientalis.engine.codes import DEATHS, Cause, Event, Life
from orientalis.engine.kernel import kernel
from orientalis.engine.life import cell_of, leave_mother, note, stage_of, zone_at
from orientalis.engine.parameters import AGE_ORPHAN, Rates
from orientalis.engine.process import Process
from orientalis.engine.state import Animals, Clock, Events, Ints, Land, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_FREE = int(Life.FREE)
_ORPHANED = int(Cause.ORPHANED)
_CAUSES = len(Cause)
_DEATH_EVENT = int(Event.DEATH)


@kernel
def mind_orphans(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    keys: Words,
    clock: Clock,
    row: int,
    r: int,
) -> None:
    """Young whose mother died die in the same tick below the orphan age, and leave at it or above.

    Dead young no longer hold their mother back; they stay dependent for the count, so that juveniles die as juveniles.
    """
    for s in range(slots.high[r]):
        if animals.life[r, s] == _FREE or not animals.is_dependent[r, s]:
            continue
        mother = animals.mother_slot[r, s]
        has_lost_mother = animals.life[r, mother] == _DIED
        if animals.life[r, s] == _DIED:
            animals.dependants[r, mother] -= 1
        elif has_lost_mother:
            if animals.age[r, s] < rates.ages[row, AGE_ORPHAN]:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _ORPHANED
            else:
                leave_mother(animals, ranges, land, rates, keys, row, r, s, clock.tick)


@kernel
def list_free(animals: Animals, slots: Slots, r: int) -> None:
    """Write the free list anew, lowest slot on top, and lower the mark above which no slot is in use."""
    while slots.high[r] > 0 and animals.life[r, slots.high[r] - 1] == _FREE:
        slots.high[r] -= 1
    count = 0
    for s in range(slots.high[r] - 1, -1, -1):
        slots.free[r, count] = s
        count += animals.life[r, s] == _FREE
    slots.available[r] = count


@kernel
def bury(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    keys: Words,
    clock: Clock,
    tally: Ints,
    events: Events,
    first_replicate: int,
) -> None:
    """Count the dead of this tick by class, cause and zone, release their ranges and free their slots."""
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        dead = 0
        for s in range(slots.high[r]):
            dead += animals.life[r, s] == _DIED
        if dead == 0:
            continue
        mind_orphans(animals, slots, ranges, land, rates, keys, clock, row, r)
        for s in range(slots.high[r]):
            if animals.life[r, s] != _DIED:
                continue
            stage = stage_of(animals, rates, clock.months, row, r, s)
            group = 2 * stage + animals.sex[r, s]
            zone = zone_at(ranges, land, r, s)
            tally[r, zone, DEATHS + group * _CAUSES + animals.cause[r, s]] += 1
            note(events, first_replicate + r, clock.tick, _DEATH_EVENT, animals, r, s, cell_of(ranges, r, s))
            if ranges.cell.shape[1] > 0:
                release(ranges, land, animals.sex[r, s], r, s)
            animals.life[r, s] = _FREE
            animals.gestation[r, s] = -1
            slots.living[r] -= 1
        list_free(animals, slots, r)


def step(world: "World") -> None:
    """Bury this tick's dead."""
    bury(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        world.inputs.keys,
        world.clock,
        world.tally,
        world.events,
        world.settings.first_replicate,
    )
    world.turn_page(at_least=world.events.uid.shape[0] // 4 + 1)


BURY = Process(
    name="bury",
    summary="Counts the dead, settles what becomes of orphans, releases ranges and frees slots.",
    cadence="tick",
    reads=("animals", "ranges", "rates.ages", "rates.values"),
    writes=(
        "animals.life",
        "animals.cause",
        "animals.is_dependent",
        "animals.dependants",
        "animals.gestation",
        "slots",
        "ranges.status",
        "ranges.cell",
        "ranges.natal",
        "ranges.heading",
        "ranges.since",
        "ranges.wander",
        "ranges.size",
        "land.claims",
        "tally",
        "events",
    ),
    streams=(),
    parameters=(
        "life_history.orphan_age",
        "dispersal.wander_female",
        "dispersal.wander_male",
        "life_history.first_breeding_female",
        "life_history.first_breeding_male",
    ),
    step=step,
)
