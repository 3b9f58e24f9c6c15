"""Potential habitat at a threshold, and its patches."""

import numpy as np
from numpy.typing import NDArray

from orientalis.core.errors import InputError
from orientalis.geography.landscape import Landscape


def potential_habitat(landscape: Landscape, threshold: float | None = None) -> NDArray[np.bool_]:
    """Land cells [ny, nx] whose suitability is at or above `threshold` (0..1; the landscape's own when None)."""
    level = landscape.threshold if threshold is None else threshold
    if not 0.0 <= level <= 1.0:
        raise InputError("the habitat threshold is out of range", key="threshold", value=level, expected="0 to 1")
    return np.asarray((landscape.layers["habitat"] >= np.float32(level)) & (landscape.layers["land"] == 1))


def patch_areas(landscape: Landscape, habitat: NDArray[np.bool_]) -> tuple[NDArray[np.int32], tuple[float, ...]]:
    """Number the patches of `habitat` (eight neighbours), largest first.

    Returns the numbers [ny, nx] (0 outside, 1 the largest) and the areas in km2, area[i] that of patch i + 1.
    """
    from scipy.ndimage import label

    numbers, count = label(habitat, structure=np.ones((3, 3), dtype=np.int32))
    cells = np.bincount(numbers.ravel(), minlength=count + 1)[1:]
    order = np.argsort(-cells, kind="stable")
    renumber = np.zeros(count + 1, dtype=np.int32)
    renumber[order + 1] = np.arange(1, count + 1, dtype=np.int32)
    return renumber[numbers], tuple(float(cells[i]) * landscape.cell_km2 for i in order)
