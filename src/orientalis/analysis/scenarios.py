"""A run folder's scenarios as analysis sees them: panels, draws, maps, and the study's own words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orientalis.analysis.draws import Span, span_of_share
from orientalis.analysis.extinction import states
from orientalis.analysis.panel import Panel
from orientalis.analysis.read import NUMBERS, RunsLike, read_panel

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


def span_of(one: Scenario, measure: str) -> Span | None:
    """The chance of a measure of `orientalis.analysis.extinction` by the end over a scenario's parameter draws.

    Centre and ends say what is not known about the parameters; None where no draws were run.
    """
    if one.draws is None:
        return None
    return span_of_share(states(one.draws)[measure][:, -1], one.draws.replicates, one.draw_number)


def study_titles(study: str) -> tuple[str, dict[str, str]]:
    """The title of a study's text and those of its scenarios; empty where it has none or cannot be read."""
    try:
        content = tomllib.loads(study)
    except tomllib.TOMLDecodeError:
        return "", {}
    rows = content.get("scenario", [])
    return str(content.get("title", "")), {str(row.get("name")): str(row.get("title", "")) for row in rows}


def change_in_words(change: Mapping[str, Any]) -> str:
    """One change of a scenario."""
    how = next(
        (
            f"{verb} {change[key]:g}"
            for key, verb in (("multiply", "times"), ("add", "plus"), ("set", "set to"))
            if change.get(key) is not None
        ),
        "",
    )
    years, zone = change.get("years"), change.get("zone", "everywhere")
    when = f" in years {years[0]}–{years[1]}" if years else ""
    where = f" in {str(zone).replace('_', ' ')}" if zone != "everywhere" else ""
    return f"{change.get('parameter', '')} {how}{when}{where}".strip()
