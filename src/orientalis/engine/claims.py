"""Ranges: how an animal claims cells outward from its centre, best first, and how they are given back.

After Carter, Levin, Barlow and Grimm (2015, Ecological Modelling 312:347-362), where tigers claim land until their prey
meets their need; here the best cell on the border of the range so far is taken next, farther cells counting less. The
border starts with the centre and grows by the eight neighbours of each cell taken; cells that offer nothing never join
it. The largest range is a whole number of cells, of territory.largest_area for a female, of territory.male_area, which
is his need too, for a male. These are the centre's zone's; overlaps and prey are those of the cell's zone.
"""

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.codes import Life, Sex, Stream
from orientalis.engine.grid import HEADINGS, distance_squared, land_row
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import AGE_LAST_BREEDING, Rates
from orientalis.engine.rng import bits
from orientalis.engine.state import Animals, Ints, Land, Ranges, Scratch, Slots, Words

_FEMALE = int(Sex.FEMALE)
_MALE = int(Sex.MALE)
_LIVING = int(Life.LIVING)
_SENIORITY = int(Stream.SENIORITY)
_PI = 3.141592653589793
_S24 = np.uint64(24)
_S40 = np.uint64(40)
STANDING_SHIFT = _S40
"""Bits below an animal's standing in its seniority."""


@inline_kernel
def worth(land: Land, rates: Rates, row: int, r: int, sex: int, cell: int) -> float:
    """What a cell still offers: to a female kg of prey a year, to a male km2; 0 where it is full or no habitat.

    A first female finds all the prey that can be taken, a second one the overlap's share of it, a third none.
    """
    held = land.claims[r, sex, cell]
    if sex == _MALE:
        if (
            land.is_habitat[land_row(land.is_habitat, r), cell] == 0
            or held + 0.5 >= rates.values[row, land.zone[cell], p.MALE_OVERLAP]
        ):
            return 0.0
        return land.cell_km * land.cell_km
    food = land.food[land_row(land.food, r), cell]
    if held == 0:
        return food
    if held > 1:
        return 0.0
    return food * rates.values[row, land.zone[cell], p.FEMALE_OVERLAP]


@kernel
def gather(land: Land, rates: Rates, scratch: Scratch, row: int, r: int, sex: int, centre: int) -> tuple[int, float]:
    """Cells that an animal at `centre` would claim (left in scratch.got): their number and what they are worth.

    Score of a border cell = w / (1 + d^2 / L), with w its worth (female) or 1 + the females that hold it (male), d
    its distance from the centre in cells and pi L the largest range in cells. Equal scores: the lower cell. Stops
    when the need is met on the smallest range or more, at the largest range, or when no cell is left.
    """
    zone = land.zone[centre]
    area = land.cell_km * land.cell_km
    need = rates.values[row, zone, p.FEMALE_NEED]
    least = rates.values[row, zone, p.SMALLEST_AREA] / area
    limit = int(rates.values[row, zone, p.LARGEST_AREA] / area)
    if sex == _MALE:
        need = rates.values[row, zone, p.MALE_AREA]
        limit = int(need / area)
    if limit > scratch.got.shape[0]:
        limit = scratch.got.shape[0]
    bend = limit / _PI
    scratch.stamp[0] += 1
    stamp = scratch.stamp[0]
    size = 0
    total = 0.0
    border = 0
    offer = worth(land, rates, row, r, sex, centre)
    if limit > 0 and offer > 0.0:
        scratch.border[0] = centre
        scratch.score[0] = 1.0
        scratch.worth[0] = offer
        scratch.mark[centre] = stamp
        border = 1
    while border > 0 and size < limit and (total < need or size < least):
        best = 0
        top = scratch.score[0]
        for i in range(1, border):
            if scratch.score[i] >= top and (scratch.score[i] > top or scratch.border[i] < scratch.border[best]):
                best = i
                top = scratch.score[i]
        cell = scratch.border[best]
        total += scratch.worth[best]
        border -= 1
        scratch.border[best] = scratch.border[border]
        scratch.score[best] = scratch.score[border]
        scratch.worth[best] = scratch.worth[border]
        scratch.got[size] = cell
        size += 1
        for heading in range(HEADINGS):
            near = cell + land.offsets[heading]
            if scratch.mark[near] == stamp:
                continue
            scratch.mark[near] = stamp
            offer = worth(land, rates, row, r, sex, near)
            if offer <= 0.0:
                continue
            value = offer if sex == _FEMALE else 1.0 + land.claims[r, _FEMALE, near]
            scratch.border[border] = near
            scratch.worth[border] = offer
            scratch.score[border] = value / (1.0 + distance_squared(near, centre, land.shift) / bend)
            border += 1
    return size, total


@kernel
def hold(ranges: Ranges, land: Land, scratch: Scratch, sex: int, r: int, s: int, size: int, total: float) -> None:
    """Claim the gathered cells for the animal."""
    for place in range(size):
        cell = scratch.got[place]
        ranges.cells[r, s, place] = cell
        land.claims[r, sex, cell] += 1
    ranges.size[r, s] = size
    ranges.food[r, s] = total


@kernel
def release(ranges: Ranges, land: Land, sex: int, r: int, s: int) -> None:
    """Give back the cells of a range."""
    for place in range(ranges.size[r, s]):
        land.claims[r, sex, ranges.cells[r, s, place]] -= 1
    ranges.size[r, s] = 0


@inline_kernel
def standing(animals: Animals, rates: Rates, row: int, r: int, s: int) -> int:
    """What counts first in contests: age in ticks, 0 past breeding age."""
    age = animals.age[r, s]
    if age >= rates.ages[row, AGE_LAST_BREEDING]:
        age = 0
    return age


@inline_kernel
def seniority(animals: Animals, rates: Rates, keys: Words, year: int, row: int, r: int, s: int) -> np.uint64:
    """Rank in contests and claims, larger first: age << 40 | bits >> 24, with the bits at (uid, year).

    Age in ticks; at the last breeding age and above it counts as 0, for both sexes.
    """
    age = standing(animals, rates, row, r, s)
    tie = bits(keys[r, 1], animals.uid[r, s], np.uint64(year), _SENIORITY, 0)
    return (np.uint64(age) << _S40) | (tie >> _S24)


@kernel
def by_seniority(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    year: int,
    row: int,
    r: int,
    status: int,
) -> int:
    """Put the slots of the living animals of a status into scratch.held, the senior first; returns their number."""
    count = 0
    for s in range(slots.high[r]):
        if animals.life[r, s] == _LIVING and ranges.status[r, s] == status:
            scratch.held[count] = s
            scratch.rank[count] = seniority(animals, rates, keys, year, row, r, s)
            count += 1
    sort_down(scratch.rank, scratch.held, count)
    return count


@kernel
def sort_down(rank: Words, held: Ints, count: int) -> None:
    """Sort `held` by `rank`, largest first, in place (heap sort: ranks differ, so the order is one)."""
    for start in range(count // 2 - 1, -1, -1):
        sift(rank, held, start, count)
    for end in range(count - 1, 0, -1):
        rank[0], rank[end] = rank[end], rank[0]
        held[0], held[end] = held[end], held[0]
        sift(rank, held, 0, end)


@kernel
def sift(rank: Words, held: Ints, root: int, end: int) -> None:
    """Let the entry at `root` sink to its place in the heap whose smallest rank is on top."""
    while 2 * root + 1 < end:
        child = 2 * root + 1
        if child + 1 < end and rank[child + 1] < rank[child]:
            child += 1
        if rank[root] <= rank[child]:
            return
        rank[root], rank[child] = rank[child], rank[root]
        held[root], held[child] = held[child], held[root]
        root = child


@inline_kernel
def range_holds(ranges: Ranges, r: int, s: int, cell: int) -> bool:
    """Whether the animal's range holds the cell."""
    for place in range(ranges.size[r, s]):
        if ranges.cells[r, s, place] == cell:
            return True
    return False
