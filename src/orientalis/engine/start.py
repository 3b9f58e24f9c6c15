"""The start: founders get age and sex from the stable structure and settle before the first tick."""

from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.claims import by_seniority, gather, hold
from orientalis.engine.codes import Life, Sex, Status, Stream
from orientalis.engine.grid import NO_HEADING, distance_squared
from orientalis.engine.kernel import kernel
from orientalis.engine.life import zone_at
from orientalis.engine.parameters import AGE_INDEPENDENCE_FIRST, AGE_INDEPENDENCE_LAST, Rates
from orientalis.engine.rng import founder_uid, offspring_uid, uniform
from orientalis.engine.state import Animals, Founders, Land, Ranges, Scratch, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_FEMALE = int(Sex.FEMALE)
_MALE = int(Sex.MALE)
_DEPENDENT = int(Status.DEPENDENT)
_DISPERSER = int(Status.DISPERSER)
_RESIDENT = int(Status.RESIDENT)
_STREAM = int(Stream.START)
_LIFETIME = int(Stream.LIFETIME)
# Indices in the stream of the start. A founder's draws stand at (its uid, 0), but _PLACE at (its uid, the attempt);
# _LITTER, _SIZE and _AGE are the mother's, the three that follow each cub's own.
_KIND, _PLACE, _LITTER, _SIZE, _AGE, _ALIVE, _CUB_SEX, _INDEPENDENCE, _IMMUNE = range(9)


@kernel
def place_founders(animals: Animals, slots: Slots, ranges: Ranges, founders: Founders, keys: Words) -> None:
    """Fill the first slots; age and sex by inverse CDF from one uniform at the founder's address."""
    for r in range(animals.life.shape[0]):
        for s in range(founders.animals):
            uid = founder_uid(s)
            u = uniform(keys[r, 1], uid, 0, _STREAM, _KIND)
            entry = 0
            while entry < founders.cumulative.shape[0] - 1 and u >= founders.cumulative[entry]:
                entry += 1
            animals.life[r, s] = _LIVING
            animals.uid[r, s] = uid
            animals.age[r, s] = founders.ages[entry]
            animals.sex[r, s] = founders.sexes[entry]
            animals.gestation[r, s] = -1
            if ranges.cell.shape[1] > 0:
                ranges.status[r, s] = _DISPERSER
                ranges.heading[r, s] = NO_HEADING
                ranges.since[r, s] = -1  # before the first tick: founders are no newcomers
                ranges.natal[r, s] = -1
                ranges.guardian_slot[r, s] = -1
        slots.high[r] = founders.animals
        slots.living[r] = founders.animals


@kernel
def settle_founders(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    founders: Founders,
    keys: Words,
    rounds: int,
) -> None:
    """Founders try random cells of the start, females first, the senior first, until each has a range or gives up.

    Nobody dies or is born meanwhile. A place is good when the range gathered there meets a female's need, or a male's
    smallest area; males also ask for a female's cell in it in the first half of the rounds. Seniority is that of year
    0. Who gives up starts as a disperser at the last cell tried.
    """
    cells = founders.cells.shape[0]
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        count = by_seniority(animals, slots, ranges, rates, scratch, keys, 0, row, r, _DISPERSER)
        for sex in range(2):
            for i in range(count):
                s = scratch.held[i]
                if animals.sex[r, s] != sex:
                    continue
                for attempt in range(rounds):
                    u = uniform(keys[r, 1], animals.uid[r, s], attempt, _STREAM, _PLACE)
                    cell = founders.cells[int(u * cells)]
                    ranges.cell[r, s] = cell
                    size, total = gather(land, rates, scratch, row, r, sex, cell)
                    zone = land.zone[cell]
                    if sex == _FEMALE:
                        is_good = total >= rates.values[row, zone, p.FEMALE_NEED]
                    else:
                        is_good = total >= rates.values[row, zone, p.SMALLEST_AREA]
                        if is_good and attempt < rounds // 2:
                            is_good = False
                            for place in range(size):
                                if land.claims[r, _FEMALE, scratch.got[place]] > 0:
                                    is_good = True
                                    break
                    if is_good:
                        hold(ranges, land, scratch, sex, r, s, size, total)
                        ranges.status[r, s] = _RESIDENT
                        break


@kernel
def immunise_founders(
    animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, founders: Founders, keys: Words
) -> None:
    """A share of the founders, that of where each is, has lived through distemper before the first tick."""
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for s in range(founders.animals):
            share = rates.values[row, zone_at(ranges, land, r, s), p.DISTEMPER_IMMUNE_AT_START]
            if uniform(keys[r, 1], animals.uid[r, s], 0, _STREAM, _IMMUNE) < share:
                animals.is_immune[r, s] = 1


@kernel
def nearest_male(
    animals: Animals, ranges: Ranges, land: Land, rates: Rates, row: int, r: int, female: int, count: int
) -> int:
    """The nearest resident male past his first breeding age, however old; ties by uid; -1 without one."""
    best = -1
    closest = 0
    for s in range(count):
        if animals.sex[r, s] != _MALE or ranges.status[r, s] != _RESIDENT:
            continue
        if animals.age[r, s] < rates.ages[row, _MALE]:
            continue
        apart = distance_squared(ranges.cell[r, s], ranges.cell[r, female], land.shift)
        if best < 0 or apart < closest or (apart == closest and animals.uid[r, s] < animals.uid[r, best]):
            best = s
            closest = apart
    return best


@kernel
def add_cub(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    rates: Rates,
    key: np.uint64,
    row: int,
    r: int,
    mother: int,
    cub: np.uint64,
    age: int,
) -> None:
    """Put a cub of the given uid and age beside its mother; sex and age of independence are drawn at its address."""
    s = slots.high[r]
    slots.high[r] += 1
    slots.living[r] += 1
    animals.life[r, s] = _LIVING
    animals.uid[r, s] = cub
    animals.mother[r, s] = animals.uid[r, mother]
    animals.mother_slot[r, s] = mother
    animals.age[r, s] = age
    animals.gestation[r, s] = -1
    is_male = uniform(key, cub, 0, _STREAM, _CUB_SEX) < rates.values[row, 0, p.MALE_SHARE]
    animals.sex[r, s] = 1 if is_male else 0
    first = rates.ages[row, AGE_INDEPENDENCE_FIRST]
    last = rates.ages[row, AGE_INDEPENDENCE_LAST]
    u = uniform(key, cub, 0, _STREAM, _INDEPENDENCE)
    animals.independence[r, s] = first + int(u * (last - first + 1))
    animals.is_dependent[r, s] = 1
    animals.dependants[r, mother] += 1
    if ranges.cell.shape[1] > 0:
        ranges.cell[r, s] = ranges.cell[r, mother]
        ranges.status[r, s] = _DEPENDENT
        ranges.natal[r, s] = -1
        ranges.guardian_slot[r, s] = -1


@kernel
def add_cubs(
    animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, founders: Founders, keys: Words
) -> None:
    """Give a share of the adult females (on a map: those with a range) the cubs that the season would have left.

    litter_share of them bore a litter, all its cubs of one age; each cub lives with the chance of its age. It was her
    litter number 0 even where no cub lives. The nearest male counts as guardian; male share is that of zone 0.
    """
    is_spatial = ranges.cell.shape[1] > 0
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        key = keys[r, 1]
        for mother in range(founders.animals):
            if animals.sex[r, mother] != _FEMALE or animals.age[r, mother] < rates.ages[row, _FEMALE]:
                continue
            if is_spatial and ranges.status[r, mother] != _RESIDENT:
                continue
            uid = animals.uid[r, mother]
            if uniform(key, uid, 0, _STREAM, _LITTER) >= founders.litter_share:
                continue
            u = uniform(key, uid, 0, _STREAM, _SIZE)
            size = 1
            while size < rates.litter.shape[1] and u >= rates.litter[row, size - 1]:
                size += 1
            u = uniform(key, uid, 0, _STREAM, _AGE)
            entry = 0
            while entry < founders.cub_ages.shape[0] - 1 and u >= founders.cub_cumulative[entry]:
                entry += 1
            if is_spatial:
                male = nearest_male(animals, ranges, land, rates, row, r, mother, founders.animals)
                ranges.guardian_slot[r, mother] = male
                if male >= 0:  # never `uid if … else 0`: uint64 and int64 meet as a float and lose digits
                    ranges.guardian[r, mother] = animals.uid[r, male]
            for place in range(size):
                cub = offspring_uid(uid, 0, place)
                if uniform(key, cub, 0, _STREAM, _ALIVE) >= founders.cub_survival[entry]:
                    continue
                add_cub(animals, slots, ranges, rates, key, row, r, mother, cub, founders.cub_ages[entry])
            animals.litters[r, mother] = 1


def settle(world: "World") -> None:
    """Bring the founders into the world and let them settle; the tick is 0 and the rates are those of year 0."""
    inputs = world.inputs
    place_founders(world.animals, world.slots, world.ranges, inputs.founders, inputs.keys)
    if inputs.settings.is_spatial:
        settle_founders(
            world.animals,
            world.slots,
            world.ranges,
            world.land,
            world.rates,
            world.scratch,
            inputs.founders,
            inputs.keys,
            inputs.settings.settling_rounds,
        )
    if inputs.settings.has_distemper:
        immunise_founders(
            world.animals, world.slots, world.ranges, world.land, world.rates, inputs.founders, inputs.keys
        )
    if inputs.founders.litter_share > 0.0:
        add_cubs(world.animals, world.slots, world.ranges, world.land, world.rates, inputs.founders, inputs.keys)
