"""Mating: a ready female comes into oestrus by the season, and is found by a male, nearer ones likelier."""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine.codes import READY, UNMATED, Life, Sex, Status, Stream
from orientalis.engine.genes import Genes
from orientalis.engine.grid import distance_squared
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.life import zone_at
from orientalis.engine.parameters import AGE_GESTATION, AGE_LAST_BREEDING, Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import bits, mix, uniform
from orientalis.engine.scalars import ROAMING_DISTANCE
from orientalis.engine.state import Animals, Clock, Ints, Land, Ranges, Scratch, Slots, Words
from orientalis.engine.surroundings import Strain

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_FEMALE = int(Sex.FEMALE)
_MALE = int(Sex.MALE)
_RESIDENT = int(Status.RESIDENT)
_STREAM = int(Stream.MATING)
_CHOICE = 1


@inline_kernel
def is_breeding_male(animals: Animals, rates: Rates, row: int, r: int, s: int) -> bool:
    """Whether the slot holds a living male of breeding age."""
    return (
        (animals.life[r, s] == _LIVING)
        & (animals.sex[r, s] == _MALE)
        & (animals.age[r, s] >= rates.ages[row, _MALE])
        & (animals.age[r, s] < rates.ages[row, AGE_LAST_BREEDING])
    )


@kernel
def list_males(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    rates: Rates,
    scratch: Scratch,
    row: int,
    r: int,
    is_one_enough: bool,
) -> int:
    """Put males of breeding age, on a map residents, into scratch.males; returns their number, or 1 if that will do."""
    is_spatial = ranges.cell.shape[1] > 0
    count = 0
    for s in range(slots.high[r]):
        if is_breeding_male(animals, rates, row, r, s) and (not is_spatial or ranges.status[r, s] == _RESIDENT):
            scratch.males[count] = s
            count += 1
            if is_one_enough:
                break
    return count


@kernel
def find_male(
    animals: Animals,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
    row: int,
    r: int,
    female: int,
    males: int,
) -> int:
    """The male among scratch.males that finds the female, or -1.

    Among males whose range centre lies within the roaming distance D, one is drawn with weight 1 - (d/D)^2. The
    draw takes the smallest -log(u)/weight (Efraimidis and Spirakis 2006), u at (mix(male's uid ^ mix(her uid)), tick),
    index 1, so that the order of slots plays no part.
    """
    centre = ranges.cell[r, female]
    reach = rates.values[row, land.zone[centre], ROAMING_DISTANCE] / land.cell_km
    limit = reach * reach
    best = -1
    best_score = 0.0
    for i in range(males):
        s = scratch.males[i]
        apart = distance_squared(ranges.cell[r, s], centre, land.shift)
        if apart >= limit:
            continue
        pair = mix(animals.uid[r, s] ^ mix(animals.uid[r, female]))
        score = -math.log(uniform(keys[r, 1], pair, clock.tick, _STREAM, _CHOICE)) / (1.0 - apart / limit)
        if best < 0 or score < best_score:
            best = s
            best_score = score
    return best


@kernel
def choose_male(animals: Animals, scratch: Scratch, key: np.uint64, tick: int, r: int, female: int, males: int) -> int:
    """One of scratch.males, all alike, whatever their order: the largest mix(his uid ^ word at (her uid, tick), 1)."""
    word = bits(key, animals.uid[r, female], np.uint64(tick), _STREAM, _CHOICE)
    best = scratch.males[0]
    best_lot = mix(animals.uid[r, best] ^ word)
    for i in range(1, males):
        lot = mix(animals.uid[r, scratch.males[i]] ^ word)
        if lot > best_lot:
            best = scratch.males[i]
            best_lot = lot
    return best


@inline_kernel
def is_ready(animals: Animals, first: int, last: int, r: int, s: int) -> bool:
    """Whether the slot holds a living female from the first to below the last breeding age, without young or litter."""
    # One test instead of six: each alone is a toss-up, and a branch mispredicted costs more than five tests.
    return (
        (animals.life[r, s] == _LIVING)
        & (animals.sex[r, s] == _FEMALE)
        & (animals.age[r, s] >= first)
        & (animals.age[r, s] < last)
        & (animals.dependants[r, s] == 0)
        & (animals.gestation[r, s] < 0)
    )


@kernel
def mate(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    genes: Genes,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
    is_single_sex: bool,
    tally: Ints,
    strain: Strain,
) -> None:
    """Ready females conceive: of breeding age, not pregnant, without dependants, with a range where there is a map.

    Her oestrus (index 0) counts as `ready`, and as `unmated` too when no male finds her. Males are of breeding age and,
    on a map, residents; the finder becomes her young's guardian. Without a map any male will do, and the father stays
    unknown (0), but with genetics each male is as likely as the next. Where food is followed, a hungry female's chance
    is less by strain.fed.
    """
    is_spatial = ranges.cell.shape[1] > 0
    has_genes = genes.inbred.shape[1] > 0
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        males = -1  # listed when first asked for
        first = rates.ages[row, _FEMALE]
        last = rates.ages[row, AGE_LAST_BREEDING]
        for s in range(slots.high[r]):
            if not is_ready(animals, first, last, r, s) or (is_spatial and ranges.status[r, s] != _RESIDENT):
                continue
            zone = zone_at(ranges, land, r, s)
            u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
            chance = rates.conceive[r, zone, clock.month]
            if strain.fed.shape[1] > 0:
                chance = chance * strain.fed[r, s]
            if u >= chance:
                continue
            tally[r, zone, READY] += 1
            if males < 0 and not is_single_sex:
                males = list_males(animals, slots, ranges, rates, scratch, row, r, not (is_spatial or has_genes))
            male = -1
            if is_spatial:
                male = find_male(animals, ranges, land, rates, scratch, keys, clock, row, r, s, males)
                if male < 0:
                    tally[r, zone, UNMATED] += 1
                    continue
                animals.sire[r, s] = animals.uid[r, male]
                ranges.guardian[r, s] = animals.uid[r, male]
                ranges.guardian_slot[r, s] = male
            elif males == 0:
                tally[r, zone, UNMATED] += 1
                continue
            elif has_genes:
                male = choose_male(animals, scratch, keys[r, 1], clock.tick, r, s, males)
                animals.sire[r, s] = animals.uid[r, male]
            if has_genes:
                genes.sire_slot[r, s] = male
            animals.gestation[r, s] = rates.ages[row, AGE_GESTATION]


def step(world: "World") -> None:
    """One tick of mating."""
    mate(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        world.genes,
        world.scratch,
        world.inputs.keys,
        world.clock,
        world.settings.is_single_sex,
        world.tally,
        world.strain,
    )


MATING = Process(
    name="mating",
    summary="Ready females come into oestrus by the season and are found by a male, nearer ones likelier.",
    cadence="tick",
    reads=("animals", "ranges.cell", "ranges.status", "rates.conceive", "rates.ages", "rates.values", "strain"),
    writes=(
        "animals.gestation",
        "animals.sire",
        "ranges.guardian",
        "ranges.guardian_slot",
        "genes.sire_slot",
        "tally",
        "scratch",
    ),
    streams=(Stream.MATING,),
    parameters=(
        "reproduction.litter_probability",
        "reproduction.conception_season",
        "life_history.first_breeding_female",
        "life_history.first_breeding_male",
        "life_history.last_breeding",
        "mating.roaming_distance",
    ),
    step=step,
)
