"""What surrounds the animals, through time: fire and forest, prey, tigers, genes, sickness, poachers and rangers.

Each measure is made of items of the tallies. A run whose threats are off lacks those items, and its measures are None.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orientalis.analysis.panel import FloatArray, Panel

CELL_KM2 = 4.0
LOCI = 64
SPAN = (0.05, 0.95)
COVERS = ("land.field", "land.grass", "land.young_oak", "land.oak", "land.conifer")
FOREST = COVERS[2:]
PREY = ("sika", "roe", "boar", "red_deer", "small")
AREAS = ("russia", "china", "north_korea", "range_today", "kedrovaya_pad")
COLUMNS = ("scenario", "measure", "area", "year", "low", "median", "high", "mean", "runs")


@dataclass(frozen=True)
class Measure:
    """What is measured: the sum of the items `top`, times `factor`, over the sum of the items `bottom` where given.

    unit: share, km2, tonnes, adults, animals, 1, days, snares, km, people. is_flow: counted over a year, so that the
    start has none. per_animal: over the living. to_start: relative to the value of the same run at the start.
    """

    words: str
    unit: str
    top: tuple[str, ...]
    factor: float = 1.0
    bottom: tuple[str, ...] = ()
    is_flow: bool = False
    per_animal: bool = False
    to_start: bool = False


MEASURES: dict[str, Measure] = {
    "burnt": Measure("land that burns in a year", "share", ("land.burnt",), bottom=COVERS, is_flow=True),
    "forest": Measure("land under forest", "share", FOREST, bottom=COVERS),
    "habitat": Measure("potential habitat", "km2", ("land.habitat",), CELL_KM2),
    "logged": Measure("forest logged in a year", "km2", ("land.logged",), CELL_KM2, is_flow=True),
    "prey": Measure("prey, all kinds", "tonnes", tuple(f"prey.{kind}" for kind in PREY), 0.001),
    "prey_sika": Measure("sika deer", "tonnes", ("prey.sika",), 0.001),
    "prey_roe": Measure("roe deer", "tonnes", ("prey.roe",), 0.001),
    "prey_boar": Measure("wild boar", "tonnes", ("prey.boar",), 0.001),
    "prey_red_deer": Measure("red deer", "tonnes", ("prey.red_deer",), 0.001),
    "prey_small": Measure("small prey", "tonnes", ("prey.small",), 0.001),
    "eaten": Measure("prey eaten in a year", "tonnes", ("prey.eaten",), 0.001, is_flow=True),
    "tigers": Measure("adult tigers", "adults", ("tigers.adults",), 0.01),
    "gene_diversity": Measure("gene diversity kept", "share", ("genes.diversity",), to_start=True),
    "inbreeding": Measure("mean inbreeding of the living", "1", ("genes.inbred",), 1.0 / LOCI, per_animal=True),
    "infected": Measure("animals infected in a year", "animals", ("infected",), is_flow=True),
    "vaccinated": Measure("animals vaccinated in a year", "animals", ("vaccinated",), is_flow=True),
    "poaching_days": Measure("days of poaching in a year", "days", ("poaching.days",), is_flow=True),
    "snares_set": Measure("snares set in a year", "snares", ("snares.set",), is_flow=True),
    "snares_found": Measure("snares found in a year", "snares", ("snares.found",), is_flow=True),
    "patrol_km": Measure("patrols in a year", "km", ("patrol.km",), is_flow=True),
    "people_met": Measure("people met by patrols in a year", "people", ("people.met",), is_flow=True),
    "arrests": Measure("arrests in a year", "people", ("arrests",), is_flow=True),
    "found": Measure("killed animals found in a year", "animals", ("found",), is_flow=True),
}


def values(panel: Panel, measure: str, area: str | None = None) -> FloatArray | None:
    """[replicate, year] of a measure, everywhere or in a named zone; NaN where it is not defined.

    Not defined: a flow at the start, and what is over nobody (all animals dead) or over no land. None: the run has
    none of the items, or not this zone.
    """
    one = MEASURES[measure]
    held = panel.items if area is None else panel.zones.get(area, {})
    if not any(name in held for name in one.top):
        return None
    found = _sum(panel, one.top, area) * one.factor
    if one.bottom:
        found = _over(found, _sum(panel, one.bottom, area))
    if one.per_animal:
        found = _over(found, panel.number(zone=area).astype(np.float64))
    if one.to_start:
        alive = panel.number(zone=area) > 0
        found = _over(np.where(alive, found, np.nan), np.repeat(found[:, :1], found.shape[1], axis=1))
    if one.is_flow:
        found[:, 0] = np.nan
    return found


def is_present(panel: Panel, measure: str) -> bool:
    """Whether the run has a measure, defined in at least one run and year."""
    found = values(panel, measure)
    return found is not None and bool(np.isfinite(found).any())


def present(panel: Panel) -> tuple[str, ...]:
    """The measures that a run has, in the order of `MEASURES`."""
    return tuple(name for name in MEASURES if is_present(panel, name))


def through_time(panel: Panel, measure: str, area: str | None = None) -> pd.DataFrame:
    """A measure by year: median, mean and the middle 90 % of the runs in which it is defined, and how many those are.

    Columns as in COLUMNS; years in which it is defined in no run are left out; no rows where the run has it not.
    """
    found = values(panel, measure, area)
    if found is None:
        return pd.DataFrame(columns=list(COLUMNS))
    runs = np.isfinite(found).sum(axis=0)
    years = np.flatnonzero(runs)
    kept = found[:, years]
    low, median, high = np.nanquantile(kept, (SPAN[0], 0.5, SPAN[1]), axis=0) if years.size else np.empty((3, 0))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        mean = np.nanmean(kept, axis=0)
    return pd.DataFrame(
        {
            "scenario": panel.scenario,
            "measure": measure,
            "area": area or "everywhere",
            "year": years,
            "low": low,
            "median": median,
            "high": high,
            "mean": mean,
            "runs": runs[years],
        }
    )


def tables(panel: Panel, measures: Sequence[str], areas: Sequence[str | None] = (None,)) -> pd.DataFrame:
    """Several measures and areas under one another."""
    parts = [found for name in measures for area in areas if len(found := through_time(panel, name, area))]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))


def yearly_mean(panel: Panel, measure: str, area: str | None = None) -> FloatArray:
    """[replicate] mean over the years in which a measure is defined; replicates without any are left out."""
    found = values(panel, measure, area)
    if found is None:
        return np.empty(0)
    kept = found[np.isfinite(found).any(axis=1)]
    return np.asarray(np.nanmean(kept, axis=1)) if kept.size else np.empty(0)


def at_year(panel: Panel, measure: str, year: int, area: str | None = None) -> FloatArray:
    """[replicate] a measure in one year; replicates in which it is not defined are left out."""
    found = values(panel, measure, area)
    return np.empty(0) if found is None else np.asarray(found[np.isfinite(found[:, year]), year])


def _sum(panel: Panel, items: Sequence[str], area: str | None) -> FloatArray:
    total = np.zeros(panel.shape)
    for name in items:
        total += panel.item(name, area)
    return total


def _over(top: FloatArray, bottom: FloatArray) -> FloatArray:
    """top / bottom, NaN where the bottom is nothing."""
    return np.asarray(np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0))
