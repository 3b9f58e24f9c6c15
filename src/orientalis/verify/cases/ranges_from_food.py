"""V12: territories from food (Carter, Levin, Barlow and Grimm 2015, Ecological Modelling 312:347-362; tigers).

Cells of 250 m hold 5 kg of prey a month each, of which 10 % can be taken; a female needs 76 to 167.3 kg a month: 9.5 to
20.9 km2. On a map whose one side is richer, ranges there are smaller.
"""

import numpy as np
import numpy.typing as npt

from orientalis.engine.codes import Life, Sex, Status
from orientalis.engine.simulate import begin
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch
from orientalis.verify.row import Case, Row, between
from orientalis.verify.worlds import spec_of

Floats = npt.NDArray[np.float64]

_CELL_KM = 0.25
_CELL_KM2 = 0.0625
_SIDE = 160
_MONTHS = 12.0
_PREY_KM2 = 5.0 * _MONTHS / _CELL_KM2  # what a year brings forth on a km2, kg
_NAME = "V12.ranges_from_food"


def ranges(need_a_month: float, prey_km2: float | Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Column of the centre and area (km2) of the range of each settled female that met her need, 20 replicates."""
    spec = spec_of(
        "panthera_pardus_orientalis",
        animals=8,
        years=1,
        tick="month",
        landscape=synthetic((_SIDE, _SIDE), prey=prey_km2, cell_km=_CELL_KM),
        parameters={
            "territory.female_need": need_a_month * _MONTHS,
            "territory.smallest_area": 1.0,
            "territory.largest_area": 60.0,
            "prey.crop_share": 0.1,
        },
        start={"cubs": False},
    )
    world = begin(compile_batch(spec, 0, 20))
    is_held = (world.animals.life == Life.LIVING) & (world.animals.sex == Sex.FEMALE)
    is_held &= world.ranges.status == Status.RESIDENT
    column = (world.ranges.cell[is_held] & ((1 << world.land.shift) - 1)) - 1
    return column.astype(np.int64), world.ranges.size[is_held] * _CELL_KM2


def _uniform_row(name: str, need: float, target: float) -> Row:
    """Each range is the least number of whole cells that meets the need; the median over animals."""
    _, area = ranges(need, _PREY_KM2)
    low, high = target - 0.05, target + 0.05 + _CELL_KM2
    return between(f"{_NAME}.{name}", "exact", target, float(np.median(area)), low, high)


def run(quick: bool) -> list[Row]:
    """Both ends of the need, and a map with a richer side."""
    prey = np.full((_SIDE, _SIDE), _PREY_KM2)
    prey[:, _SIDE // 2 :] *= 2.0
    column, area = ranges(76.0, prey)
    poor = area[column < _SIDE // 2 - 12]
    rich = area[column >= _SIDE // 2 + 12]
    return [
        _uniform_row("smallest_need", 76.0, 9.5),
        _uniform_row("largest_need", 167.3, 20.9),
        between(f"{_NAME}.richer_side", "exact", 0.5, float(rich.mean() / poor.mean()), 0.4, 0.6),
    ]


RANGES_FROM_FOOD = Case((f"{_NAME}.smallest_need", f"{_NAME}.largest_need", f"{_NAME}.richer_side"), run)
