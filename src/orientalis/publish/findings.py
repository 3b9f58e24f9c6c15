"""All findings, series and rasters of a study, each made from one run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orientalis.analysis.scenarios import DRAWS, Scenario
from orientalis.evidence.records import Finding, Raster, Series
from orientalis.publish.chances import chances, chances_over_draws, extinction_series
from orientalis.publish.deaths import deaths
from orientalis.publish.facts import Facts
from orientalis.publish.numbers import capacities, densities, difference, fans, numbers
from orientalis.publish.ranges import occupancy_rasters, occupied_areas
from orientalis.publish.studies import StudyRun
from orientalis.publish.surroundings import surroundings, surroundings_series


def facts_of(study: StudyRun, scenario: str, day: date) -> Facts:
    """What the findings of one run share; `scenario` may be that of parameter draws, NAME.draws."""
    content = study.specifications[scenario]
    start = content.get("start_year")
    return Facts(
        scenario=scenario.removesuffix(DRAWS),
        run_hash=study.hashes[scenario],
        start_year=None if start is None else int(start),
        years=int(content["years"]),
        sources=study.sources,
        assumed=study.is_assumed,
        date=day,
    )


def default_findings(study: StudyRun, one: Scenario, day: date, cell_km: float | None) -> Iterator[Finding]:
    """The findings of one scenario at default values."""
    facts = facts_of(study, one.name, day)
    yield from chances(facts, one.panel)
    yield from numbers(facts, one.panel)
    yield from capacities(facts, one.panel)
    yield from densities(facts, one.panel)
    yield from deaths(facts, one.panel)
    yield from surroundings(facts, one.panel)
    if cell_km is not None:
        yield from occupied_areas(facts, one.maps, one.map_years, one.replicates, cell_km)


def draws_findings(study: StudyRun, scenario: str, day: date) -> Iterator[Finding]:
    """The findings of one scenario over its parameter draws; none where it has none."""
    if scenario in study.draws:
        name = scenario + DRAWS
        number = int(study.specifications[name]["draws"])
        yield from chances_over_draws(facts_of(study, name, day), study.draws[scenario], number)


def differences(base: tuple[StudyRun, Scenario], other: tuple[StudyRun, Scenario], day: date) -> Iterator[Finding]:
    """The differences of one scenario to the baseline, where both live in the same random worlds."""
    ours, theirs = (study.specifications[one.name] for study, one in (other, base))
    if ours["world"] is None and theirs["world"] is None and ours["seed"] == theirs["seed"]:
        yield from difference(facts_of(other[0], other[1].name, day), base[1].panel, other[1].panel)


def series_of(study: StudyRun, one: Scenario, day: date) -> Iterator[Series]:
    """The series of one scenario."""
    facts = facts_of(study, one.name, day)
    yield from fans(facts, one.panel)
    yield extinction_series(facts, one.panel)
    yield from surroundings_series(facts, one.panel)


def rasters_of(study: StudyRun, one: Scenario, day: date) -> Iterator[Raster]:
    """The rasters of one scenario."""
    yield from occupancy_rasters(facts_of(study, one.name, day), one.maps, one.map_years, one.replicates)
