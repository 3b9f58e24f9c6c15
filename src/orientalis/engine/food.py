"""The land of one world, and the prey that can be taken from each of its cells."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from orientalis.engine.scalars import CROP_SHARE
from orientalis.engine.state import Land

if TYPE_CHECKING:
    from orientalis.engine.world import Inputs


def own_land(inputs: "Inputs") -> Land:
    """The land that a world may change: the inputs' own arrays where nothing changes, with food of its own.

    Where forest is on each replicate has its own habitat, suitability and food; where prey is, its own food.
    """
    land, rows, settings = inputs.land, inputs.values.shape[0], inputs.settings
    if settings.has_forest or settings.has_ungulates:
        rows = max(rows, settings.replicates)
    if settings.has_forest:
        land = land._replace(
            is_habitat=np.repeat(land.is_habitat, rows, axis=0), suitability=np.repeat(land.suitability, rows, axis=0)
        )
    return land._replace(food=np.zeros((rows, len(land.kind) if settings.is_spatial else 0)))


def fill_food(land: Land, table: npt.NDArray[np.float64]) -> None:
    """Fill the food of each cell, kg a year: standing prey * share that can be taken; table [row, zone, parameter]."""
    if land.food.shape[1] > 0:
        land.food[:] = land.prey * land.is_habitat * table[:, land.zone, CROP_SHARE]
