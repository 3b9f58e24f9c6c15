"""What is kept: yearly tallies, maps, histograms and events, handed back as the engine's records."""

from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.engine.codes import CLASSES, ITEMS, Species, Status
from orientalis.engine.record import EVENT_TYPE, OLDEST, Records
from orientalis.engine.world import Inputs
from reference.twin.world import World

MAPS = ("female_range", "male_range", "animals")
Grid = list[list[int]]


class Book:
    """Gathers the records of all replicates."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        land = inputs.land
        self.row_width = 1 << land.shift
        self.columns = land.columns - 2
        self.rows = len(land.kind) // self.row_width - 2
        self.tallies: dict[tuple[int, int, int], dict[int, int]] = {}
        self.maps: dict[tuple[str, int], Grid] = {}
        self.distances: dict[str, list[int]] = {}
        self.ages: dict[tuple[str, int], list[int]] = {}
        self.events: list[tuple[int, ...]] = []

    def keep_year(self, world: World, year: int) -> None:
        """Keep the tally of a year and start a new one; draw the maps where they are due."""
        for (zone, item), number in world.tally.items():
            self.tallies.setdefault((world.replicate, year, zone), {})[item] = number
        world.tally = {}
        if year in self.inputs.settings.map_years:
            for sex, name in enumerate(("ages.female", "ages.male")):
                years = [min(a.age * world.months // 12, OLDEST) for a in world.living() if a.sex == sex]
                now = [years.count(age) for age in range(OLDEST + 1)]
                before = self.ages.setdefault((name, year), [0] * (OLDEST + 1))
                self.ages[name, year] = [a + b for a, b in zip(before, now, strict=True)]
        if world.is_spatial and year in self.inputs.settings.map_years:
            held = [[int(number > 0) for number in claims] for claims in world.claims]
            self._add("female_range", year, held[0])
            self._add("male_range", year, held[1])
            places = [0] * len(world.kind)
            for animal in world.living():
                if animal.status != Status.DEPENDENT:
                    places[animal.cell] += 1
            self._add("animals", year, places)

    def _add(self, name: str, year: int, padded: list[int]) -> None:
        """Add a map to the sum over replicates, without the ring around it."""
        grid = self.maps.setdefault((name, year), [[0] * self.columns for _ in range(self.rows)])
        for y in range(self.rows):
            for x in range(self.columns):
                grid[y][x] += padded[(y + 1) * self.row_width + x + 1]

    def keep_end(self, world: World) -> None:
        """Keep what a replicate gathered over all its years."""
        for sex, name in enumerate(("dispersal.female", "dispersal.male")):
            before = self.distances.get(name, [0] * len(world.distances[sex]))
            self.distances[name] = [a + b for a, b in zip(before, world.distances[sex], strict=True)]
        self.events += [(world.replicate, *event) for event in world.events]

    def records(self) -> Records:
        """The records of the batch."""
        settings = self.inputs.settings
        maps: dict[str, npt.NDArray[np.int32]] = {}
        histograms: dict[str, npt.NDArray[np.int64]] = {}
        for name in ("ages.female", "ages.male"):
            counted = [self.ages[key] for key in sorted(self.ages) if key[0] == name]
            if counted:
                histograms[name] = np.array(counted, np.int64)
        if settings.is_spatial:
            years = [year for year in sorted(settings.map_years) if ("animals", year) in self.maps]
            maps = {name: np.array([self.maps[name, year] for year in years], np.int32) for name in MAPS if years}
            histograms |= {name: np.array(bins, np.int64) for name, bins in self.distances.items()}
        return Records(self._tallies(), maps, histograms, self._events() if settings.records_events else None)

    def _tallies(self) -> dict[str, npt.NDArray[Any]]:
        """Columns; items that were never counted are left out, but for the numbers of the census."""
        rows = sorted(self.tallies.items())
        columns: dict[str, npt.NDArray[Any]] = {
            "replicate": np.array([key[0] for key, _ in rows], np.int32),
            "year": np.array([key[1] for key, _ in rows], np.int16),
            "zone": np.array([key[2] for key, _ in rows], np.int16),
        }
        for item, name in enumerate(ITEMS):
            if item < len(CLASSES) or any(item in counts for _, counts in rows):
                columns[name] = np.array([counts.get(item, 0) for _, counts in rows], np.int32)
        return columns

    def _events(self) -> npt.NDArray[Any]:
        """One row an event, by replicate, tick, animal and kind; cells as on the map without its ring."""
        events = np.zeros(len(self.events), EVENT_TYPE)
        for row, (replicate, tick, uid, kind, sex, age, cell, cause) in enumerate(sorted(self.events)):
            if self.inputs.settings.is_spatial:
                cell = (cell // self.row_width - 1) * self.columns + cell % self.row_width - 1
            else:
                cell = -1
            events[row] = (replicate, tick, Species.FOCAL, kind, uid, sex, age, cell, cause)
        return events
