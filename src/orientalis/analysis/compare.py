"""Paired differences between scenarios: replicate i of both lives in the same random world."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from orientalis.analysis.extinction import MEASURES, states
from orientalis.analysis.intervals import LEVEL, mean, proportion
from orientalis.analysis.panel import BoolArray, IntArray, Panel


@dataclass(frozen=True)
class PairedShares:
    """Difference of two shares over the same replicates, other minus baseline.

    both, baseline_only, other_only, neither: numbers of replicates. low, high: Newcombe's interval for paired data.
    p_value: exact McNemar. correlation: phi, None where one side never varies. variance_ratio: how many times fewer
    replicates the pairing needs than unpaired runs would; None where undefined.
    """

    both: int
    baseline_only: int
    other_only: int
    neither: int
    value: float | None
    low: float | None
    high: float | None
    p_value: float | None
    correlation: float | None
    variance_ratio: float | None


def paired_interval(
    both: int, first_only: int, second_only: int, neither: int, level: float = LEVEL
) -> tuple[float, float]:
    """Interval of p(first) - p(second) from paired yes-or-no data.

    Method 10 of Newcombe (1998), Statistics in Medicine 17: 2635-2650: Wilson's limits for the two shares, combined
    with a phi coefficient that is corrected for continuity. No library on our list has it.
    """
    n = both + first_only + second_only + neither
    first, second = proportion(both + first_only, n, level), proportion(both + second_only, n, level)
    assert first.value is not None and first.low is not None and first.high is not None
    assert second.value is not None and second.low is not None and second.high is not None
    margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither)
    cross = both * neither - first_only * second_only
    corrected = max(cross - n / 2, 0.0) if cross > 0 else float(cross)
    phi = corrected / sqrt(margins) if margins else 0.0
    down1, up1 = first.value - first.low, first.high - first.value
    down2, up2 = second.value - second.low, second.high - second.value
    gap = (first_only - second_only) / n
    low = gap - sqrt(max(0.0, down1 * down1 - 2 * phi * down1 * up2 + up2 * up2))
    high = gap + sqrt(max(0.0, up1 * up1 - 2 * phi * up1 * down2 + down2 * down2))
    return low, high


def independent_interval(k1: int, n1: int, k2: int, n2: int, level: float = LEVEL) -> tuple[float, float]:
    """Interval of k1/n1 - k2/n2 from two separate samples: method 10 of Newcombe (1998), Stat. Med. 17: 873-890."""
    first, second = proportion(k1, n1, level), proportion(k2, n2, level)
    assert first.value is not None and first.low is not None and first.high is not None
    assert second.value is not None and second.low is not None and second.high is not None
    gap = first.value - second.value
    low = gap - sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    high = gap + sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return low, high


def compare_shares(baseline: BoolArray, other: BoolArray, level: float = LEVEL) -> PairedShares:
    """Compare a yes or no per replicate; both arrays [replicate], in the same order of replicates."""
    n = len(baseline)
    a, c = int((baseline & other).sum()), int((~baseline & other).sum())
    b = int((baseline & ~other).sum())
    d = n - a - b - c
    if n == 0:
        return PairedShares(0, 0, 0, 0, None, None, None, None, None, None)
    low, high = paired_interval(a, c, b, d, level)
    p_value = float(stats.binomtest(min(b, c), b + c, 0.5).pvalue) if b + c else 1.0
    left, right = baseline.astype(np.float64), other.astype(np.float64)
    return PairedShares(a, b, c, d, (c - b) / n, low, high, p_value, _correlation(left, right), _ratio(left, right))


def _correlation(left: NDArray[np.float64], right: NDArray[np.float64]) -> float | None:
    """Pearson's correlation; None where a side is constant or there are fewer than three pairs."""
    if left.size < 3 or left.std() == 0 or right.std() == 0:
        return None
    return float(stats.pearsonr(left, right).statistic)


def _ratio(left: NDArray[np.float64], right: NDArray[np.float64]) -> float | None:
    """Variance of the difference of unpaired runs over that of paired runs."""
    if left.size < 3:
        return None
    paired = float(np.var(right - left, ddof=1))
    return float((np.var(left, ddof=1) + np.var(right, ddof=1)) / paired) if paired > 0 else None


def align(baseline: Panel, other: Panel) -> tuple[IntArray, IntArray]:
    """Rows of the replicates that both scenarios have."""
    _, rows_a, rows_b = np.intersect1d(baseline.replicates, other.replicates, return_indices=True)
    return rows_a.astype(np.int64), rows_b.astype(np.int64)


def paired_shares(baseline: Panel, other: Panel, level: float = LEVEL) -> pd.DataFrame:
    """All measures of extinction at the last common year, other minus baseline."""
    rows_a, rows_b = align(baseline, other)
    year = min(baseline.years, other.years)
    left, right = states(baseline), states(other)
    rows = []
    for measure in MEASURES:
        first, second = left[measure][rows_a, year], right[measure][rows_b, year]
        found = compare_shares(first, second, level)
        rows.append(
            {
                "baseline": baseline.scenario,
                "scenario": other.scenario,
                "measure": measure,
                "year": year,
                "replicates": len(rows_a),
                "baseline_share": float(first.mean()) if len(first) else None,
                "share": float(second.mean()) if len(second) else None,
                **found.__dict__,
            }
        )
    return pd.DataFrame(rows)


def _final_adults(panel: Panel, year: int) -> IntArray:
    return panel.adults()[:, year]


def _minimum_adults(panel: Panel, year: int) -> IntArray:
    return np.asarray(panel.adults()[:, : year + 1].min(axis=1))


def _final_animals(panel: Panel, year: int) -> IntArray:
    return panel.number()[:, year]


OUTCOMES: dict[str, tuple[str, Callable[[Panel, int], IntArray]]] = {
    "final_adults": ("adults in the last year", _final_adults),
    "minimum_adults": ("smallest number of adults in the run", _minimum_adults),
    "final_animals": ("all animals in the last year", _final_animals),
}


def paired_means(
    baseline: Panel, other: Panel, outcomes: Sequence[str] = tuple(OUTCOMES), level: float = LEVEL
) -> pd.DataFrame:
    """Mean paired difference (other minus baseline), its t interval, correlation and variance ratio."""
    rows_a, rows_b = align(baseline, other)
    year = min(baseline.years, other.years)
    rows = []
    for name in outcomes:
        left = OUTCOMES[name][1](baseline, year)[rows_a].astype(np.float64)
        right = OUTCOMES[name][1](other, year)[rows_b].astype(np.float64)
        found = mean(right - left, level)
        rows.append(
            {
                "baseline": baseline.scenario,
                "scenario": other.scenario,
                "outcome": name,
                "year": year,
                "replicates": found.n,
                "baseline_mean": float(left.mean()) if left.size else None,
                "mean": float(right.mean()) if right.size else None,
                "value": found.value,
                "low": found.low,
                "high": found.high,
                "correlation": _correlation(left, right),
                "variance_ratio": _ratio(left, right),
            }
        )
    return pd.DataFrame(rows)
