"""Findings that are numbers of animals: how many at the start and the end, how many the land holds, and growth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from orientalis.analysis.compare import paired_means
from orientalis.analysis.intervals import mean, quantile
from orientalis.analysis.numbers import BAND_QUANTILES, bands, growth_rate, minimum_abundance, single_futures
from orientalis.analysis.panel import IntArray, Panel
from orientalis.analysis.space import LAST_YEARS, POLYGONS, TODAYS_RANGE, carrying_capacity, density
from orientalis.evidence.records import Finding, Series
from orientalis.publish.facts import Facts, interval_of

COUNTRIES = ("russia", "china")
FUTURES = 8
FIRST_YEARS = 10
MONTHS = 12
LOW, MEDIAN = 0.05, 0.5


def numbers(facts: Facts, panel: Panel) -> Iterator[Finding]:
    """Adults and animals of 12 months or more at the end, the start, the smallest number, and growth."""
    yield from _at_the_end(facts, "adults", "adults", panel.adults())
    yield from _at_the_end(facts, "over_one_year", "animals", panel.over_one_year(), age_months=MONTHS)
    yield _quantile(facts, "adults_five_percent", panel.adults()[:, -1], LOW, "adults")
    for area in COUNTRIES:
        if panel.has(area):
            yield _quantile(facts, f"adults_median_{area}", panel.adults(area)[:, -1], MEDIAN, "adults", area=area)
    at_start = mean(panel.over_one_year()[:, 0])
    start = facts.calendar(0)
    yield facts.estimate("start_animals", at_start, unit="animals", method="t", year=start, age_months=MONTHS)
    yield facts.estimate("minimum_abundance", minimum_abundance(panel.adults()), unit="adults", method="t")
    for key, last in (("growth", panel.years), ("growth_first", min(FIRST_YEARS, panel.years))):
        found = growth_rate(panel.number(), 0, last)
        ends: dict[str, Any] = {"first": start, "last": facts.calendar(last), "year": facts.calendar(last)}
        yield facts.estimate(key, found, unit="per_year", method="delta", **ends)


def _at_the_end(facts: Facts, key: str, unit: str, series: IntArray, **more: Any) -> Iterator[Finding]:
    """The median with its simulation error, and the median with the middle 95 % of the futures."""
    final = series[:, -1]
    median = _quantile(facts, f"{key}_median", final, MEDIAN, unit, **more)
    yield median
    low, high = np.quantile(final, (BAND_QUANTILES["low95"], BAND_QUANTILES["high95"]))
    spread = interval_of(low, high, "futures")
    yield facts.finding(f"{key}_futures", median.value, spread, unit=unit, n=median.n, method="quantiles", **more)


def _quantile(facts: Facts, key: str, final: IntArray, p: float, unit: str, **more: Any) -> Finding:
    """A quantile of the futures by the end, which is said among the parameters too."""
    return facts.estimate(key, quantile(final, p), unit=unit, method="order_statistics", quantile=p, **more)


def capacities(facts: Facts, panel: Panel) -> Iterator[Finding]:
    """Adults that the land holds: the whole window, and today's range where the run kept it apart."""
    table = carrying_capacity(panel).set_index("area")
    for key, area in (("capacity", "window"), ("capacity_today", TODAYS_RANGE)):
        if area in table.index:
            row = table.loc[area].to_dict()
            steady = {True: "yes", False: "no"}.get(row["is_steady"], "unknown")
            more: dict[str, Any] = {
                "area": area,
                "steady": steady,
                "years": LAST_YEARS,
                "replicates": int(row["replicates"]),
            }
            interval = interval_of(row["value_low"], row["value_high"], "simulation_error")
            n = int(row["persisting"])
            yield facts.finding(key, row["value"], interval, unit="adults", n=n, method="t", **more)


def densities(facts: Facts, panel: Panel) -> Iterator[Finding]:
    """Adults per 100 km2 in the polygons that surveys used, at the start and at the end."""
    for _, row in density(panel).iterrows():
        year = facts.calendar(int(row["year"]))
        yield facts.finding(
            f"density_{row['polygon']}",
            row["mean"],
            interval_of(row["mean_low"], row["mean_high"], "simulation_error"),
            unit="adults_per_100km2",
            n=int(row["replicates"]),
            method="t",
            tail=str(year),
            year=year,
            area=str(row["polygon"]),
            area_km2=POLYGONS[str(row["polygon"])],
        )


def difference(facts: Facts, baseline: Panel, other: Panel) -> Iterator[Finding]:
    """Adults at the end, other minus baseline, over the replicates that both have."""
    row = paired_means(baseline, other, ("final_adults",)).iloc[0].to_dict()
    if int(row["replicates"]) < 2:
        return
    interval = interval_of(row["low"], row["high"], "simulation_error")
    n, year = int(row["replicates"]), facts.calendar(int(row["year"]))
    more: dict[str, Any] = {"baseline": baseline.scenario, "year": year}
    yield facts.finding("adults_difference", row["value"], interval, unit="adults", n=n, method="paired_t", **more)


def fans(facts: Facts, panel: Panel) -> Iterator[Series]:
    """The middle 80 and 95 % of futures by year, median, mean and some single futures; adults of each country too."""
    more: dict[str, Any] = {"area": "everywhere", "animals": "over_one_year", "age_months": MONTHS}
    yield _fan(facts, "fan", panel.over_one_year(), "animals", **more)
    for area in COUNTRIES:
        if panel.has(area):
            yield _fan(facts, f"fan_{area}", panel.adults(area), "adults", area=area, animals="adults")


def _fan(facts: Facts, key: str, series: IntArray, unit: str, **more: Any) -> Series:
    table = bands(series)
    columns: dict[str, Any] = {"year": [facts.calendar(year) for year in table["year"]]}
    columns |= {name: list(table[name]) for name in (*BAND_QUANTILES, "mean")}
    for future, rows in single_futures(series, FUTURES).groupby("future"):
        columns[f"future_{int(str(future)) + 1}"] = list(rows["number"])
    units = {name: "year" if name == "year" else unit for name in columns}
    return facts.series(key, columns, units, n=series.shape[0], method="quantiles", **more)
