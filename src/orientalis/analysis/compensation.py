"""Compensation: how much more is lost in all for each further animal that people kill.

Two paired scenarios, which differ in how many people kill, are read over the same replicates and years. Rates are of
animals of 12 months or more: losses (deaths of every cause and emigrants) and kills of a year, over those alive at the
census before. Compensation is the difference of the loss rates over the difference of the kill rates: 1, each animal
killed is lost on top of the others; 0, others live instead; above 1, more are lost than are killed. It is the b of
Burnham & Anderson (1984, Ecology 65: 105-112), S = S0 (1 - b K), for small rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
import pandas as pd
from scipy import stats

from orientalis.analysis.compare import align
from orientalis.analysis.intervals import LEVEL
from orientalis.analysis.panel import OVER_ONE_YEAR, BoolArray, FloatArray, IntArray, Panel
from orientalis.analysis.space import carrying_capacity
from orientalis.analysis.start import losses

KILLING = ("people", "trade", "chance", "snare", "retaliation", "accident")
"""Causes of death by which people kill, roads and rails among them."""

NEAR, LOW = 0.8, 0.5
STATES = {"near_capacity": "near capacity", "low_numbers": "at low numbers"}
LEAST_RUNS = 10
NO_CAPACITY = "no future of the baseline persists, so that it has no carrying capacity"
TOO_FEW = f"fewer than {LEAST_RUNS} futures come there"
NO_DIFFERENCE = "the scenarios do not differ enough in how many people kill"


@dataclass(frozen=True)
class Compensation:
    """The change in yearly losses per further animal killed; `why` says why it cannot be told, "" where it can.

    state: a key of STATES; runs, run_years: replicates and replicate-years read; capacity: adults; kills, losses: rates
    of a year in the baseline and in the scenario; low, high: Fieller's interval, simulation error only.
    """

    baseline: str
    scenario: str
    state: str
    capacity: float | None
    runs: int
    run_years: int
    kills: tuple[float, float] | None = None
    losses: tuple[float, float] | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


def compensation(baseline: Panel, other: Panel, level: float = LEVEL) -> tuple[Compensation, ...]:
    """Compensation near capacity and at low numbers.

    A replicate's year counts as near capacity where the baseline has at least 0.8 of its carrying capacity in adults at
    the census before (`space.carrying_capacity`, whole window), as one at low numbers where it has at most 0.5 of it;
    years before which either scenario has no animal of 12 months or more are left out.
    """
    rows_a, rows_b = align(baseline, other)
    years = min(baseline.years, other.years)
    table = carrying_capacity(baseline)
    held = float(pd.to_numeric(table.loc[table["area"] == "window", "value"]).iloc[0])
    capacity = held if isfinite(held) and held > 0 else None
    alive = [panel.over_one_year()[rows][:, :years] for panel, rows in ((baseline, rows_a), (other, rows_b))]
    adults = baseline.adults()[rows_a][:, :years]
    both = (alive[0] > 0) & (alive[1] > 0)
    found = []
    for state in STATES:
        if capacity is None:
            found.append(Compensation(baseline.scenario, other.scenario, state, None, 0, 0, why=NO_CAPACITY))
            continue
        inside = both & (adults >= NEAR * capacity if state == "near_capacity" else adults <= LOW * capacity)
        counts = [
            (_within(kills(panel)[rows], inside), _within(losses(panel, OVER_ONE_YEAR)[rows], inside),
             (number * inside).sum(axis=1).astype(np.float64))
            for panel, rows, number in ((baseline, rows_a, alive[0]), (other, rows_b, alive[1]))
        ]  # fmt: skip
        found.append(_told(baseline.scenario, other.scenario, state, capacity, inside, counts, level))
    return tuple(found)


def kills(panel: Panel) -> IntArray:
    """[replicate, year] animals of 12 months or more that people killed."""
    total = np.zeros(panel.shape, np.int64)
    for name in OVER_ONE_YEAR:
        for cause in KILLING:
            total = total + panel.item(f"deaths.{name}.{cause}")
    return total


def fieller(top: FloatArray, bottom: FloatArray, level: float = LEVEL) -> tuple[float, float, float] | None:
    """Ratio of the means of two columns over independent replicates, with Fieller's (1954) interval.

    None where the mean of `bottom` cannot be told from zero, so that the ratio has no bounds.
    """
    n = top.size
    if n < 2 or float(np.var(bottom)) == 0 and float(bottom.mean()) == 0:
        return None
    a, b = float(top.mean()), float(bottom.mean())
    (va, cab), (_, vb) = np.cov(top, bottom, ddof=1) / n
    t = float(stats.t.ppf((1 + level) / 2, n - 1))
    if b == 0 or t * t * vb >= b * b:
        return None
    g, r = t * t * vb / (b * b), a / b
    centre = (r - g * (cab / vb if vb > 0 else 0.0)) / (1 - g)
    inside = va - 2 * r * cab + r * r * vb - g * (va - (cab * cab / vb if vb > 0 else 0.0))
    reach = t / abs(b) / (1 - g) * sqrt(max(0.0, inside))
    return r, float(centre - reach), float(centre + reach)


def _within(counts: IntArray, inside: BoolArray) -> FloatArray:
    """[replicate] what was counted in the years after the censuses that are `inside`."""
    return np.asarray((counts[:, 1 : inside.shape[1] + 1] * inside).sum(axis=1), np.float64)


def _told(
    baseline: str,
    scenario: str,
    state: str,
    capacity: float,
    inside: BoolArray,
    counts: list[tuple[FloatArray, FloatArray, FloatArray]],
    level: float,
) -> Compensation:
    used = inside.any(axis=1)
    runs, run_years = int(used.sum()), int(inside.sum())
    if runs < LEAST_RUNS:
        return Compensation(baseline, scenario, state, capacity, runs, run_years, why=TOO_FEW)
    rates, spread = [], []  # the rates of each scenario, and each replicate's part in them (linearised)
    for killed, lost, alive in counts:
        both = np.stack([killed[used], lost[used]])
        rate = both.sum(axis=1) / alive[used].sum()
        rates.append(rate)
        spread.append(rate[:, None] + (both - rate[:, None] * alive[used]) / alive[used].mean())
    ends = fieller(spread[1][1] - spread[0][1], spread[1][0] - spread[0][0], level)
    pair = [(float(rates[0][i]), float(rates[1][i])) for i in range(2)]
    if ends is None:
        why = NO_DIFFERENCE
        return Compensation(baseline, scenario, state, capacity, runs, run_years, pair[0], pair[1], why=why)
    return Compensation(baseline, scenario, state, capacity, runs, run_years, pair[0], pair[1], *ends)
