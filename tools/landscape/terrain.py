"""Forest index, ruggedness index and elevation."""

from pathlib import Path

import numpy as np
import rasterio
from rasterio.windows import Window
from scipy.ndimage import gaussian_filter, generic_filter

from tools.landscape import assumptions as a
from tools.landscape.grid import Array, Grid


def forest_index(image: Path, grid: Grid, land_share: Array) -> Array:
    """Forest index 0..1 [ny, nx] from the luma of the Blue Marble (4 arc-minutes); darker land is forest."""
    luma, west, north, step = _luma(image, grid)
    inland = _on_image(grid, land_share, luma.shape, west, north, step) > 0.9
    smooth = grid.sample(_over_land(luma, inland, 0.6), west, north, step)
    return np.asarray(1.0 / (1.0 + np.exp((smooth - a.FOREST_LUMA) / a.FOREST_LUMA_WIDTH)))


def ruggedness_index(image: Path, grid: Grid, land_share: Array) -> Array:
    """Ruggedness 0..1 [ny, nx]: local spread of brightness in a shaded relief (2 arc-minutes), scaled."""
    luma, west, north, step = _luma(image, grid)
    inland = _on_image(grid, land_share, luma.shape, west, north, step) > 0.7
    filled = _over_land(luma, inland, 0.7, keep=True)
    spread = gaussian_filter(generic_filter(filled, np.std, size=3), 0.8)
    rough = grid.sample(spread, west, north, step)
    low, high = a.RUGGEDNESS_SPREAD
    return np.asarray(np.clip((rough - low) / (high - low), 0.0, 1.0))


def elevation(folder: Path, grid: Grid) -> Array:
    """Elevation in metres [ny, nx] from ITU-R P.1511 (1/12 degree); shipped only as classes."""
    topo = np.load(next(folder.glob("*v2_topo.npz")))["arr_0"]
    lat = np.load(next(folder.glob("*v2_lat.npz")))["arr_0"]
    lon = np.load(next(folder.glob("*v2_lon.npz")))["arr_0"]
    if lat[0, 0] < lat[-1, 0]:
        topo, lat = topo[::-1], lat[::-1]
    step = 1 / 12
    return np.clip(grid.sample(topo, float(lon[0, 0]) - step / 2, float(lat[0, 0]) + step / 2, step), 0.0, None)


def _luma(image: Path, grid: Grid) -> tuple[Array, float, float, float]:
    """Luma (Rec. 601) of the part of a world image around the grid, its corner and step in degrees."""
    west, south, east, north = grid.degrees()
    with rasterio.open(image) as source:
        step = 360.0 / source.width
        column, row = int((west + 180) / step) - 4, int((90 - north) / step) - 4
        width, height = int((east - west) / step) + 8, int((north - south) / step) + 8
        red, green, blue = source.read(window=Window(column, row, width, height)).astype(float)
    return 0.299 * red + 0.587 * green + 0.114 * blue, column * step - 180, 90 - row * step, step


def _on_image(grid: Grid, values: Array, shape: tuple[int, int], west: float, north: float, step: float) -> Array:
    """Mean of a grid's cells over each pixel of an image; 0 where no cell falls."""
    lon, lat = grid.centres()
    row, column = ((north - lat) / step).astype(int), ((lon - west) / step).astype(int)
    total, count = np.zeros(shape), np.zeros(shape)
    np.add.at(total, (row, column), values)
    np.add.at(count, (row, column), 1)
    return total / np.maximum(count, 1)


def _over_land(values: Array, inland: Array, sigma: float, keep: bool = False) -> Array:
    """Smooth `values` over inland pixels alone and carry them outwards over the sea's mixed pixels."""
    result = np.full(values.shape, float(values[inland].mean()))
    for width in (16.0, 8.0, 4.0, 2.0, 1.0, sigma):
        weight = gaussian_filter(inland.astype(float), width)
        near = gaussian_filter(np.where(inland, values, 0.0), width) / np.maximum(weight, 1e-9)
        trust = np.clip(weight / 0.3, 0.0, 1.0)
        result = trust * near + (1 - trust) * result
    return np.where(inland, values, result) if keep else result
