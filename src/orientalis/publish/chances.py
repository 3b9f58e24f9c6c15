"""Findings that are chances: extinction and quasi-extinction, at default values and over parameter draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from orientalis.analysis.draws import SPAN, Span, span_of_mean, span_of_share
from orientalis.analysis.extinction import ADULT_THRESHOLDS, BREEDING_FEMALES, by_year, chance_of, states
from orientalis.analysis.panel import Panel
from orientalis.evidence.records import Finding, Series
from orientalis.publish.facts import Facts, interval_of

KEYS = {
    "extinct": "extinct",
    "none_alive": "none_alive",
    f"below_{BREEDING_FEMALES}_females": f"below_females_{BREEDING_FEMALES}",
    **{f"below_{number}": f"below_adults_{number}" for number in ADULT_THRESHOLDS},
}
"""The measures of `orientalis.analysis.extinction` and the keys of their findings."""

THRESHOLDS = {
    f"below_{BREEDING_FEMALES}_females": BREEDING_FEMALES,
    **{f"below_{number}": number for number in ADULT_THRESHOLDS},
}
OVER_DRAWS = ("extinct", "below_20", "below_50")
SHOWN = tuple(measure for measure in KEYS if measure != "none_alive")
DRAWS_LEVEL = round(SPAN[1] - SPAN[0], 12)


def chances(facts: Facts, panel: Panel) -> Iterator[Finding]:
    """The share of futures beyond each line by the end, with Wilson's interval."""
    for measure, key in KEYS.items():
        yield facts.estimate(key, chance_of(panel, measure), unit="share", method="wilson", **_threshold(measure))


def chances_over_draws(facts: Facts, draws: Panel, number: int) -> Iterator[Finding]:
    """The same over parameter draws, and two means: what is not known about the parameters, net of chance."""
    at_end = states(draws)
    for measure in OVER_DRAWS:
        found = span_of_share(at_end[measure][:, -1], draws.replicates, number)
        yield _span(facts, f"{KEYS[measure]}_draws", found, "share", "beta_binomial", **_threshold(measure))
    for key, values in (("adults_mean", draws.adults()[:, -1]), ("minimum_abundance", draws.adults().min(axis=1))):
        found = span_of_mean(values, draws.replicates, number)
        yield _span(facts, f"{key}_draws", found, "adults", "random_effects")


def _threshold(measure: str) -> dict[str, Any]:
    """The line of a measure as a parameter of its finding; none for extinction."""
    return {"threshold": THRESHOLDS[measure]} if measure in THRESHOLDS else {}


def _span(facts: Facts, key: str, found: Span, unit: str, method: str, **more: Any) -> Finding:
    return facts.finding(
        key,
        found.centre,
        interval_of(found.low, found.high, "parameter_draws", DRAWS_LEVEL),
        unit=unit,
        n=found.draws,
        method=method,
        draws=found.draws,
        replicates=found.replicates,
        separated="yes" if found.is_separated else "no",
        **more,
    )


def extinction_series(facts: Facts, panel: Panel) -> Series:
    """Each chance by year with Wilson's interval: columns year, then key, key_low, key_high."""
    table = by_year(panel)
    columns: dict[str, list[float]] = {"year": [facts.calendar(year) for year in range(panel.years + 1)]}
    for measure in SHOWN:
        rows = table[table["measure"] == measure].sort_values("year")
        key = KEYS[measure]
        columns |= {key: list(rows["value"]), f"{key}_low": list(rows["low"]), f"{key}_high": list(rows["high"])}
    units = {name: "year" if name == "year" else "share" for name in columns}
    return facts.series("extinction", columns, units, n=len(panel.replicates), method="wilson")
