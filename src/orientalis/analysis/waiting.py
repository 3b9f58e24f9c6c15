"""Times to an event, with runs that end before it: Kaplan and Meier (1958)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from orientalis.analysis.extinction import is_extinct
from orientalis.analysis.intervals import LEVEL
from orientalis.analysis.numbers import MATURE_GOAL
from orientalis.analysis.panel import BoolArray, IntArray, Panel

NOT_REACHED = "not reached"


@dataclass(frozen=True)
class Waiting:
    """Time to an event: `table` (year, share still waiting, low, high) and the median, None where not reached."""

    events: int
    runs: int
    median: float | None
    median_low: float | None
    median_high: float | None
    table: pd.DataFrame

    def in_words(self) -> str:
        """The median, or that it was not reached."""
        return NOT_REACHED if self.median is None else f"{self.median:.0f} years"


def first_year(state: BoolArray) -> IntArray:
    """[replicate] first year in which the state holds; -1 where it never does."""
    return np.where(state.any(axis=1), state.argmax(axis=1), -1).astype(np.int64)


def waiting_time(first: IntArray, horizon: int, level: float = LEVEL) -> Waiting:
    """Kaplan-Meier curve of the years in `first`; -1 means censored at `horizon`. Interval: log-log (scipy `ecdf`)."""
    happened, censored = first[first >= 0], np.full(int((first < 0).sum()), horizon)
    if first.size == 0 or happened.size == 0:
        flat = pd.DataFrame({"year": [0, horizon], "waiting": 1.0, "low": [1.0, np.nan], "high": 1.0})
        return Waiting(0, int(first.size), None, None, None, flat)
    curve = stats.ecdf(stats.CensoredData(uncensored=happened, right=censored)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where nothing has happened or all have: NaN
        interval = curve.confidence_interval(confidence_level=level, method="log-log")
    table = pd.DataFrame(
        {
            "year": curve.quantiles,
            "waiting": curve.probabilities,
            "low": interval.low.probabilities,
            "high": interval.high.probabilities,
        }
    )
    if table["year"].iloc[0] > 0:
        table = pd.concat(
            [pd.DataFrame({"year": [0.0], "waiting": [1.0], "low": [1.0], "high": [1.0]}), table], ignore_index=True
        )
    median, low, high = (_first_at_half(table, name) for name in ("waiting", "low", "high"))
    return Waiting(int(happened.size), int(first.size), median, low, high, table)


def _first_at_half(table: pd.DataFrame, column: str) -> float | None:
    """First year at which the curve is at a half or less."""
    reached = table.loc[table[column] <= 0.5, "year"]
    return float(reached.iloc[0]) if len(reached) else None


def time_to_extinction(panel: Panel, level: float = LEVEL) -> Waiting:
    """Years until no animal, or only one sex, is left; runs that persist are censored at the last year."""
    return waiting_time(first_year(is_extinct(panel)), panel.years, level)


def time_to_mature(panel: Panel, goal: int = MATURE_GOAL, level: float = LEVEL) -> Waiting:
    """Years until `goal` adults live; runs that never reach it, extinct ones too, are censored at the last year."""
    return waiting_time(first_year(panel.adults() >= goal), panel.years, level)
