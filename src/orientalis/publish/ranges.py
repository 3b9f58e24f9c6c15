"""Where residents live: rasters of occupancy, and the area that is used in most futures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orientalis.analysis.intervals import proportion
from orientalis.core.errors import InputError
from orientalis.evidence.records import Finding, LayerClass, Raster
from orientalis.publish.facts import Facts, interval_of

MAP = "female_range"
THRESHOLD = 0.5
Grid = NDArray[np.int64]


def occupied_areas(
    facts: Facts, maps: Mapping[str, NDArray[Any]], map_years: tuple[int, ...], replicates: int, cell_km: float
) -> Iterator[Finding]:
    """Area of the cells with a resident female in at least half of the futures, for each map year.

    Interval: the cells whose Wilson interval lies wholly above one half, and those whose interval reaches it. Each of
    these is of a cell, so the interval of the area has no level.
    """
    for year, counts in occupancy(maps, map_years, replicates):
        estimates = [proportion(k, replicates) for k in range(replicates + 1)]
        ends = np.array([(found.low, found.value, found.high) for found in estimates], np.float64)[counts]
        cells = [int((ends[..., 0] > THRESHOLD).sum()), *(int((ends[..., i] >= THRESHOLD).sum()) for i in (1, 2))]
        low, value, high = (cell_km * cell_km * number for number in cells)
        when = facts.calendar(year)
        yield facts.finding(
            "occupied_area",
            value,
            interval_of(low, high, "simulation_error", level=None),
            unit="km2",
            n=replicates,
            method="wilson_cells",
            tail=str(when),
            year=when,
            threshold=THRESHOLD,
        )


def occupancy(
    maps: Mapping[str, NDArray[Any]], map_years: tuple[int, ...], replicates: int
) -> Iterator[tuple[int, Grid]]:
    """Year of the run and [y, x] replicates with a resident female in the cell, for each map year.

    InputError where a cell counts more replicates than there are.
    """
    sums = maps.get(MAP)
    if sums is None or not replicates:
        return
    for year, counts in zip(map_years, sums, strict=True):
        grid = np.asarray(counts, np.int64)
        if grid.size and grid.max() > replicates:
            raise InputError(
                "a cell of the map has residents in more replicates than were run",
                key=f"{MAP}, year {year}",
                value=int(grid.max()),
                expected=f"{replicates} at most: the run folder again from the start",
            )
        yield year, grid


def occupancy_rasters(
    facts: Facts, maps: Mapping[str, NDArray[Any]], map_years: tuple[int, ...], replicates: int
) -> Iterator[Raster]:
    """A raster a map year; value / scale is the share of futures."""
    for year, counts in occupancy(maps, map_years, replicates):
        when = facts.calendar(year)
        yield Raster(
            id=f"occupancy.{facts.scenario}.{when}",
            key="occupancy",
            parameters={"scenario": facts.scenario, "year": when},
            layer_class="modelled",
            unit="share",
            scale=replicates,
            cells=runs_of(counts),
            run_hash=facts.run_hash,
            n=replicates,
        )


def mask_raster(name: str, mask: NDArray[Any], layer_class: LayerClass) -> Raster:
    """A layer of cells that are in or out."""
    cells = runs_of(np.asarray(mask, np.int64))
    return Raster(id=name, key=name, parameters={}, layer_class=layer_class, unit="1", scale=1, cells=cells)


def runs_of(grid: Grid) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """Runs of cells above zero, row by row: (row, first column, values)."""
    found = []
    for row, values in enumerate(grid):
        above = np.concatenate(([False], values > 0, [False]))
        edges = np.flatnonzero(above[1:] != above[:-1])
        for first, end in zip(edges[::2], edges[1::2], strict=True):
            found.append((row, int(first), tuple(int(value) for value in values[first:end])))
    return tuple(found)
