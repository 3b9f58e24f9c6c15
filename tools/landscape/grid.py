"""The equal-area grid: 2 km cells over the window, with a margin that is cut off before anything is written."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.features import rasterize
from rasterio.transform import Affine
from scipy.ndimage import map_coordinates

CRS: Final = "+proj=aea +lat_1=42.7 +lat_2=47.1 +lat_0=45 +lon_0=134.75 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"
WINDOW: Final = (128.7, 42.2, 134.5, 45.3)
"""West, south, east, north in degrees: core and dispersal window."""
CELL_M: Final = 2000.0
MARGIN: Final = 15
"""Cells (30 km) of margin on each side: distances and patches do not feel the cut."""

Array = NDArray[Any]
_TO_GRID: Final = Transformer.from_crs("EPSG:4326", CRS, always_xy=True)
_TO_DEGREES: Final = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)


@dataclass(frozen=True)
class Grid:
    """A north-up grid of square cells; `west` and `north` are the outer edges in metres; row 0 is north."""

    west: float
    north: float
    ny: int
    nx: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.ny, self.nx

    def transform(self, factor: int = 1) -> Affine:
        """Affine transform of the grid, or of cells divided by `factor` on each side."""
        size = CELL_M / factor
        return Affine(size, 0.0, self.west, 0.0, -size, self.north)

    def centres(self) -> tuple[Array, Array]:
        """Longitude and latitude of the cells' centres, each [ny, nx]."""
        x = self.west + CELL_M * (np.arange(self.nx) + 0.5)
        y = self.north - CELL_M * (np.arange(self.ny) + 0.5)
        lon, lat = _TO_DEGREES.transform(*np.meshgrid(x, y))
        return np.asarray(lon), np.asarray(lat)

    def degrees(self) -> tuple[float, float, float, float]:
        """West, south, east, north (degrees) of a box that holds the grid."""
        lon, lat = self.centres()
        return float(lon.min()) - 0.1, float(lat.min()) - 0.1, float(lon.max()) + 0.1, float(lat.max()) + 0.1

    def cell(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Row and column of a place; may lie outside the grid."""
        x, y = to_metres(longitude, latitude)
        return int((self.north - y) // CELL_M), int((x - self.west) // CELL_M)

    def distance_km(self, latitude: float, longitude: float) -> Array:
        """Distance of each cell's centre from a place, km, [ny, nx]."""
        x0, y0 = to_metres(longitude, latitude)
        x = self.west + CELL_M * (np.arange(self.nx) + 0.5) - x0
        y = self.north - CELL_M * (np.arange(self.ny) + 0.5) - y0
        return np.asarray(np.hypot(x[None, :], y[:, None]) / 1000.0)

    def cover(self, shapes: list[Any], factor: int = 5) -> Array:
        """Share of each cell covered by `shapes` (in metres), from factor x factor points a cell, [ny, nx]."""
        if not shapes:
            return np.zeros(self.shape)
        fine = rasterize(shapes, (self.ny * factor, self.nx * factor), transform=self.transform(factor), dtype="uint8")
        return np.asarray(fine.reshape(self.ny, factor, self.nx, factor).mean(axis=(1, 3)))

    def sample(self, values: Array, west: float, north: float, step: float, order: int = 1) -> Array:
        """Sample a north-up array in degrees, whose outer corner is (west, north), at the cells' centres."""
        lon, lat = self.centres()
        where = np.stack([(north - lat) / step - 0.5, (lon - west) / step - 0.5])
        return np.asarray(map_coordinates(values.astype(float), where, order=order, mode="nearest"))

    def crop(self, array: Array) -> Array:
        """Cut the margin off the last two axes."""
        return array[..., MARGIN:-MARGIN, MARGIN:-MARGIN]


def padded_grid(wider: int = 0) -> Grid:
    """The grid over the window, `wider` cells wider on each side (fewer than 0: narrower), with its margin."""
    west, south, east, north = WINDOW
    t = np.linspace(0.0, 1.0, 101)
    lon = np.concatenate([west + (east - west) * t, west + (east - west) * t, 0 * t + west, 0 * t + east])
    lat = np.concatenate([0 * t + south, 0 * t + north, south + (north - south) * t, south + (north - south) * t])
    x, y = _TO_GRID.transform(lon, lat)
    left, right = np.floor(x.min() / CELL_M), np.ceil(x.max() / CELL_M)
    bottom, top = np.floor(y.min() / CELL_M), np.ceil(y.max() / CELL_M)
    return Grid(
        west=float(left - MARGIN - wider) * CELL_M,
        north=float(top + MARGIN + wider) * CELL_M,
        ny=int(top - bottom) + 2 * (MARGIN + wider),
        nx=int(right - left) + 2 * (MARGIN + wider),
    )


def cropped_grid(grid: Grid) -> Grid:
    """The grid without its margin: the one that is written."""
    edge = MARGIN * CELL_M
    return Grid(grid.west + edge, grid.north - edge, grid.ny - 2 * MARGIN, grid.nx - 2 * MARGIN)


def to_metres(longitude: Any, latitude: Any) -> tuple[Any, Any]:
    """Degrees to the grid's metres."""
    return _TO_GRID.transform(longitude, latitude)
