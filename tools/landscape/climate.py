"""Monthly temperature and precipitation (ERA5) and snow from a degree-day model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import rasterio
from scipy.ndimage import gaussian_filter
from scipy.special import ndtr

from tools.landscape import assumptions as a
from tools.landscape.grid import CELL_M, Array, Grid

DAYS: Final = (31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class Climate:
    """Temperature (deg C) and precipitation (mm) by month [12, ny, nx]; greatest snow of the year (mm of water).

    Temperature is that of the coarse grid; the snow model alone moves it to the cell's elevation.
    """

    temperature: Array
    precipitation: Array
    snow: Array


def read_climate(path: Path, grid: Grid, elevation: Array) -> Climate:
    """Read the climatology 2000-2025. For snow, temperature is moved to the cell's elevation with a fixed lapse rate.

    The file's values are deg C and mm, although its attributes say K and m.
    """
    temperature = np.stack([grid.sample(band, -0.125, 90.125, 0.25) for band in _bands(path, "t2m")])
    precipitation = np.stack([grid.sample(band, -0.125, 90.125, 0.25) for band in _bands(path, "tp")])
    coarse = gaussian_filter(elevation, 12_500.0 / CELL_M)
    local = temperature - a.LAPSE_PER_KM * (elevation - coarse) / 1000.0
    return Climate(temperature, precipitation, greatest_snow(local, precipitation))


def greatest_snow(temperature: Array, precipitation: Array) -> Array:
    """Greatest monthly snow store, mm of water: snowfall less melt by degree-days, from July through two winters."""
    share = np.clip((a.SNOW_NONE_ABOVE - temperature) / (a.SNOW_NONE_ABOVE - a.SNOW_ALL_BELOW), 0.0, 1.0)
    store = np.zeros(temperature.shape[1:])
    greatest = np.zeros_like(store)
    for month in [(6 + i) % 12 for i in range(24)]:
        melt = degree_days(temperature[month], DAYS[month]) * a.MELT_PER_DEGREE_DAY
        store = np.clip(store + share[month] * precipitation[month] - melt, 0.0, None)
        greatest = np.maximum(greatest, store)
    return greatest


def degree_days(mean: Array, days: float) -> Array:
    """Expected degree-days above 0 deg C in a month of normal daily temperatures with spread `DAILY_SPREAD`."""
    z = mean / a.DAILY_SPREAD
    density = np.exp(-z * z / 2.0) / np.sqrt(2.0 * np.pi)
    return np.asarray(days * (mean * ndtr(z) + a.DAILY_SPREAD * density))


def _bands(path: Path, name: str) -> Array:
    with rasterio.open(f"netcdf:{path}:{name}") as source:
        return np.asarray(source.read())
