"""How an animal without a range sees the land around it: where it steps, what looks free, when it looks for a place."""

from orientalis.engine import scalars as p
from orientalis.engine.codes import Sex
from orientalis.engine.grid import HEADINGS, NO_HEADING, distance_squared, land_row
from orientalis.engine.kernel import inline_kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.state import Land, Ranges, Scratch

_FEMALE = int(Sex.FEMALE)
_MOST_OF_NINE = 5


@inline_kernel
def choose_heading(land: Land, rates: Rates, scratch: Scratch, row: int, r: int, cell: int, last: int, u: float) -> int:
    """Direction of the next step, 0 north and on clockwise, by inverse CDF from `u`; NO_HEADING when walled in.

    Weight of a neighbour = exp(preference * suitability) * exp(persistence * cos(turn)); a barrier has none.
    """
    total = 0.0
    h = land_row(land.suitability, r)
    for k in range(HEADINGS):
        total += rates.walk[row, land.suitability[h, cell + land.offsets[k]]] * rates.turn[row, last, k]
        scratch.weight[k] = total
    if total <= 0.0:
        return NO_HEADING
    aim = u * total
    heading = 0
    for k in range(HEADINGS - 1):
        heading += scratch.weight[k] <= aim  # counting, because a branch here is a toss-up
    return heading


@inline_kernel
def looks_free(land: Land, rates: Rates, row: int, r: int, sex: int, cell: int) -> bool:
    """Whether the animal sees room here: most of the nine cells around it are habitat that is not taken.

    Taken is held by one female (for a female), or by as many males as may share a cell (for a male; the overlap of
    the animal's own cell). The animal's own cell must be free, and with it five of the nine.
    """
    h = land_row(land.is_habitat, r)
    if land.is_habitat[h, cell] == 0:
        return False
    full = 1.0 if sex == _FEMALE else rates.values[row, land.zone[cell], p.MALE_OVERLAP]
    if land.claims[r, sex, cell] + 0.5 >= full:
        return False
    free = 1
    for k in range(HEADINGS):
        near = cell + land.offsets[k]
        if land.is_habitat[h, near] != 0 and land.claims[r, sex, near] + 0.5 < full:
            free += 1
    return free >= _MOST_OF_NINE


@inline_kernel
def is_looking(ranges: Ranges, land: Land, r: int, s: int, cell: int, is_patient: bool) -> bool:
    """Whether the animal looks for a place at `cell`: far enough from its birthplace, or out of patience.

    An animal that had a range before, or whose birthplace is not known, looks everywhere.
    """
    natal = ranges.natal[r, s]
    far = ranges.wander[r, s] * ranges.wander[r, s]
    return natal < 0 or not is_patient or distance_squared(cell, natal, land.shift) >= far
