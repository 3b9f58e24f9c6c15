"""All that the report is made of, read once from a run folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orientalis.analysis.scenarios import Scenario
from orientalis.geography.map_layers import MapLayers
from orientalis.report.sources import Assumption, Source


@dataclass(frozen=True)
class ThreatRow:
    """A threat of the catalogue, and whether the run had it on; `beside`: from a file of the study's own."""

    name: str
    title: str
    is_on: bool
    beside: bool = False


@dataclass(frozen=True)
class Answers:
    """The input of every plot and section. The first scenario is the baseline; `start_year` None means no calendar."""

    title: str
    scenarios: tuple[Scenario, ...]
    subject: str = "animals"
    species: str | None = None
    start_year: int | None = None
    map_layers: MapLayers | None = None
    assumptions: tuple[Assumption, ...] = ()
    sources: tuple[Source, ...] = ()
    threats: tuple[ThreatRow, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def baseline(self) -> Scenario:
        """The first scenario."""
        return self.scenarios[0]

    @property
    def others(self) -> tuple[Scenario, ...]:
        """The scenarios compared with the baseline."""
        return self.scenarios[1:]

    @property
    def has_threats(self) -> bool:
        """Whether any threat was on."""
        return any(one.is_on for one in self.threats)

    def calendar(self, year: int) -> int:
        """The calendar year of a year of the run, or the year of the run where there is no calendar."""
        return year + (self.start_year or 0)

    def footnote(self, scenarios: Sequence[Scenario] | None = None) -> str:
        """Replicates, parameter draws and run: the end of every caption."""
        parts = []
        for one in scenarios or self.scenarios:
            draws = f", {one.draw_number} parameter draws" if one.draws is not None else ""
            run = f", run {one.run_hash[:10]}" if one.run_hash else ""
            parts.append(f"{one.label}: {one.replicates} replicates{draws}{run}")
        return "; ".join(parts) + "."
