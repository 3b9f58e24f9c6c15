"""Dense tables of counts, one scenario each: the form all of analysis works on.

A tallies table drops rows in which every item is zero, so an extinct replicate simply ends. A `Panel`
puts the zeros back: every item is an integer array [replicate, year].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orientalis.core.errors import InputError

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]

STAGES = ("cub", "juvenile", "subadult", "adult")
SEXES = ("female", "male")
CLASSES = tuple(f"{stage}_{sex}" for stage in STAGES for sex in SEXES)
OVER_ONE_YEAR = CLASSES[2:]
ADULTS = ("adult_female", "adult_male")
KEYS = ("replicate", "year", "zone")


@dataclass(frozen=True)
class Panel:
    """Counts of one scenario: `items[name]` and `zones[zone][name]` are [replicate, year], year 0 the start census."""

    scenario: str
    replicates: IntArray
    years: int
    items: Mapping[str, IntArray] = field(repr=False)
    zones: Mapping[str, Mapping[str, IntArray]] = field(default_factory=dict, repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """(number of replicates, years + 1)."""
        return len(self.replicates), self.years + 1

    def item(self, name: str, zone: str | None = None) -> IntArray:
        """One item, everywhere or in a named zone; zeros where it was never recorded."""
        if zone is None:
            return self.items.get(name, np.zeros(self.shape, np.int64))
        if zone not in self.zones:
            raise InputError("unknown zone", key="zone", value=zone, expected=", ".join(sorted(self.zones)) or "none")
        return self.zones[zone].get(name, np.zeros(self.shape, np.int64))

    def number(self, classes: Iterable[str] = CLASSES, zone: str | None = None) -> IntArray:
        """Animals of the classes at each December census."""
        total = np.zeros(self.shape, np.int64)
        for name in classes:
            total += self.item(f"number.{name}", zone)
        return total

    def adults(self, zone: str | None = None) -> IntArray:
        """Adults of both sexes."""
        return self.number(ADULTS, zone)

    def over_one_year(self, zone: str | None = None) -> IntArray:
        """Animals of 12 months or more, the class that counts in the field refer to."""
        return self.number(OVER_ONE_YEAR, zone)

    def of_sex(self, sex: str) -> IntArray:
        """All animals of one sex, cubs included."""
        return self.number(name for name in CLASSES if name.endswith(f"_{sex}"))

    def has(self, zone: str) -> bool:
        """True where the run kept this zone apart."""
        return zone in self.zones

    def join(self, other: Panel) -> Panel:
        """The same replicates with the items of both."""
        if not np.array_equal(self.replicates, other.replicates) or self.years != other.years:
            raise InputError(
                "panels of different runs cannot be joined",
                key="scenario",
                value=other.scenario,
                expected=self.scenario,
            )
        names = sorted({*self.zones, *other.zones})
        zones = {name: {**self.zones.get(name, {}), **other.zones.get(name, {})} for name in names}
        return Panel(self.scenario, self.replicates, self.years, {**self.items, **other.items}, zones)


def panel_from_tallies(
    tallies: pd.DataFrame,
    *,
    scenario: str = "",
    years: int | None = None,
    replicates: Sequence[int] | IntArray | None = None,
    zone_members: Mapping[str, Sequence[int] | IntArray] | None = None,
) -> Panel:
    """Make a Panel of a tallies table (columns replicate, year, zone, then items).

    `zone_members` maps a zone's name to the atomic zones it is made of; without `replicates` and `years` they are
    read off the table, which is right unless a replicate started with nobody.
    """
    for key in ("replicate", "year"):
        if key not in tallies.columns:
            raise InputError("tallies lack a column", key=key, expected="columns replicate, year, zone and items")
    seen = np.unique(tallies["replicate"].to_numpy(np.int64))
    ids = seen if replicates is None else np.unique(np.asarray(replicates, np.int64))
    if not np.isin(seen, ids).all():
        raise InputError("tallies hold replicates that were not asked for", key="replicates", value=int(seen.max()))
    last = int(years if years is not None else (tallies["year"].max() if len(tallies) else 0))
    kept = tallies[tallies["year"] <= last]
    row = np.searchsorted(ids, kept["replicate"].to_numpy(np.int64))
    place = row * (last + 1) + kept["year"].to_numpy(np.int64)
    names = [str(name) for name in kept.columns if name not in KEYS]
    everything = _spread(kept, names, place, (len(ids), last + 1))
    zones: dict[str, dict[str, IntArray]] = {}
    for name, members in (zone_members or {}).items():
        inside = np.isin(kept["zone"].to_numpy(np.int64), np.asarray(members, np.int64))
        zones[name] = _spread(kept[inside], names, place[inside], (len(ids), last + 1))
    return Panel(scenario, ids, last, everything, zones)


def _spread(rows: pd.DataFrame, names: Sequence[str], place: IntArray, shape: tuple[int, int]) -> dict[str, IntArray]:
    """Add up each item's rows into [replicate, year]; counts stay exact (below 2**53)."""
    size = shape[0] * shape[1]
    result = {}
    for name in names:
        sums = np.bincount(place, weights=rows[name].to_numpy(np.float64), minlength=size)
        result[name] = sums.astype(np.int64).reshape(shape)
    return result
