"""What threats add to a bundle: their quantities and sources, findings and series, and nothing without them."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from orientalis.analysis import panel_from_tallies
from orientalis.analysis.panel import Panel
from orientalis.analysis.scenarios import read_scenarios
from orientalis.analysis.surroundings import values, yearly_mean
from orientalis.catalogue import load_threat
from orientalis.core.errors import InputError
from orientalis.evidence import Bundle
from orientalis.publish import publish_bundle
from orientalis.publish.facts import Facts
from orientalis.publish.studies import read_study
from orientalis.publish.surroundings import SERIES, TOLD, surroundings, surroundings_series
from orientalis.store import read
from tests.publish.test_publish_bundle import DAY

SICK = """title = "Sick"
species = "benchmark_population"
landscape = "none"

[run]
replicates = 10
years = 6
tick = "year"
seed = 3
batch = 5

[threats]
distemper = true

[parameters]
"distemper.force" = 0.2

[start]
animals = 40
ages = "uniform"
youngest = 1
oldest = 8

[[scenario]]
name = "sick"
"""


@pytest.fixture(scope="module")
def sick_run(tmp_path_factory: pytest.TempPathFactory, command: Callable[..., int]) -> Path:
    folder = tmp_path_factory.mktemp("sick")
    (folder / "study.toml").write_text(SICK, encoding="utf-8")
    assert command("run", folder / "study.toml", "--out", folder / "run", "--workers", 1, "--quiet") == 0
    return folder / "run"


@pytest.fixture(scope="module")
def sick(sick_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return publish_bundle([sick_run], tmp_path_factory.mktemp("bundle") / "sick", DAY)


def test_quantities_and_sources_of_a_threat_travel(sick: Bundle, tiny: Bundle) -> None:
    for path, one in load_threat("distemper").quantities.items():
        assert sick.figures[path].value == one.value and sick.figures[path].is_parameter
    assert sick.figures["distemper.force"].used == 0.2
    assert "gilbert2016" in sick.sources and "gilbert2016" not in tiny.sources
    assert not [path for path in tiny.figures if path.startswith("distemper.")]


def test_findings_and_series_are_those_of_analysis(sick: Bundle, sick_run: Path) -> None:
    panel = read_scenarios(read(sick_run))[0].panel
    found = sick.findings["infected_mean.sick"]
    assert found.value == pytest.approx(float(yearly_mean(panel, "infected").mean())) and found.value > 0
    assert found.interval.low is not None and found.interval.low < found.value
    series, counted = sick.series["infected.sick"], values(panel, "infected")
    assert counted is not None
    assert list(series.columns["infected"]) == [float(pd.Series(counted[:, y]).median()) for y in range(1, 7)]
    assert "distemper" in sick.series["deaths.sick"].columns
    rows = list(csv.DictReader(io.StringIO(sick.read("downloads/surroundings.csv").decode())))
    assert {row["series"] for row in rows} == {"infected", "deaths"}


def test_without_threats_nothing_is_added(tiny: Bundle) -> None:
    assert not {one.key for one in tiny.series.values()} & {*SERIES, "deaths"}
    assert "downloads/surroundings.csv" not in tiny.files
    assert not [one for one in tiny.findings.values() if one.key.removesuffix("_mean").removesuffix("_median") in TOLD]


def test_a_run_with_and_one_without_make_one_bundle(sick_run: Path, tiny_run: Path, tmp_path: Path) -> None:
    both = publish_bundle([tiny_run, sick_run], tmp_path / "both", DAY)
    assert "distemper.force" in both.figures and "infected.sick" in both.series


def test_a_threat_that_changed_since_is_refused(sick_run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from orientalis.publish import studies

    monkeypatch.setattr(studies, "load_threat", lambda name: replace(load_threat(name), sha256="0" * 64))
    with pytest.raises(InputError, match="the threat distemper has changed"):
        read_study(sick_run)


def test_every_measure_is_told() -> None:
    rows = pd.DataFrame(
        [
            {"replicate": r, "year": y, "zone": 0, "number.adult_female": 5, "genes.diversity": 500_000 - 1000 * y * r,
             "genes.inbred": 30, "land.oak": 60, "land.grass": 40, "land.burnt": 20 + r, "land.habitat": 30,
             "prey.sika": 4000 + r, "prey.small": 500, "tigers.adults": 250, "infected": 1 + r, "patrol.km": 90,
             "snares.set": 8, "snares.found": 2}
            for r in range(8) for y in range(4)
        ]
    )  # fmt: skip
    panel: Panel = panel_from_tallies(rows, scenario="x")
    facts = Facts("x", "a" * 64, 2023, 3, (), True, DAY)
    found = {one.key: one for one in surroundings(facts, panel)}
    keys = {f"{name}_{'mean' if told.over_years else 'median'}" for name, told in TOLD.items()}
    assert set(found) == keys | {"prey_start", "tigers_start"}
    assert found["tigers_median"].value == 2.5 and found["prey_start"].parameters["year"] == 2023
    assert found["burnt_mean"].value == pytest.approx(0.235) and found["habitat_median"].value == 120
    series = {one.key: one for one in surroundings_series(facts, panel)}
    assert set(series) == set(SERIES)
    assert series["prey"].columns["year"] == (2023, 2024, 2025, 2026) and series["burnt"].columns["year"][0] == 2024
    assert set(series["prey"].units) == {
        "year", *(f"{name}{end}" for name in ("prey", "prey_sika", "prey_small") for end in ("", "_low", "_high")),
    }  # fmt: skip
