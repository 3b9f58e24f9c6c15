"""Check that the cells of a map have the areas that its transform says."""

from pathlib import Path
from typing import Final

import numpy as np

from orientalis.core.errors import InputError

TOLERANCE: Final = 0.02
"""Largest departure of a cell's true area from its nominal one: UTM passes, Mercator away from the equator does not."""


def check_area(file: Path, crs: str, transform: tuple[float, ...], shape: tuple[int, int]) -> None:
    """Refuse a coordinate system that distorts areas by more than 2 % at the corners or the middle of the map."""
    import pyproj

    system = pyproj.CRS(crs)
    to_degrees = pyproj.Transformer.from_crs(system, system.geodetic_crs, always_xy=True)
    a, _, west, _, e, north = transform
    ny, nx = shape
    x, y = zip(*[(west + a * nx * i / 2, north + e * ny * j / 2) for i in (0, 1, 2) for j in (0, 1, 2)], strict=True)
    factors = pyproj.Proj(system).get_factors(*to_degrees.transform(x, y))
    scales = np.asarray(factors.areal_scale, dtype=float)
    worst = float(scales[np.argmax(np.abs(scales - 1.0))])
    if abs(worst - 1.0) > TOLERANCE:
        raise InputError(
            "the map's coordinate system distorts areas, and densities with them",
            file=file,
            value=f"areas {worst:.3g} times too large",
            expected=f"an equal-area system, or one within {TOLERANCE:.0%}",
        )
