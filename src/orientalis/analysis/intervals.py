"""Intervals for what a finite number of replicates can say: simulation error only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

SIMULATION_ERROR_ONLY = "simulation error only"
LEVEL = 0.95


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; `words` says what the interval covers. None means undefined."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    level: float = LEVEL
    words: str = SIMULATION_ERROR_ONLY

    @property
    def half_width(self) -> float | None:
        """Half the interval's width."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


@lru_cache(maxsize=65536)
def proportion(k: int, n: int, level: float = LEVEL, method: Literal["wilson", "exact"] = "wilson") -> Estimate:
    """A share k of n with Wilson's (1927) score interval or Clopper and Pearson's exact one."""
    if n <= 0:
        return Estimate(None, None, None, 0, level)
    interval = stats.binomtest(int(k), int(n)).proportion_ci(confidence_level=level, method=method)
    return Estimate(k / n, float(interval.low), float(interval.high), int(n), level)


def mean(values: ArrayLike, level: float = LEVEL) -> Estimate:
    """A mean with Student's t interval."""
    data = np.asarray(values, np.float64)
    if data.size == 0:
        return Estimate(None, None, None, 0, level)
    centre = float(data.mean())
    if data.size == 1:
        return Estimate(centre, None, None, 1, level)
    error = float(data.std(ddof=1)) / float(np.sqrt(data.size))
    reach = float(stats.t.ppf((1 + level) / 2, data.size - 1)) * error
    return Estimate(centre, centre - reach, centre + reach, int(data.size), level)


def quantile(values: ArrayLike, p: float, level: float = LEVEL) -> Estimate:
    """A quantile with its distribution-free interval from order statistics (scipy `quantile_test`).

    An end that the sample is too small to bound is None.
    """
    data = np.asarray(values, np.float64)
    if data.size == 0:
        return Estimate(None, None, None, 0, level)
    interval = stats.quantile_test(data, q=0.0, p=p).confidence_interval(confidence_level=level)
    low, high = (float(end) if np.isfinite(end) else None for end in (interval.low, interval.high))
    return Estimate(float(np.quantile(data, p)), low, high, int(data.size), level)


def ratio(top: ArrayLike, bottom: ArrayLike, level: float = LEVEL) -> Estimate:
    """A ratio of sums over independent replicates, with the delta method's interval (Cochran 1977, section 6.3)."""
    over, under = np.asarray(top, np.float64), np.asarray(bottom, np.float64)
    total, n = float(under.sum()), over.size
    if n == 0 or total <= 0:
        return Estimate(None, None, None, n, level)
    value = float(over.sum()) / total
    if n == 1:
        return Estimate(value, None, None, 1, level)
    spread = float(np.sqrt(np.sum((over - value * under) ** 2) / (n - 1) * n)) / total
    reach = float(stats.t.ppf((1 + level) / 2, n - 1)) * spread
    return Estimate(value, value - reach, value + reach, n, level)
