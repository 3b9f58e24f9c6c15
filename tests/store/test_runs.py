"""Reading back: sums by class and zone, cubes, maps, and a million rows in a moment."""

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fake_world import CLASSES, ZONES, FakeRecords, FakeSpec, records, simulate

from orientalis.core.errors import InputError
from orientalis.run.execute import execute_specs
from orientalis.store import Runs, Zones, read

SPECS = (
    FakeSpec(replicates=10),
    FakeSpec("petition_start", replicates=6, seed=2),
    FakeSpec("status_quo.draws", draws=8),
)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Return the runs of three scenarios."""
    folder = tmp_path_factory.mktemp("runs")
    execute_specs(SPECS, folder, workers=1, simulator=simulate)
    return read(folder)


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    """Return the tallies of the first scenario as they were made."""
    return pd.DataFrame(records(SPECS[0], 0, 10).tallies)


def test_names(runs: Runs) -> None:
    assert runs.scenarios == ("status_quo", "petition_start", "status_quo.draws")
    assert runs.default_scenarios == ("status_quo", "petition_start")
    assert runs.years("status_quo") == 6
    assert runs.replicates("petition_start").tolist() == list(range(6))
    assert {name: list(atoms) for name, atoms in runs.zone_members("status_quo").items()} == {
        "everywhere": [0, 1, 2],
        "russia": [0, 2],
        "china": [1, 2],
    }
    assert "takeovers" not in runs.items("status_quo")
    assert runs.resolved["scenarios"][0]["specification"]["seed"] == 1


def test_classes_are_the_engines() -> None:
    from orientalis.engine import codes
    from orientalis.store import cubes

    assert cubes.CLASSES == codes.CLASSES


def test_tallies(runs: Runs, truth: pd.DataFrame) -> None:
    table = runs.tallies("status_quo")
    kept = truth[(truth.drop(columns=["replicate", "year", "zone"]) != 0).any(axis=1)].reset_index(drop=True)
    pd.testing.assert_frame_equal(table, kept[table.columns], check_dtype=False)
    assert list(runs.tallies("status_quo", ["litters", "takeovers"]).columns) == [
        "replicate",
        "year",
        "zone",
        "litters",
        "takeovers",
    ]
    assert runs.tallies("status_quo", ["takeovers"])["takeovers"].sum() == 0


@pytest.mark.parametrize("item", ["number", "number.adult_female", "deaths", "litters", "takeovers"])
@pytest.mark.parametrize("by", ["replicate,year", "year,replicate", "year", "replicate", "zone", "replicate,year,zone"])
@pytest.mark.parametrize("zone", [None, "russia"])
def test_counts(runs: Runs, truth: pd.DataFrame, item: str, by: str, zone: str | None) -> None:
    rows = truth if zone is None else truth[truth.zone.isin([0, 2])]
    names = [name for name in truth.columns if name == item or name.startswith(item + ".")]
    sizes = {"replicate": 10, "year": 7, "zone": 3}
    dims = by.split(",")
    expected = np.zeros([sizes[dim] for dim in dims], np.int64)
    np.add.at(expected, tuple(rows[dim].to_numpy() for dim in dims), rows[names].sum(axis=1).to_numpy())
    assert np.array_equal(runs.counts("status_quo", item, by, zone), expected)


def test_dataset(runs: Runs) -> None:
    data = runs.dataset()
    assert data["number"].dims == ("scenario", "replicate", "year", "class")
    assert data["deaths"].dims == ("scenario", "replicate", "year", "class", "cause")
    assert data["births"].dims == ("scenario", "replicate", "year", "sex")
    assert data["litters"].dims == ("scenario", "replicate", "year")
    assert list(data["class"].values) == CLASSES
    assert list(data.replicate.values) == list(range(6)), "pairs: only replicates that both scenarios have"
    one = data["number"].sel(scenario="petition_start", **{"class": "adult_male"})
    assert np.array_equal(one, runs.counts("petition_start", "number.adult_male"))
    whole = runs.dataset(["status_quo"], items=["number"])
    assert set(whole.data_vars) == {"number"} and whole.sizes["replicate"] == 10
    assert np.array_equal(whole["number"].sum("class")[0], runs.counts("status_quo", "number"))


def test_by_zone(runs: Runs) -> None:
    data = runs.by_zone("status_quo", "china")
    assert data["number"].dims == ("replicate", "year", "class")
    assert np.array_equal(data["number"].sum("class"), runs.counts("status_quo", "number", zone="china"))


def test_maps_histograms_events(runs: Runs) -> None:
    made = records(SPECS[0], 0, 10)
    assert np.array_equal(runs.maps("status_quo")["animals"], made.maps["animals"])
    assert np.array_equal(runs.histograms("status_quo")["dispersal.female"], made.histograms["dispersal.female"])
    events = runs.events("status_quo")
    assert events["uid"].tolist() == [2**63 + k for k in range(10)]
    assert list(runs.events("status_quo", ["cause"]).columns) == ["cause"]


def test_wrong_names_are_bad_input(runs: Runs) -> None:
    with pytest.raises(InputError, match='Did you mean "petition_start"'):
        runs.counts("petition_strat", "number")
    with pytest.raises(InputError, match='Did you mean "russia"'):
        runs.by_zone("status_quo", "rusia")
    with pytest.raises(InputError, match="cannot count by this"):
        runs.counts("status_quo", "number", "sex")


def test_no_folder_and_no_results_are_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such run folder"):
        read(tmp_path / "nowhere")
    with pytest.raises(InputError, match="specification of the run is missing"):
        read(tmp_path)
    execute_specs([FakeSpec(replicates=4, batch=4, behaviour="raise")], tmp_path, workers=1, simulator=simulate)
    for file in tmp_path.glob("runs/*/*.json"):
        file.unlink()
    with pytest.raises(InputError, match="no replicate is finished"):
        read(tmp_path)


def big(spec: FakeSpec, first: int, count: int) -> tuple[FakeRecords, Zones]:
    """Return 100 years in 10 zones of each replicate."""
    replicate, year, zone = (axis.ravel() for axis in np.mgrid[first : first + count, 0:101, 0:10])
    chance = np.random.default_rng(first)
    tallies = {"replicate": replicate, "year": year, "zone": zone}
    for name in [f"number.{name}" for name in CLASSES] + [f"deaths.{name}.natural" for name in CLASSES]:
        tallies[name] = chance.poisson(1.0, replicate.size)
    return FakeRecords(tallies, {}, {}, None), ZONES


def test_a_million_rows_take_a_moment(tmp_path: Path) -> None:
    spec = FakeSpec(years=100, batch=100, replicates=1000)
    execute_specs([spec], tmp_path, workers=1, simulator=big)
    begin = time.perf_counter()
    numbers = read(tmp_path).counts("status_quo", "number")
    assert numbers.shape == (1000, 101)
    assert time.perf_counter() - begin < 5.0
    table = read(tmp_path).tallies("status_quo")
    assert len(table) > 1_000_000
    assert numbers.sum() == table.filter(like="number.").to_numpy().sum()
