"""From a run folder that was opened to a Panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orientalis.analysis.panel import CLASSES, Panel, panel_from_tallies

ZONES = ("russia", "china", "north_korea", "survey_3600", "survey_5710", "range_today")
NUMBERS = tuple(f"number.{name}" for name in CLASSES)
GROUP = 12
BY_ZONE = ("land.", "prey.", "tigers.")
"""Beginnings of the items, besides the numbers, that are kept apart by zone."""

RESERVES = ("kedrovaya_pad",)
"""Zones of which only those items are kept apart."""


class RunsLike(Protocol):
    """What the report needs of `orientalis.store.read(DIR)`."""

    @property
    def scenarios(self) -> Sequence[str]:
        """Names of the scenarios with results."""

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Versions, platform and the like."""

    def years(self, scenario: str) -> int:
        """Last year."""

    def replicates(self, scenario: str) -> NDArray[Any]:
        """Numbers of the finished replicates."""

    def items(self, scenario: str) -> Sequence[str]:
        """Items that were ever above zero."""

    def zone_members(self, scenario: str) -> Mapping[str, NDArray[Any]]:
        """Atomic zones of each named zone."""

    def tallies(self, scenario: str, items: Iterable[str] | None = None) -> pd.DataFrame:
        """Rows as recorded."""

    def maps(self, scenario: str) -> Mapping[str, NDArray[Any]]:
        """Maps [map year, y, x], summed over replicates."""

    def histograms(self, scenario: str) -> Mapping[str, NDArray[Any]]:
        """Histograms, summed over replicates."""

    def entry(self, scenario: str) -> Any:
        """An object with run_hash and specification."""


def read_panel(runs: RunsLike, scenario: str, items: Iterable[str] | None = None) -> Panel:
    """Read a scenario's items as a Panel, a dozen columns at a time so that memory stays small."""
    names = list(runs.items(scenario) if items is None else items)
    numbers = [name for name in names if name.startswith("number.")]
    others = [name for name in names if not name.startswith("number.")]
    members = {name: rows for name, rows in runs.zone_members(scenario).items() if name in ZONES}
    ids, years = np.asarray(runs.replicates(scenario), np.int64), runs.years(scenario)
    panel = panel_from_tallies(
        runs.tallies(scenario, numbers), scenario=scenario, years=years, replicates=ids, zone_members=members
    )
    around = [name for name in others if name.startswith(BY_ZONE)]
    others = [name for name in others if not name.startswith(BY_ZONE)]
    wide = {name: rows for name, rows in runs.zone_members(scenario).items() if name in (*ZONES, *RESERVES)}
    for names, zones in ((others, {}), (around, wide)):
        for first in range(0, len(names), GROUP):
            rows = runs.tallies(scenario, names[first : first + GROUP])
            part = panel_from_tallies(rows, scenario=scenario, years=years, replicates=ids, zone_members=zones)
            panel = panel.join(part)
    return panel
