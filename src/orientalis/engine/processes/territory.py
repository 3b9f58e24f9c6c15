"""Territory: each spring, ranges that yield too little are drawn anew, the senior animals first."""

from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.claims import gather, hold, release, seniority, sort_down
from orientalis.engine.codes import Life, Sex, Status, Stream
from orientalis.engine.grid import NO_HEADING, land_row
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process, on_a_map
from orientalis.engine.state import Animals, Clock, Land, Ranges, Scratch, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_MALE = int(Sex.MALE)
_DISPERSER = int(Status.DISPERSER)
_RESIDENT = int(Status.RESIDENT)
APRIL = 3
"""Month of the redraw, January being 0."""


@kernel
def yield_now(ranges: Ranges, land: Land, sex: int, r: int, s: int) -> float:
    """What the range yields today: kg of prey a year to a female (all of it, as its first owner), km2 to a male."""
    total = 0.0
    for place in range(ranges.size[r, s]):
        cell = ranges.cells[r, s, place]
        if sex == _MALE:
            total += land.is_habitat[land_row(land.is_habitat, r), cell] * land.cell_km * land.cell_km
        else:
            total += land.food[land_row(land.food, r), cell]
    return total


@inline_kernel
def enough(animals: Animals, ranges: Ranges, land: Land, rates: Rates, row: int, r: int, s: int) -> float:
    """What a range must yield for its owner to leave it as it is: a share of the need (female) or area (male)."""
    zone = land.zone[ranges.cell[r, s]]
    need = rates.values[row, zone, p.MALE_AREA if animals.sex[r, s] == _MALE else p.FEMALE_NEED]
    return rates.values[row, zone, p.ABANDON_SHARE] * need


@kernel
def redraw(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
) -> None:
    """Residents whose range yields less than a share of their need claim anew from their centre.

    In order of seniority. A male's need is his full area. A female who still gets less than that share leaves, a male
    who gets less than the smallest range: they disperse from their centres.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        count = 0
        for s in range(slots.high[r]):  # what a range yields depends on nobody else, so only those in need are ranked
            if animals.life[r, s] != _LIVING or ranges.status[r, s] != _RESIDENT:
                continue
            if yield_now(ranges, land, animals.sex[r, s], r, s) < enough(animals, ranges, land, rates, row, r, s):
                scratch.held[count] = s
                scratch.rank[count] = seniority(animals, rates, keys, clock.year, row, r, s)
                count += 1
        sort_down(scratch.rank, scratch.held, count)
        for i in range(count):
            s = scratch.held[i]
            sex = animals.sex[r, s]
            least = enough(animals, ranges, land, rates, row, r, s)
            if sex == _MALE:
                least = rates.values[row, land.zone[ranges.cell[r, s]], p.SMALLEST_AREA]
            release(ranges, land, sex, r, s)
            size, total = gather(land, rates, scratch, row, r, sex, ranges.cell[r, s])
            if total < least:
                ranges.status[r, s] = _DISPERSER
                ranges.since[r, s] = clock.tick
                ranges.heading[r, s] = NO_HEADING
            else:
                hold(ranges, land, scratch, sex, r, s, size, total)


def step(world: "World") -> None:
    """Redraw in April, or at every tick of a year."""
    if world.clock.month == APRIL or world.clock.months > 1:
        redraw(
            world.animals,
            world.slots,
            world.ranges,
            world.land,
            world.rates,
            world.scratch,
            world.inputs.keys,
            world.clock,
        )


TERRITORY = Process(
    name="territory",
    summary="Each spring, ranges that yield too little are drawn anew, the senior animals first.",
    cadence="tick",
    reads=("animals.life", "animals.sex", "animals.age", "animals.uid", "ranges.cell", "land", "rates.values"),
    writes=(
        "ranges.status",
        "ranges.since",
        "ranges.heading",
        "ranges.size",
        "ranges.cells",
        "ranges.food",
        "land.claims",
        "scratch",
    ),
    streams=(Stream.SENIORITY,),
    parameters=(
        "territory.female_need",
        "territory.abandon_share",
        "territory.male_area",
        "territory.largest_area",
        "territory.smallest_area",
        "territory.female_overlap",
        "territory.male_overlap",
        "prey.crop_share",
        "life_history.last_breeding",
    ),
    step=step,
    is_on=on_a_map,
)
