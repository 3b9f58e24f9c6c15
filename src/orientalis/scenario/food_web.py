"""Prey and tigers at the reference state: today's land, pressures as they are. There everything stands still.

The map's prey is split over the kinds by density times mass, so that its total is exactly the map's. What the land
carries is solved for, not given: the capacity at which a year's growth makes good what winter, hunters, poachers,
tigers and the leopards of today take from that prey.
"""

import math

import numpy as np
import numpy.typing as npt

from orientalis.core.errors import InputError
from orientalis.engine import scalars as p
from orientalis.engine.codes import Prey
from orientalis.engine.food_web import KINDS, FoodWeb
from orientalis.engine.surroundings import Blocks

Floats = npt.NDArray[np.float64]
LARGEST_ROOM = 20.0
"""Most that the land may carry, in units of today's prey: where losses outdo growth, prey falls whatever it carries."""
_ROUNDS = 30
_QUARTER = 0.25
_WINTER, _, _SUMMER, _AUTUMN = range(4)


def food_web(
    values: Floats,
    blocks: Blocks,
    prey: Floats,
    is_habitat: npt.NDArray[np.uint8],
    start_cells: npt.NDArray[np.int32],
    cell_km2: float,
    *,
    has_tigers: bool,
) -> FoodWeb:
    """The reference state for a table of parameters [row, zone, parameter], of which zone 0 is read.

    prey [cell]: kg; start_cells: cells where animals may start, where the leopards of today live.
    """
    if not prey.any():
        raise InputError("the map has no prey", key="threats.ungulates", expected="a layer of prey that is not 0")
    count = len(blocks.size)
    inside = blocks.of_cell >= 0
    of_cell = blocks.of_cell[inside]

    def by_block(amounts: Floats) -> Floats:
        return np.asarray(np.bincount(of_cell, amounts[inside], minlength=count), np.float64)

    total = by_block(prey)
    safe = np.where(total > 0.0, total, 1.0)
    weight = np.zeros(len(prey))
    weight[inside] = prey[inside] / safe[of_cell]
    area = blocks.size * cell_km2
    per_km2 = np.divide(1.0, area, out=np.zeros(count), where=area > 0.0)
    is_start = np.zeros(len(prey), np.bool_)
    is_start[start_cells] = True
    homes = np.unique(blocks.of_cell[start_cells], return_counts=True)
    rows = len(values)
    shape = (rows, KINDS, count)
    start, capacity = np.zeros(shape), np.zeros(shape)
    tigers, carried, tiger_mean = np.zeros((rows, count)), np.zeros((rows, count)), np.zeros(rows)
    for row in range(rows):
        numbers = values[row, 0]
        share = shares_of(numbers)
        start[row] = share[:, None] * total
        if has_tigers:
            wild = 1.0 - share[Prey.SMALL]
            tigers[row] = by_block(prey * is_habitat) * wild / numbers[p.PREY_PER_TIGER]
            carried[row] = tigers[row] / (safe * wild) * headroom(numbers)
            tiger_mean[row] = np.average((tigers[row] * per_km2)[homes[0]], weights=homes[1])
        leopards = by_block(prey * is_start) / numbers[p.PREY_PER_LEOPARD]
        capacity[row] = _capacity(numbers, start[row], per_km2, leopards, tigers[row])
    if not has_tigers:
        tigers, carried = tigers[:, :0], carried[:, :0]
    return FoodWeb(start, capacity, weight, per_km2, tigers, carried, tiger_mean)


def shares_of(numbers: Floats) -> Floats:
    """Share of each kind in the prey: density * mass over their sum; numbers [parameter]."""
    mass = numbers[p.PREY_DENSITY : p.PREY_DENSITY + KINDS] * numbers[p.PREY_MASS : p.PREY_MASS + KINDS]
    if mass.sum() <= 0.0:
        raise InputError("no prey of any kind", key="ungulates.density_sika", value=0.0, expected="a density above 0")
    return np.asarray(mass / mass.sum())


def headroom(numbers: Floats) -> float:
    """Capacity for tigers over their number at which growth makes good poaching: (1 - E) / (s - E).

    E = exp(-growth), s = exp(-poaching); at most LARGEST_ROOM.
    """
    decay, kept = math.exp(-numbers[p.TIGER_GROWTH]), math.exp(-numbers[p.TIGER_POACHING])
    return min((1.0 - decay) / (kept - decay), LARGEST_ROOM) if kept > decay else LARGEST_ROOM


def _capacity(numbers: Floats, start: Floats, per_km2: Floats, leopards: Floats, tigers: Floats) -> Floats:
    """Capacity [kind, block] at which `start` comes back after a year of the reference state.

    In 1 / N growth is y <- (1 - E) / K + E y and a loss y <- y / kept: after four quarters y = c / K + d y, so that K =
    N c / (1 - d). What predators take hangs on N within the year, so it is solved in turn, from K = 2 N.
    """
    decay = np.exp(-numbers[p.PREY_GROWTH : p.PREY_GROWTH + KINDS] * _QUARTER)[:, None]
    capacity = 2.0 * start
    for _ in range(_ROUNDS):
        here = start
        c, d = np.zeros_like(start), np.ones_like(start)
        for quarter in range(4):
            below = here + (capacity - here) * decay
            here = np.divide(capacity * here, below, out=np.zeros_like(start), where=below > 0.0)
            kept = np.exp(-_hazards(numbers, quarter))[:, None]
            here = here * kept
            eaten = 1.0 / (1.0 + _lost(numbers, here, per_km2, leopards, tigers))
            here = here * eaten
            c, d = (c * decay + (1.0 - decay)) / (kept * eaten), d * decay / (kept * eaten)
        room = np.divide(c, 1.0 - d, out=np.full_like(c, LARGEST_ROOM), where=d < 1.0)
        capacity = start * np.minimum(room, LARGEST_ROOM)
    return capacity


def _hazards(numbers: Floats, quarter: int) -> Floats:
    """Hazard [kind] in a quarter of what kills a share: winter, mean swine fever, or quota."""
    found = np.zeros(KINDS)
    if quarter == _WINTER:
        found = numbers[p.PREY_WINTER : p.PREY_WINTER + KINDS] * numbers[p.SNOW]
    elif quarter == _AUTUMN:
        found = numbers[p.PREY_QUOTA : p.PREY_QUOTA + KINDS].copy()
    elif quarter == _SUMMER:
        found[Prey.BOAR] = -math.log(1.0 - numbers[p.SWINE_FEVER_DEATH]) * numbers[p.SWINE_FEVER]
    return found


def _lost(numbers: Floats, here: Floats, per_km2: Floats, leopards: Floats, tigers: Floats) -> Floats:
    """Hazard [kind, block] in a quarter of being eaten or poached."""
    density = here * per_km2
    root = np.sqrt(density)
    lost = np.zeros_like(here)
    lost[[Prey.SIKA, Prey.ROE, Prey.RED_DEER]] = numbers[p.DEER_POACHING] * _QUARTER
    for mouths, taste, intake, half in (
        (leopards, p.PREY_TASTE, p.LEOPARD_INTAKE, p.LEOPARD_HALF),
        (tigers, p.TIGER_TASTE, p.TIGER_INTAKE, p.TIGER_HALF),
    ):
        tastes = numbers[taste : taste + KINDS][:, None]
        if not mouths.any():
            continue
        level = numbers[half] * math.sqrt(numbers[half]) + (tastes * density * root).sum(axis=0)
        lost += mouths * numbers[intake] * _QUARTER * per_km2 / level * tastes * root
    return lost
