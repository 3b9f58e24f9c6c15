"""Findings and series about what surrounds the animals: fire, forest, prey, tigers, genes, sickness, patrols, deaths.

A bundle holds those for which its runs have items; a run without threats gives none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from orientalis.analysis.causes import shares_by_year
from orientalis.analysis.intervals import mean, quantile
from orientalis.analysis.panel import Panel
from orientalis.analysis.surroundings import MEASURES, at_year, through_time, yearly_mean
from orientalis.evidence.records import Finding, Series
from orientalis.publish.facts import Facts

MEDIAN = 0.5


class Told(NamedTuple):
    """A measure that is told: whether its finding is a mean over the years, and the unit's name in a bundle."""

    over_years: bool
    unit: str


TOLD: dict[str, Told] = {
    "burnt": Told(True, "share"),
    "forest": Told(False, "share"),
    "habitat": Told(False, "km2"),
    "prey": Told(False, "tonnes"),
    "tigers": Told(False, "adult_tigers"),
    "gene_diversity": Told(False, "share"),
    "inbreeding": Told(False, "inbreeding"),
    "infected": Told(True, "animals_per_year"),
    "patrol_km": Told(True, "km_per_year"),
    "snares_set": Told(True, "snares_per_year"),
    "snares_found": Told(True, "snares_per_year"),
}
"""By measure; the median at the end of what is told as it stands, the mean over the years of the others."""

CHANGED = ("prey", "tigers")
"""What stands beside its value at the start too."""

SERIES: dict[str, tuple[str, ...]] = {
    "burnt": ("burnt",),
    "forest": ("forest",),
    "prey": ("prey", "prey_sika", "prey_roe", "prey_boar", "prey_red_deer", "prey_small"),
    "tigers": ("tigers",),
    "gene_diversity": ("gene_diversity",),
    "inbreeding": ("inbreeding",),
    "infected": ("infected",),
    "snares": ("snares_set", "snares_found"),
    "patrol_km": ("patrol_km",),
}
"""The measures of each series: columns year, then key, key_low, key_high for each."""


def surroundings(facts: Facts, panel: Panel) -> Iterator[Finding]:
    """What surrounds the animals at the end or a year; of prey and tigers what they are at the start too."""
    for measure, told in TOLD.items():
        if told.over_years:
            found = mean(yearly_mean(panel, measure))
            if found.n:
                span: dict[str, Any] = {"first": facts.calendar(1), "last": facts.end}
                yield facts.estimate(f"{measure}_mean", found, unit=told.unit, method="t", **span)
            continue
        if measure in CHANGED:
            yield from _median(facts, panel, f"{measure}_start", measure, 0, told.unit)
        yield from _median(facts, panel, f"{measure}_median", measure, panel.years, told.unit)


def surroundings_series(facts: Facts, panel: Panel) -> Iterator[Series]:
    """Medians by year with the middle 90 % of the futures; yearly shares of the causes of death, without intervals."""
    for key, measures in SERIES.items():
        found = {name: rows for name in measures if len(rows := through_time(panel, name))}
        if found:
            years = sorted(set().union(*(set(rows["year"]) for rows in found.values())))
            columns: dict[str, list[Any]] = {"year": [facts.calendar(year) for year in years]}
            units = {"year": "year"}
            for name, rows in found.items():
                held = rows.set_index("year").reindex(years)
                for ending, column in (("", "median"), ("_low", "low"), ("_high", "high")):
                    columns[name + ending] = [None if v != v else v for v in held[column]]
                    units[name + ending] = MEASURES[name].unit
            yield facts.series(key, columns, units, n=len(panel.replicates), method="quantiles", level=90)
    if _is_threatened(panel):
        yield from _deaths(facts, panel)


def _median(facts: Facts, panel: Panel, key: str, measure: str, year: int, unit: str) -> Iterator[Finding]:
    """The median of the futures in a year."""
    held = at_year(panel, measure, year)
    if held.size:
        found = quantile(held, MEDIAN)
        more: dict[str, Any] = {"quantile": MEDIAN, "year": facts.calendar(year)}
        yield facts.estimate(key, found, unit=unit, method="order_statistics", **more)


def _is_threatened(panel: Panel) -> bool:
    """Whether the run has anything that a threat counts or causes."""
    causes = {name.rpartition(".")[2] for name in panel.items if name.startswith("deaths.")}
    return bool(causes & THREAT_CAUSES) or any(len(through_time(panel, name)) for name in TOLD)


THREAT_CAUSES = {
    "distemper", "starved", "inbreeding", "trade", "chance", "snare", "retaliation", "accident", "tiger", "predator",
    "disturbance",
}  # fmt: skip


def _deaths(facts: Facts, panel: Panel) -> Iterator[Series]:
    """The share of each cause in the deaths of a year, animals of 12 months or more."""
    table = shares_by_year(panel)
    if table.empty:
        return
    years = sorted(set(table["year"]))
    columns: dict[str, list[Any]] = {"year": [facts.calendar(year) for year in years]}
    for cause, rows in table.groupby("cause", sort=False):
        held = rows.set_index("year").reindex(years)["value"]
        columns[str(cause)] = [None if v is None or v != v else v for v in held]
    units = {name: "year" if name == "year" else "share" for name in columns}
    yield facts.series("deaths", columns, units, n=len(panel.replicates), method="share", age_months=12)
