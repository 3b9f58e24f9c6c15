"""All that the report is made of, read once from a run folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orientalis.analysis.panel import Panel
from orientalis.analysis.read import NUMBERS, RunsLike, read_panel
from orientalis.report.map_layers import MapLayers
from orientalis.report.sources import Assumption, Source

DRAWS = ".draws"


@dataclass(frozen=True)
class Scenario:
    """One scenario's results: the panel of the default run and, where there is one, that of its parameter draws."""

    name: str
    label: str
    panel: Panel
    title: str = ""
    run_hash: str = ""
    specification: Mapping[str, Any] = field(default_factory=dict, repr=False)
    draws: Panel | None = None
    draw_number: int = 0
    maps: Mapping[str, NDArray[np.int64]] = field(default_factory=dict, repr=False)
    map_years: tuple[int, ...] = ()
    histograms: Mapping[str, NDArray[np.int64]] = field(default_factory=dict, repr=False)

    @property
    def replicates(self) -> int:
        """Number of finished replicates."""
        return len(self.panel.replicates)


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
    provenance: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def baseline(self) -> Scenario:
        """The first scenario."""
        return self.scenarios[0]

    @property
    def others(self) -> tuple[Scenario, ...]:
        """The scenarios compared with the baseline."""
        return self.scenarios[1:]

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


def find_key(content: Any, key: str) -> Any:
    """The first value under `key` anywhere in nested mappings and lists; None where there is none."""
    if isinstance(content, Mapping):
        if key in content:
            return content[key]
        for value in content.values():
            found = find_key(value, key)
            if found is not None:
                return found
    if isinstance(content, list):
        for value in content:
            found = find_key(value, key)
            if found is not None:
                return found
    return None


def read_scenarios(runs: RunsLike, titles: Mapping[str, str] | None = None) -> tuple[Scenario, ...]:
    """All scenarios of a run folder, each with its parameter draws; `titles` are the study's own words for them."""
    found = []
    for name in runs.scenarios:
        if name.endswith(DRAWS):
            continue
        entry = runs.entry(name)
        draws_name = name + DRAWS
        number = _draw_number(runs.entry(draws_name).specification) if draws_name in runs.scenarios else 0
        found.append(
            Scenario(
                name=name,
                label=name.replace("_", " "),
                title=(titles or {}).get(name, ""),
                panel=read_panel(runs, name),
                run_hash=entry.run_hash,
                specification=entry.specification,
                draws=read_panel(runs, draws_name, NUMBERS) if number else None,
                draw_number=number,
                maps=dict(runs.maps(name)),
                histograms=dict(runs.histograms(name)),
                map_years=tuple(int(year) for year in find_key(entry.specification, "map_years") or ()),
            )
        )
    return tuple(found)


def _draw_number(specification: Mapping[str, Any]) -> int:
    """The number of parameter draws that a draws run says it has."""
    held = find_key(specification, "draws")
    if isinstance(held, Mapping):
        held = held.get("number")
    return int(held or 0)
