"""Birth: litters are born, cubs get their sex, their identity and their age of independence."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import BIRTHS, LITTERS, Event, Life, Status, Stream
from orientalis.engine.genes import NOT_DRAWN, Genes, Origin, cubs_of
from orientalis.engine.kernel import kernel
from orientalis.engine.life import INDEX_INDEPENDENCE, INDEX_SEX, cell_of, note, zone_at
from orientalis.engine.parameters import AGE_INDEPENDENCE_FIRST, AGE_INDEPENDENCE_LAST, Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import offspring_uid, uniform
from orientalis.engine.scalars import MALE_SHARE
from orientalis.engine.state import Animals, Clock, Events, Ints, Land, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_FREE = int(Life.FREE)
_LIVING = int(Life.LIVING)
_BIRTH_EVENT = int(Event.BIRTH)
_DEPENDENT = int(Status.DEPENDENT)
_DISPERSER = int(Status.DISPERSER)
_STREAM = int(Stream.BIRTH)
_LIFETIME = int(Stream.LIFETIME)


@kernel
def take_slot(animals: Animals, slots: Slots, r: int) -> int:
    """A free slot, cleared; the caller has made sure that there is one."""
    if slots.available[r] > 0:
        slots.available[r] -= 1
        s = slots.free[r, slots.available[r]]
    else:
        s = slots.high[r]
        slots.high[r] += 1
    slots.living[r] += 1
    animals.life[r, s] = _LIVING
    animals.cause[r, s] = 0
    animals.is_immune[r, s] = 0
    animals.litters[r, s] = 0
    animals.dependants[r, s] = 0
    animals.gestation[r, s] = -1
    animals.age[r, s] = 0
    animals.sire[r, s] = 0
    return s


@kernel
def bear_cub(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    genes: Genes,
    rates: Rates,
    keys: Words,
    row: int,
    zone: int,
    r: int,
    mother: int,
    place: int,
) -> int:
    """Put a newborn of `mother` into a slot and return the slot.

    It leaves her after first + int(u (last - first + 1)) ticks; where `last` is 0 the young never depend on her. The
    male share is that of her zone.
    """
    s = take_slot(animals, slots, r)
    uid = offspring_uid(animals.uid[r, mother], animals.litters[r, mother], place)
    animals.uid[r, s] = uid
    animals.mother[r, s] = animals.uid[r, mother]
    animals.father[r, s] = animals.sire[r, mother]
    animals.mother_slot[r, s] = mother
    is_male = uniform(keys[r, 1], uid, 0, _LIFETIME, INDEX_SEX) < rates.values[row, zone, MALE_SHARE]
    animals.sex[r, s] = 1 if is_male else 0
    first = rates.ages[row, AGE_INDEPENDENCE_FIRST]
    last = rates.ages[row, AGE_INDEPENDENCE_LAST]
    animals.is_dependent[r, s] = 0
    animals.independence[r, s] = 0
    if last > 0:
        u = uniform(keys[r, 1], uid, 0, _LIFETIME, INDEX_INDEPENDENCE)
        animals.independence[r, s] = first + int(u * (last - first + 1))
        animals.is_dependent[r, s] = 1
        animals.dependants[r, mother] += 1
    if ranges.cell.shape[1] > 0:
        ranges.cell[r, s] = ranges.cell[r, mother]
        ranges.status[r, s] = _DEPENDENT
        ranges.size[r, s] = 0
        ranges.natal[r, s] = -1
        ranges.guardian[r, s] = 0
        ranges.guardian_slot[r, s] = -1
    if genes.inbred.shape[1] > 0:
        genes.inbred[r, s] = NOT_DRAWN
        genes.sire_slot[r, s] = -1
    return s


@kernel
def bear(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    genes: Genes,
    origin: Origin,
    rates: Rates,
    keys: Words,
    clock: Clock,
    tally: Ints,
    events: Events,
    first_replicate: int,
    begin: int,
) -> int:
    """Bring pregnancies a tick nearer and litters into the world, from replicate `begin` on.

    Returns the replicate that lacks free slots for all that may be born (nothing is changed there yet), or the number
    of replicates when done. A litter's size comes by inverse CDF from one uniform at (mother, tick). With a gestation
    of g ticks, cubs conceived in tick t are born in tick t + g, in t itself when g is 0. Genetics: see `cubs_of`; a
    second cub's place is the first's + the largest litter; a litter of none is not counted, but was one of hers.
    """
    largest = rates.litter.shape[1]
    has_genes = genes.inbred.shape[1] > 0
    for r in range(begin, animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        due = 0
        for s in range(slots.high[r]):
            due += (animals.life[r, s] == _LIVING) & (animals.gestation[r, s] == 0)
        room = slots.available[r] + animals.life.shape[1] - slots.high[r]
        if due * largest * (1 + has_genes) > room:
            return r
        for s in range(slots.high[r]):
            if animals.gestation[r, s] < 0 or animals.life[r, s] != _LIVING:
                continue
            if animals.gestation[r, s] > 0:
                animals.gestation[r, s] -= 1
                continue
            zone = zone_at(ranges, land, r, s)
            u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
            size = 1
            while size < largest and u >= rates.litter[row, size - 1]:
                size += 1
            born = 0
            for place in range(size):
                cubs = 1
                if has_genes:
                    cubs = cubs_of(animals, genes, origin, rates.values[row, 0], keys[r, 1], r, s, place)
                for k in range(cubs):
                    cub = bear_cub(animals, slots, ranges, genes, rates, keys, row, zone, r, s, place + k * largest)
                    tally[r, zone, BIRTHS + animals.sex[r, cub]] += 1
                    cell = cell_of(ranges, r, cub)
                    note(events, first_replicate + r, clock.tick, _BIRTH_EVENT, animals, r, cub, cell)
                born += cubs
            tally[r, zone, LITTERS] += born > 0
            animals.litters[r, s] += 1
            animals.gestation[r, s] = -1
    return animals.life.shape[0]


def step(world: "World") -> None:
    """One tick of births; the table of slots grows when it must, so that no birth goes missing."""
    done = 0
    while done < world.settings.replicates:
        done = bear(
            world.animals,
            world.slots,
            world.ranges,
            world.land,
            world.genes,
            world.origin,
            world.rates,
            world.inputs.keys,
            world.clock,
            world.tally,
            world.events,
            world.settings.first_replicate,
            done,
        )
        if done < world.settings.replicates:
            world.turn_page()
            world.grow()


BIRTH = Process(
    name="birth",
    summary="Litters are born; each cub gets its sex, its identity and its age of independence.",
    cadence="tick",
    reads=(
        "animals.life",
        "animals.uid",
        "animals.sire",
        "genes.inbred",
        "origin.start",
        "rates.litter",
        "rates.values",
        "rates.ages",
    ),
    writes=(
        "animals",
        "slots",
        "ranges.cell",
        "ranges.status",
        "ranges.size",
        "ranges.natal",
        "ranges.guardian",
        "ranges.guardian_slot",
        "genes",
        "tally",
        "events",
    ),
    streams=(Stream.BIRTH, Stream.LIFETIME),
    parameters=(
        "reproduction.litter_size",
        "reproduction.male_share",
        "life_history.gestation",
        "life_history.independence_first",
        "life_history.independence_last",
        "genetics.lethal_equivalents",
        "genetics.fecundity_share",
        "genetics.lethal_share",
    ),
    step=step,
)
