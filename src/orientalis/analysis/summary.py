"""The few figures of a scenario that `orientalis summarise` prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isfinite

import numpy as np

from orientalis.analysis.extinction import is_none_alive
from orientalis.analysis.intervals import proportion
from orientalis.analysis.numbers import growth_rate
from orientalis.analysis.panel import Panel


@dataclass(frozen=True)
class Probability:
    """A probability at a year with Wilson's 95 % interval."""

    year: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Summary:
    """One entry of `scenarios`: all living count, cubs included; extinct = none alive; extinct runs count 0."""

    name: str
    run_hash: str
    replicates: int
    extinction_probability: Probability
    mean_final_population: float | None
    median_final_population: float | None
    stochastic_growth_rate: float | None

    def as_dict(self) -> dict[str, object]:
        """Plain dictionaries, ready for JSON."""
        return asdict(self)


def summarise(panel: Panel, run_hash: str = "") -> Summary:
    """The contract's summary of one scenario; undefined values are None."""
    n = len(panel.replicates)
    final = panel.number()[:, -1]
    extinct = proportion(int(is_none_alive(panel)[:, -1].sum()), n)
    rate = growth_rate(panel.number()).value
    return Summary(
        panel.scenario,
        run_hash,
        n,
        Probability(panel.years, extinct.value, extinct.low, extinct.high),
        float(final.mean()) if n else None,
        float(np.median(final)) if n else None,
        rate if rate is not None and isfinite(rate) else None,
    )
