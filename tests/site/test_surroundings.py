"""What surrounds the leopards: shown on the forecast page where a bundle holds it, left out where it does not."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation

from orientalis.evidence import Bundle, Finding, Interval, Series
from orientalis_site import charts
from orientalis_site.charts.deaths import PEOPLE
from orientalis_site.charts.surroundings import DRAWN
from orientalis_site.pages import forecast
from orientalis_site.pages.words import CAUSES, FINDINGS, UNITS
from tests.site.evidence import shipped
from tests.site.inside import page

LANGUAGES = ("en", "ru", "zh-hans")
YEARS = tuple(float(year) for year in range(2024, 2124))
COLUMNS = {
    "prey": ("prey", "prey_sika", "prey_roe", "prey_boar", "prey_red_deer", "prey_small"),
    "snares": ("snares_set", "snares_found"),
}
SHARES = ("burnt", "forest", "gene_diversity")
DEATHS = {
    "natural": 0.3, "snare": 0.2, "distemper": 0.15, "old_age": 0.1, "tiger": 0.06, "trade": 0.05, "starved": 0.04,
    "accident": 0.03, "contest": 0.03, "dispersal": 0.02, "inbreeding": 0.02,
}  # fmt: skip


def made(key: str) -> Series:
    """A series of a hundred years under threats as they are."""
    columns: dict[str, tuple[float | None, ...]] = {"year": YEARS}
    if key == "deaths":
        columns |= {name: tuple(share for _ in YEARS) for name, share in DEATHS.items()}
    for name in COLUMNS.get(key, (key,)) if key != "deaths" else ():
        middle = [0.2 + 0.001 * i if key in SHARES else 9000.0 + 7 * i + len(name) * 100 for i in range(len(YEARS))]
        columns |= {name: tuple(middle), f"{name}_low": tuple(0.8 * v for v in middle)}
        columns[f"{name}_high"] = tuple(1.2 * v for v in middle)
    unit = "share" if key in SHARES or key == "deaths" else "1"
    base = shipped().series["fan.status_quo"]
    return Series(id=f"{key}.status_quo", key=key, parameters={"scenario": "status_quo"}, columns=columns,
                  units={name: "year" if name == "year" else unit for name in columns}, n=500, method="quantiles",
                  run_hash=base.run_hash, assumed=True, date=base.date)  # fmt: skip


def around() -> Bundle:
    """The shipped bundle with all that threats add to a run's."""
    series = {one.id: one for one in map(made, (*DRAWN, "inbreeding", "deaths"))}
    base = shipped().findings["growth.status_quo"]
    findings = {
        f"{key}.status_quo": Finding.model_validate(
            {**base.model_dump(), "id": f"{key}.status_quo", "key": key, "unit": "tonnes", "value": 3.0,
             "interval": Interval(low=2.0, high=4.0, level=0.95, covers="simulation_error")}
        )
        for key in forecast.SURROUNDINGS
    }  # fmt: skip
    held = shipped()
    return replace(held, series={**held.series, **series}, findings={**held.findings, **findings})


def test_the_page_shows_what_a_bundle_holds() -> None:
    content = forecast.content(around(), {"scenario": "status_quo", "year": "2123"})
    assert [chart.name for chart in content.context["surroundings"]] == list(DRAWN)
    assert content.context["causes"].name == "deaths"
    assert [one.key for one in content.context["around"]] == list(forecast.SURROUNDINGS)
    assert {f"{key}.status_quo" for key in (*DRAWN, "inbreeding", "deaths")} <= {one.id for one in content.series}


def test_of_another_scenario_nothing_is_shown() -> None:
    content = forecast.content(around(), {"scenario": "petition_start", "year": "2123"})
    assert content.context["surroundings"] == [] and content.context["causes"] is None
    assert not content.context["around"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundle_without_threats_has_no_such_section(inside: Client, language: str) -> None:
    kept = {one.key for one in shipped().series.values()}
    text = page(inside, f"/{language}/forecast/")
    assert ('id="surroundings"' in text) is bool(kept & set(DRAWN))
    held = json.loads(page(inside, f"/{language}/forecast.json"))
    assert {one["key"] for one in held["series"]} <= kept


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [*DRAWN, "deaths"])
def test_drawings_are_whole_small_and_in_words(key: str, language: str) -> None:
    with translation.override(language):
        chart = charts.deaths(made(key), {}, 2023) if key == "deaths" else charts.surroundings(made(key), 2023)
        for markup in (chart.wide, chart.narrow):
            root = ElementTree.fromstring(markup)
            assert root.get("aria-label") == chart.alt and "nan" not in markup.lower()
            assert len(gzip.compress(markup.encode())) <= 9_000 and len(markup) <= 16_000
        assert chart.title and chart.subtitle and chart.caption and len(chart.table.rows) > 3
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows)


def test_the_title_says_what_people_kill() -> None:
    with translation.override("en"):
        chart = charts.deaths(made("deaths"), {}, 2023)
    killed = 100 * sum(DEATHS.get(cause, 0.0) for cause in PEOPLE)
    assert f"{killed:.0f}" in chart.title and killed > 0
    # Small causes are drawn as one on a phone, but the table has each.
    assert len(chart.table.columns) == len(DEATHS) + 1
    assert chart.narrow.count("stack") < chart.wide.count("stack") <= 8


@pytest.mark.parametrize("years", [(), (2023.0,), (2023.0, 2024.0)])
def test_degenerate_series_are_drawn(years: tuple[float, ...]) -> None:
    for key in (*DRAWN, "deaths"):
        nothing = made(key).model_copy(
            update={"columns": {name: years if name == "year" else (None,) * len(years) for name in made(key).columns}}
        )
        chart = charts.deaths(nothing, {}, 2023) if key == "deaths" else charts.surroundings(nothing, 2023)
        ElementTree.fromstring(chart.wide)
        assert chart.title


def test_all_is_worded() -> None:
    assert set(forecast.SURROUNDINGS) <= set(FINDINGS)
    assert {"tonnes", "adult_tigers", "inbreeding", "animals_per_year", "snares_per_year", "km_per_year"} <= set(UNITS)
    assert {*PEOPLE, *DEATHS, "predator", "disturbance"} <= set(CAUSES)
