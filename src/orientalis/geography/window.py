"""A smaller window of a landscape, to see how much an answer rests on where the map ends."""

import numpy as np

from orientalis.core.errors import InputError
from orientalis.geography.habitat import potential_habitat
from orientalis.geography.landscape import Landscape

REACH = 5
"""Cells (10 km on the 2 km grid) within which habitat beyond the rim makes it an open edge."""


def crop_landscape(landscape: Landscape, cells: int) -> Landscape:
    """Cut `cells` (0 or more) off each side; land on the new rim with habitat just beyond becomes an open edge.

    The checksum is that of the whole followed by the cut, so a run on it is another run. Raises `InputError` when
    nothing would be left.
    """
    ny, nx = landscape.shape
    if not 0 <= 2 * cells < min(ny, nx):
        raise InputError(
            "cannot cut this many cells", key="cells", value=cells, expected=f"0 to {(min(ny, nx) - 1) // 2}"
        )
    if cells == 0:
        return landscape
    from scipy.ndimage import binary_dilation

    inner = (slice(cells, ny - cells), slice(cells, nx - cells))
    inside = np.zeros(landscape.shape, dtype=bool)
    inside[inner] = True
    beyond = binary_dilation(potential_habitat(landscape) & ~inside, structure=np.ones((3, 3)), iterations=REACH)
    rim = inside & binary_dilation(~inside)
    layers = {name: values[inner].copy() for name, values in landscape.layers.items()}
    layers["open_edge"] = (rim & beyond & (landscape.layers["land"] == 1))[inner].astype(np.uint8)
    a, b, c, d, e, f = landscape.transform
    return Landscape(
        name=f"{landscape.name}-{cells}",
        shape=(ny - 2 * cells, nx - 2 * cells),
        cell_km=landscape.cell_km,
        crs=landscape.crs,
        transform=(a, b, c + a * cells, d, e, f + e * cells),
        layers=layers,
        zones={name: mask[inner].copy() for name, mask in landscape.zones.items()},
        layer_class=landscape.layer_class,
        sha256=f"{landscape.sha256}-{cells}",
        manifest=landscape.manifest,
        threshold=landscape.threshold,
        folder=landscape.folder,
    )
