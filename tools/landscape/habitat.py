"""Habitat suitability, potential habitat, prey and the open edge."""

import numpy as np
from scipy.ndimage import binary_dilation, label

from tools.landscape import assumptions as a
from tools.landscape.grid import CELL_M, MARGIN, Array

EIGHT = np.ones((3, 3), dtype=int)
CELL_KM2 = (CELL_M / 1000.0) ** 2


def suitability(land: Array, forest: Array, rugged: Array, elevation: Array, people: Array, snow: Array) -> Array:
    """Suitability 0..1 [ny, nx]: logistic in the layers with the coefficients `assumptions.HABITAT`; 0 on water."""
    b = a.HABITAT
    score = (
        b["intercept"]
        + b["forest"] * forest
        + b["ruggedness"] * rugged
        + b["elevation"] * np.clip(elevation - a.ELEVATION_FREE_M, 0.0, None) / 1000.0
        + b["people"] * people
        + b["snow"] * np.clip(snow - a.SNOW_FREE_MM, 0.0, None) / 100.0
    )
    return np.where(land, 1.0 / (1.0 + np.exp(-score)), 0.0)


def patches(habitat: Array, smallest_km2: float = 0.0) -> tuple[Array, list[float]]:
    """Number the patches (eight neighbours) of `smallest_km2` or more; return numbers [ny, nx] and areas in km2."""
    numbers, _ = label(habitat, structure=EIGHT)
    areas = np.bincount(numbers.ravel())[1:] * CELL_KM2
    kept = np.flatnonzero(areas >= smallest_km2)
    kept = kept[np.argsort(-areas[kept], kind="stable")]
    renumber = np.zeros(len(areas) + 1, dtype=int)
    renumber[kept + 1] = np.arange(1, len(kept) + 1)
    return renumber[numbers], [float(areas[i]) for i in kept]


def prey_biomass(land: Array, forest: Array, snow: Array, people: Array, reserve: Array, china: Array) -> Array:
    """Standing prey, kg per km2 [ny, nx]: published densities x assumed masses, by cover, snow, people and country."""
    outside = sum(density * mass for density, _, mass in a.PREY.values())
    inside = sum(density * mass for _, density, mass in a.PREY.values())
    cover = a.PREY_OPEN_SHARE + (1.0 - a.PREY_OPEN_SHARE) * forest
    winter = 1.0 / (1.0 + (snow / a.PREY_SNOW_HALF_MM) ** 2)
    winter /= 1.0 / (1.0 + (a.SNOW_FREE_MM / a.PREY_SNOW_HALF_MM) ** 2)
    near = (1.0 - a.PREY_PEOPLE_LOSS * people) * np.where(china, a.PREY_CHINA, 1.0)
    return np.where(land, np.where(reserve, inside, outside) * cover * np.minimum(winter, 1.0) * near, 0.0)


def open_edge(potential: Array, land: Array) -> Array:
    """Cells on the rim of the written grid beyond which, within 5 cells, potential habitat goes on; [ny, nx] padded."""
    inside = np.zeros(land.shape, dtype=bool)
    inside[MARGIN:-MARGIN, MARGIN:-MARGIN] = True
    rim = inside & binary_dilation(~inside)
    return np.asarray(rim & land & binary_dilation(potential & ~inside, structure=EIGHT, iterations=5))
