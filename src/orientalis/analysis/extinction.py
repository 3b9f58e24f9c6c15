"""Extinction and quasi-extinction by year, with intervals."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from orientalis.analysis.intervals import LEVEL, Estimate, proportion
from orientalis.analysis.panel import BoolArray, IntArray, Panel

ADULT_THRESHOLDS = (10, 20, 50)
BREEDING_FEMALES = 5

MEASURES = {
    "none_alive": "no animal left",
    "extinct": "no animal, or only one sex, left",
    "below_5_females": "fewer than 5 breeding females",
    "below_10": "fewer than 10 adults",
    "below_20": "fewer than 20 adults",
    "below_50": "fewer than 50 adults",
}


def is_none_alive(panel: Panel) -> BoolArray:
    """[replicate, year]: nobody alive, dependent cubs included."""
    return np.asarray(panel.number() == 0)


def is_extinct(panel: Panel) -> BoolArray:
    """[replicate, year]: no animal or only one sex, from this year to the end of the run.

    A year with one sex that is followed by a birth of the other does not count.
    """
    lonely = (panel.of_sex("female") == 0) | (panel.of_sex("male") == 0)
    return np.asarray(np.logical_and.accumulate(lonely[:, ::-1], axis=1)[:, ::-1])


def has_fallen_below(series: IntArray, threshold: int) -> BoolArray:
    """[replicate, year]: fewer than `threshold` in this year or an earlier one (first passage)."""
    return np.asarray(np.logical_or.accumulate(series < threshold, axis=1))


def states(panel: Panel) -> dict[str, BoolArray]:
    """Every measure of `MEASURES` as [replicate, year]."""
    adults, females = panel.adults(), panel.item("number.adult_female")
    return {
        "none_alive": is_none_alive(panel),
        "extinct": is_extinct(panel),
        "below_5_females": has_fallen_below(females, BREEDING_FEMALES),
        **{f"below_{n}": has_fallen_below(adults, n) for n in ADULT_THRESHOLDS},
    }


def by_year(panel: Panel, level: float = LEVEL) -> pd.DataFrame:
    """Share of replicates in each state by year, with Wilson's interval (simulation error only).

    Columns scenario, measure, year, runs, replicates, value, low, high, now. `value` counts runs that ever crossed
    the line by that year; `now` those beyond it in that very year.
    """
    adults, females = panel.adults(), panel.item("number.adult_female")
    present: Mapping[str, BoolArray] = {
        "below_5_females": females < BREEDING_FEMALES,
        **{f"below_{n}": adults < n for n in ADULT_THRESHOLDS},
    }
    n = len(panel.replicates)
    rows = []
    for measure, state in states(panel).items():
        now = present.get(measure, state)
        for year in range(panel.years + 1):
            estimate = proportion(int(state[:, year].sum()), n, level)
            rows.append(
                (
                    panel.scenario,
                    measure,
                    year,
                    int(state[:, year].sum()),
                    n,
                    estimate.value,
                    estimate.low,
                    estimate.high,
                    float(now[:, year].mean()) if n else None,
                )
            )
    names = ["scenario", "measure", "year", "runs", "replicates", "value", "low", "high", "now"]
    return pd.DataFrame(rows, columns=names)


def at_year(table: pd.DataFrame, measure: str, year: int | None = None) -> pd.Series:
    """The row of one measure in one year (default: the last)."""
    rows = table[table["measure"] == measure]
    return rows[rows["year"] == (rows["year"].max() if year is None else year)].iloc[0]


def chance_of(panel: Panel, measure: str) -> Estimate:
    """Share of replicates in a state at the end."""
    final = states(panel)[measure][:, -1]
    return proportion(int(final.sum()), len(final))
