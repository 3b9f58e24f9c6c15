"""Density in fixed polygons and carrying capacity: outcomes of the runs, not settings."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orientalis.analysis.extinction import is_extinct
from orientalis.analysis.intervals import mean
from orientalis.analysis.panel import Panel

POLYGONS = {"survey_3600": 3600.0, "survey_5710": 5710.0}
TODAYS_RANGE = "range_today"
LAST_YEARS = 20
STEADY = 0.002


def density(
    panel: Panel, years: tuple[int, ...] | None = None, polygons: Mapping[str, float] = POLYGONS
) -> pd.DataFrame:
    """Adults per 100 km2 in the polygons that surveys used; the area is the published one.

    Columns scenario, polygon, area_km2, year, mean, low, high (middle 90 % of runs), mean_low, mean_high (interval of
    the mean: simulation error only), replicates. Polygons that the run did not keep apart are left out.
    """
    chosen = (0, panel.years) if years is None else tuple(year for year in years if 0 <= year <= panel.years)
    rows = []
    for name, area in polygons.items():
        if not panel.has(name):
            continue
        adults = panel.adults(name) * 100.0 / area
        for year in dict.fromkeys(chosen):
            values = adults[:, year]
            found = mean(values)
            low, high = np.quantile(values, (0.05, 0.95)) if values.size else (np.nan, np.nan)
            rows.append((panel.scenario, name, area, year, found.value, low, high, found.low, found.high, found.n))
    names = ["scenario", "polygon", "area_km2", "year", "mean", "low", "high", "mean_low", "mean_high", "replicates"]
    return pd.DataFrame(rows, columns=names)


def carrying_capacity(panel: Panel, last_years: int = LAST_YEARS) -> pd.DataFrame:
    """Adults that the land holds, for today's range and for the whole window apart.

    The mean number of adults over the last `last_years` censuses of the runs that still have both sexes at the end.
    Columns scenario, area, value, value_low, value_high (interval of the mean), low, high (middle 90 % of runs),
    persisting, replicates, trend (relative change a year within those years), is_steady (|trend| at most 0.2 %).
    Where it is not steady the number is where the runs had got to, not where they stop.
    """
    persists = ~is_extinct(panel)[:, -1]
    span = min(last_years, panel.years + 1)
    areas: list[tuple[str, str | None]] = [("window", None)]
    areas += [(name, name) for name in (TODAYS_RANGE, "russia", "china") if panel.has(name)]
    rows = []
    for label, zone in areas:
        kept = panel.adults(zone)[persists][:, -span:].astype(np.float64)
        found = mean(kept.mean(axis=1) if kept.size else [])
        low, high = np.quantile(kept.mean(axis=1), (0.05, 0.95)) if kept.size else (np.nan, np.nan)
        trend = _trend(kept)
        rows.append(
            (
                panel.scenario,
                label,
                found.value,
                found.low,
                found.high,
                low,
                high,
                int(persists.sum()),
                len(panel.replicates),
                trend,
                bool(abs(trend) <= STEADY) if np.isfinite(trend) else None,
            )
        )
    names = [
        "scenario",
        "area",
        "value",
        "value_low",
        "value_high",
        "low",
        "high",
        "persisting",
        "replicates",
        "trend",
        "is_steady",
    ]
    return pd.DataFrame(rows, columns=names)


def _trend(numbers: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """Relative change a year of the mean over runs; NaN where undefined."""
    if numbers.size == 0 or numbers.shape[1] < 4:
        return float("nan")
    course = numbers.mean(axis=0)
    if course.mean() <= 0:
        return float("nan")
    return float(np.polyfit(np.arange(course.size), course, 1)[0] / course.mean())
