"""The forecast: how many, how likely, where, and what moves the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from orientalis.evidence import Bundle, Finding
from orientalis_site.charts.surroundings import DRAWN
from orientalis_site.pages import drawings
from orientalis_site.pages.page import Content, Options, Page, known

TABLE = (
    "extinct",
    "extinct_draws",
    "below_adults_20",
    "below_adults_20_draws",
    "below_adults_50",
    "below_adults_50_draws",
    "adults_median",
    "adults_five_percent",
    "adults_futures",
    "adults_mean_draws",
    "minimum_abundance",
    "minimum_abundance_draws",
    "growth",
    "adults_median_russia",
    "adults_median_china",
    "capacity_today",
    "capacity",
)

SURROUNDINGS = (
    "burnt_mean",
    "forest_median",
    "habitat_median",
    "prey_start",
    "prey_median",
    "tigers_start",
    "tigers_median",
    "snares_set_mean",
    "snares_found_mean",
    "patrol_km_mean",
    "gene_diversity_median",
    "inbreeding_median",
    "infected_mean",
)
"""Findings about the land, prey, tigers, people and genes; a bundle whose runs have no threats has none of them."""


def options(bundle: Bundle) -> Mapping[str, tuple[str, ...]]:
    """The scenarios, and the years that have a map, the last first."""
    years = {str(one.parameters["year"]) for one in bundle.rasters.values() if one.key == "occupancy"}
    return {"scenario": bundle.manifest.scenarios, "year": tuple(sorted(years, reverse=True))}


def content(bundle: Bundle, options: Options) -> Content:
    """All charts and the table of one scenario; the map of one year."""
    name, year = options["scenario"], options["year"]
    findings = tuple(one for one in bundle.findings.values() if one.parameters.get("scenario") == name)
    keys = ["fan", "extinction", "fan_russia", "fan_china", *DRAWN, "inbreeding", "deaths"]
    series = known(bundle.series, [f"{key}.{name}" for key in keys])
    run = next((run for run in bundle.runs.values() if run.scenario == name), None)
    map_years = [
        str(one.parameters["year"])
        for one in bundle.rasters.values()
        if one.key == "occupancy" and one.parameters.get("scenario") == name
    ]
    context = {
        "scenario": name,
        "scenarios": bundle.manifest.scenarios,
        "year": year,
        "map_years": sorted(map_years),
        "rows": _ordered(findings, TABLE),
        "around": _ordered(findings, SURROUNDINGS),
        "surroundings": drawings.surroundings(bundle, name),
        "causes": drawings.deaths(bundle, name),
        "run": run,
        "deaths": sorted(
            (one for one in findings if one.key == "deaths_share" and one.value), key=lambda one: -(one.value or 0)
        ),
        "fan": drawings.fan(bundle, name),
        "extinction": drawings.extinction(bundle, name),
        "map": drawings.occupancy(bundle, name, year),
        "russia": drawings.fan_russia(bundle, name),
        "is_below_counts": is_below_counts(bundle, name),
        "moves": drawings.moves(bundle),
    }
    return Content(context, findings=findings, series=series, counts=tuple(bundle.counts.values()))


def _ordered(findings: Iterable[Finding], keys: Sequence[str]) -> list[Finding]:
    """The findings of these keys, in their order."""
    order = {key: place for place, key in enumerate(keys)}
    return sorted((one for one in findings if one.key in order), key=lambda one: order[one.key])


def is_below_counts(bundle: Bundle, scenario: str) -> bool:
    """Whether the adults in Russia at the start are fewer than the last count of adults there."""
    series = bundle.series.get(f"fan_russia.{scenario}")
    counts = [one for one in bundle.counts.values() if one.zone == "russia" and one.group == "adults"]
    if series is None or not counts:
        return False
    last = max(counts, key=lambda one: one.year)
    least, start = last.low if last.low is not None else last.estimate, series.columns["median"][0]
    return least is not None and isinstance(start, float) and start < least


PAGE = Page(
    "forecast",
    _("The forecast"),
    _(
        "How many leopards there may be, how likely they are to vanish, where they would live, "
        "and what moves the answer."
    ),
    content,
    options,
)
