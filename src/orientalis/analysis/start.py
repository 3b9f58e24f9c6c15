"""Is the start a threat of its own? Losses in the first years against later ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from orientalis.analysis.intervals import ratio
from orientalis.analysis.panel import CLASSES, OVER_ONE_YEAR, IntArray, Panel

EARLY = (1, 2)
LATER = (5, 10)
TOLERANCE = 0.20


@dataclass(frozen=True)
class StartCheck:
    """Yearly losses per animal of 12 months or more, early and later; `change` = early / later - 1."""

    early: float | None
    later: float | None
    change: float | None
    is_fair: bool | None


def losses(panel: Panel, classes: tuple[str, ...] = CLASSES) -> IntArray:
    """[replicate, year] deaths and emigrants of the classes."""
    total = np.zeros(panel.shape, np.int64)
    for name, values in panel.items.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "deaths" and parts[1] in classes:
            total = total + values
    return total


def losses_by_year(panel: Panel, last: int = 15) -> pd.DataFrame:
    """Yearly losses per animal of 12 months or more alive at the census before, with the delta method's interval."""
    lost, alive = losses(panel, OVER_ONE_YEAR), panel.over_one_year()
    rows = []
    for year in range(1, min(last, panel.years) + 1):
        found = ratio(lost[:, year], alive[:, year - 1])
        rows.append((panel.scenario, year, found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=["scenario", "year", "value", "low", "high"])


def check_start(panel: Panel) -> StartCheck:
    """Compare years 1-2 with years 5-10; fair within 20 %. None where the run is too short or nobody lived."""
    lost, alive = losses(panel, OVER_ONE_YEAR), panel.over_one_year()

    def rate(span: tuple[int, int]) -> float | None:
        if panel.years < span[1]:
            return None
        return ratio(lost[:, span[0] : span[1] + 1].sum(axis=1), alive[:, span[0] - 1 : span[1]].sum(axis=1)).value

    early, later = rate(EARLY), rate(LATER)
    if early is None or later is None or later == 0:
        return StartCheck(early, later, None, None)
    change = early / later - 1
    return StartCheck(early, later, change, abs(change) <= TOLERANCE)
