"""How many: bands by year, numbers by country, expected minimum abundance, growth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from orientalis.analysis.intervals import LEVEL, Estimate, mean, quantile, ratio
from orientalis.analysis.panel import FloatArray, IntArray, Panel

BAND_QUANTILES = {"low95": 0.025, "low80": 0.1, "median": 0.5, "high80": 0.9, "high95": 0.975}
COUNTRIES = ("russia", "china", "north_korea")
MATURE_GOAL = 250


def bands(series: IntArray, scenario: str = "", area: str = "everywhere") -> pd.DataFrame:
    """Quantiles over replicates by year: the middle 80 and 95 % of the futures, the median and the mean."""
    years = np.arange(series.shape[1])
    data: dict[str, object] = {"scenario": scenario, "area": area, "year": years}
    if series.shape[0] == 0:
        empty = np.full(series.shape[1], np.nan)
        return pd.DataFrame({**data, **dict.fromkeys((*BAND_QUANTILES, "mean"), empty)})
    for name, p in BAND_QUANTILES.items():
        data[name] = np.quantile(series, p, axis=0)
    return pd.DataFrame({**data, "mean": series.mean(axis=0)})


def single_futures(series: IntArray, count: int = 12, scenario: str = "", area: str = "everywhere") -> pd.DataFrame:
    """Some whole futures, the first `count` replicates (no choosing): columns scenario, area, future, year, number."""
    kept = series[:count]
    future, year = np.indices(kept.shape)
    return pd.DataFrame(
        {"scenario": scenario, "area": area, "future": future.ravel(), "year": year.ravel(), "number": kept.ravel()}
    )


def by_country(panel: Panel, years: Sequence[int] | None = None, level: float = LEVEL) -> pd.DataFrame:
    """Median and 5 % numbers of adults and of animals of 12 months or more, for each country the run kept apart."""
    chosen = [panel.years] if years is None else [year for year in years if 0 <= year <= panel.years]
    areas: list[str | None] = [None, *(name for name in COUNTRIES if panel.has(name))]
    rows = []
    for area in areas:
        for kind, series in (("adults", panel.adults(area)), ("over_one_year", panel.over_one_year(area))):
            for year in chosen:
                for name, p in (("median", 0.5), ("five_percent", 0.05)):
                    found = quantile(series[:, year], p, level)
                    rows.append(
                        (
                            panel.scenario,
                            area or "everywhere",
                            kind,
                            year,
                            name,
                            found.value,
                            found.low,
                            found.high,
                            found.n,
                        )
                    )
    names = ["scenario", "area", "animals", "year", "statistic", "value", "low", "high", "replicates"]
    return pd.DataFrame(rows, columns=names)


def minimum_abundance(series: IntArray, level: float = LEVEL) -> Estimate:
    """Expected minimum abundance: the mean over runs of the smallest number in the run (McCarthy & Thompson 2001)."""
    return mean(series.min(axis=1) if series.size else [], level)


def log_growth(series: IntArray, first: int = 0, last: int | None = None) -> FloatArray:
    """[replicate] mean of ln(N[t+1] / N[t]) over the years in which both are above zero; NaN where there are none."""
    window = series[:, first : (None if last is None else last + 1)].astype(np.float64)
    before, after = window[:, :-1], window[:, 1:]
    alive = (before > 0) & (after > 0)
    steps = np.log(np.where(alive, after, 1.0) / np.where(alive, before, 1.0))
    years = alive.sum(axis=1)
    return np.asarray(np.where(years > 0, steps.sum(axis=1) / np.maximum(years, 1), np.nan))


def growth_rate(series: IntArray, first: int = 0, last: int | None = None, level: float = LEVEL) -> Estimate:
    """Stochastic growth rate r: the mean yearly ln(N[t+1] / N[t]) while the population lives, over all its years.

    Every living year counts once, as in Vortex's stoch-r, so long-lived runs weigh more; the interval treats
    replicates as the independent units.
    """
    window = series[:, first : (None if last is None else last + 1)].astype(np.float64)
    before, after = window[:, :-1], window[:, 1:]
    alive = (before > 0) & (after > 0)
    steps = np.log(np.where(alive, after, 1.0) / np.where(alive, before, 1.0))
    return ratio(steps.sum(axis=1), alive.sum(axis=1), level)


def growth_table(panel: Panel, periods: Sequence[tuple[int, int]] = ((0, 10), (10, 50), (50, 100))) -> pd.DataFrame:
    """Growth of all animals in each period that lies within the run, and over the whole of it."""
    inside = [(a, min(b, panel.years)) for a, b in periods if a < panel.years]
    spans = [*inside, (0, panel.years)] if len(inside) > 1 or inside != [(0, panel.years)] else inside
    rows = []
    for first, last in spans:
        found = growth_rate(panel.number(), first, last)
        rows.append((panel.scenario, first, last, found.value, found.low, found.high, found.n))
    return pd.DataFrame(rows, columns=["scenario", "first", "last", "value", "low", "high", "replicates"])
