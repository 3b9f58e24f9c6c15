"""What a batch leaves behind: yearly tallies, maps, histograms and events."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.engine.codes import ITEMS, NUMBER, Life, Sex, Species, Status
from orientalis.engine.scalars import MONTHS
from orientalis.engine.world import EVENT_COLUMNS, World

OLDEST = 20
"""Ages are counted in whole years; the last count holds all that are older."""
BIN_KM = 2.0
BINS = 101
"""Realised natal distances are counted in bins of 2 km; the last bin holds all that is farther."""

EVENT_TYPE = np.dtype(
    [
        ("replicate", np.int32),
        ("tick", np.int32),
        ("species", np.uint8),
        ("kind", np.uint8),
        ("uid", np.uint64),
        ("sex", np.uint8),
        ("age", np.int16),
        ("cell", np.int32),
        ("cause", np.uint8),
    ]
)


@dataclass(frozen=True)
class Records:
    """Results of a batch.

    tallies: columns replicate, year, zone and one for each item that is ever counted; a row of zeros is left out.
    maps [map year, y, x]: number of replicates' ranges or animals in a cell, summed over the batch. histograms: [bin]
    of realised natal distances, and ages.female, ages.male [map year, age in years]. events: one row each (ages in
    months, cells of the unpadded map), or None.
    """

    tallies: dict[str, npt.NDArray[Any]]
    maps: dict[str, npt.NDArray[np.int32]]
    histograms: dict[str, npt.NDArray[np.int64]]
    events: npt.NDArray[Any] | None


@dataclass
class Recorder:
    """Gathers records year by year."""

    index: list[npt.NDArray[np.int32]] = field(default_factory=list)
    counts: list[npt.NDArray[np.int32]] = field(default_factory=list)
    maps: dict[str, list[npt.NDArray[np.int32]]] = field(
        default_factory=lambda: {"female_range": [], "male_range": [], "animals": []}
    )

    ages: tuple[list[npt.NDArray[np.int64]], ...] = field(default_factory=lambda: ([], []))

    def keep_year(self, world: World, year: int) -> None:
        """Keep the tally of a year and start a new one."""
        is_used = np.asarray(world.tally.any(axis=2))
        replicate, zone = np.nonzero(is_used)
        rows = np.empty((len(replicate), 3), np.int32)
        rows[:, 0] = replicate + world.settings.first_replicate
        rows[:, 1] = year
        rows[:, 2] = zone
        self.index.append(rows)
        self.counts.append(world.tally[replicate, zone])
        world.tally[:] = 0
        if year in world.settings.map_years:
            self._keep_ages(world)
            if world.settings.is_spatial:
                self._keep_maps(world)

    def _keep_ages(self, world: World) -> None:
        living = world.animals.life == Life.LIVING
        years = np.minimum(world.animals.age * world.settings.months_a_tick // MONTHS, OLDEST)
        for sex in Sex:
            counts = np.bincount(years[living & (world.animals.sex == sex)], minlength=OLDEST + 1)
            self.ages[sex].append(counts.astype(np.int64))

    def _keep_maps(self, world: World) -> None:
        land = world.land
        shape = (-1, 1 << land.shift)
        for sex, name in enumerate(("female_range", "male_range")):
            held: npt.NDArray[np.int32] = np.sum(land.claims[:, sex] > 0, axis=0, dtype=np.int32)
            self.maps[name].append(held.reshape(shape)[1:-1, 1 : land.columns - 1])
        is_counted = (world.animals.life == Life.LIVING) & (world.ranges.status != Status.DEPENDENT)
        places = np.bincount(world.ranges.cell[is_counted], minlength=len(land.kind)).astype(np.int32)
        self.maps["animals"].append(places.reshape(shape)[1:-1, 1 : land.columns - 1])

    def finish(self, world: World) -> Records:
        """The records of the whole batch."""
        index = np.concatenate(self.index)
        counts = np.concatenate(self.counts)
        # One word a row, all different: a single quick sort instead of three stable ones.
        row = index[:, 0].astype(np.int64) * (world.settings.years + 1) + index[:, 1]
        order = np.argsort(row * world.settings.zones + index[:, 2])
        tallies: dict[str, npt.NDArray[Any]] = {
            "replicate": index[order, 0],
            "year": index[order, 1].astype(np.int16),
            "zone": index[order, 2].astype(np.int16),
        }
        used = np.asarray(counts.any(axis=0))
        for item, name in enumerate(ITEMS):
            if used[item] or item < NUMBER + 8:
                tallies[name] = np.ascontiguousarray(counts[order, item])
        maps: dict[str, npt.NDArray[np.int32]] = {}
        histograms = {f"ages.{sex.name.lower()}": np.stack(self.ages[sex]) for sex in Sex if self.ages[sex]}
        if world.settings.is_spatial:
            maps = {name: np.stack(years) for name, years in self.maps.items() if years}
            histograms |= {f"dispersal.{sex}": world.distances[i].copy() for i, sex in enumerate(("female", "male"))}
        return Records(tallies, maps, histograms, _events(world))


def _events(world: World) -> npt.NDArray[Any] | None:
    """All events, sorted by replicate, tick, uid and kind, so that slots and batches leave no trace."""
    if not world.settings.records_events:
        return None
    world.turn_page()
    table = np.concatenate([page for page, _ in world.event_pages] or [np.zeros((0, len(EVENT_COLUMNS)), np.int64)])
    uid = np.concatenate([page for _, page in world.event_pages] or [np.zeros(0, np.uint64)])
    column = dict(zip(EVENT_COLUMNS, table.T, strict=True))
    order = _event_order(column["replicate"] - world.settings.first_replicate, column["tick"], uid, column["kind"])
    events = np.zeros(len(uid), EVENT_TYPE)
    for name in ("replicate", "tick", "kind", "sex", "cause"):
        events[name] = column[name][order]
    events["species"] = Species.FOCAL
    events["uid"] = uid[order]
    events["age"] = (column["age"] * world.settings.months_a_tick)[order]
    events["cell"] = -1
    if world.settings.is_spatial:
        padded = column["cell"][order]
        row, column_ = padded >> world.land.shift, padded & ((1 << world.land.shift) - 1)
        events["cell"] = (row - 1) * (world.land.columns - 2) + column_ - 1
    return events


def _event_order(
    replicate: npt.NDArray[np.int64],
    tick: npt.NDArray[np.int64],
    uid: npt.NDArray[np.uint64],
    kind: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """Order by replicate, tick, uid, kind: by one packed word where it tells all events apart."""
    fits = len(uid) == 0 or (replicate.max() < 1 << 15 and tick.max() < 1 << 15)
    if fits:
        places = (replicate << np.int64(49)) | (tick << np.int64(34))
        packed = places.astype(np.uint64) | ((uid >> np.uint64(32)) << np.uint64(2)) | kind.astype(np.uint64)
        order = np.argsort(packed)
        if np.all(packed[order[1:]] > packed[order[:-1]]):
            return order
    return np.lexsort((kind, uid, tick, replicate))
