"""Every number of a bundle is the one that analysis and `summarise` give for the same run."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from orientalis.analysis.causes import death_shares
from orientalis.analysis.compare import paired_means
from orientalis.analysis.draws import span_of_mean, span_of_share
from orientalis.analysis.extinction import by_year, chance_of, states
from orientalis.analysis.intervals import Estimate, mean, proportion, quantile
from orientalis.analysis.numbers import bands, growth_rate, minimum_abundance, single_futures
from orientalis.analysis.panel import Panel
from orientalis.analysis.scenarios import Scenario, read_scenarios
from orientalis.analysis.space import carrying_capacity, density
from orientalis.core.errors import InputError
from orientalis.evidence import Bundle, Finding
from orientalis.publish.chances import KEYS
from orientalis.publish.deaths import deaths
from orientalis.publish.facts import Facts
from orientalis.publish.numbers import numbers
from orientalis.publish.ranges import occupancy_rasters, occupied_areas, runs_of
from orientalis.store import read


@pytest.fixture(scope="module")
def runs(leopard_run: Path) -> dict[str, Scenario]:
    return {one.name: one for one in read_scenarios(read(leopard_run))}


def check(finding: Finding, found: Estimate) -> None:
    """The finding has value, interval and n of an estimate."""
    assert (finding.value, finding.n) == (found.value, found.n)
    assert (finding.interval.low, finding.interval.high) == (found.low, found.high)
    assert finding.interval.covers == ("none" if found.low is None and found.high is None else "simulation_error")


@pytest.mark.parametrize("name", ["tiny", "leopards"])
def test_numbers_are_those_of_summarise(
    name: str, request: pytest.FixtureRequest, command: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    bundle: Bundle = request.getfixturevalue(name)
    folder: Path = request.getfixturevalue({"tiny": "tiny_run", "leopards": "leopard_run"}[name])
    capsys.readouterr()
    assert command("summarise", folder, "--json") == 0
    for held in json.loads(capsys.readouterr().out)["scenarios"]:
        gone, growth = (bundle.findings[f"{key}.{held['name']}"] for key in ("none_alive", "growth"))
        chance = held["extinction_probability"]
        assert (gone.value, gone.interval.low, gone.interval.high) == (chance["value"], chance["low"], chance["high"])
        assert gone.parameters["year"] == chance["year"] + (bundle.manifest.start_year or 0)
        assert gone.n == held["replicates"] and growth.value == held["stochastic_growth_rate"]
        assert gone.run_hash == held["run_hash"]


def test_chances_are_those_of_analysis(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    for name, one in runs.items():
        for measure, key in KEYS.items():
            check(leopards.findings[f"{key}.{name}"], chance_of(one.panel, measure))
    assert leopards.findings["below_adults_50.as_is"].parameters["threshold"] == 50
    assert leopards.findings["below_females_5.as_is"].parameters["threshold"] == 5


def test_chances_over_draws_are_those_of_analysis(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    drawn = runs["as_is"].draws
    assert drawn is not None
    for key, measure in (("extinct", "extinct"), ("below_adults_20", "below_20"), ("below_adults_50", "below_50")):
        finding = leopards.findings[f"{key}_draws.as_is"]
        reach = span_of_share(states(drawn)[measure][:, -1], drawn.replicates, 2)
        assert (finding.value, finding.interval.low, finding.interval.high) == (reach.centre, reach.low, reach.high)
        assert (finding.n, finding.parameters["draws"], finding.parameters["replicates"]) == (2, 2, 4)
        assert (finding.interval.level, finding.interval.covers) == (0.9, "parameter_draws")
        assert leopards.runs[finding.run_hash].scenario == "as_is.draws"
    for key, values in (("adults_mean", drawn.adults()[:, -1]), ("minimum_abundance", drawn.adults().min(axis=1))):
        finding, reach = leopards.findings[f"{key}_draws.as_is"], span_of_mean(values, drawn.replicates, 2)
        assert (finding.value, finding.interval.low, finding.interval.high) == (reach.centre, reach.low, reach.high)
    assert "extinct_draws.within" not in leopards.findings


def test_numbers_are_those_of_analysis(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    panel = runs["as_is"].panel
    final, older = panel.adults()[:, -1], panel.over_one_year()[:, -1]
    check(leopards.findings["adults_median.as_is"], quantile(final, 0.5))
    check(leopards.findings["over_one_year_median.as_is"], quantile(older, 0.5))
    check(leopards.findings["adults_five_percent.as_is"], quantile(final, 0.05))
    check(leopards.findings["adults_median_russia.as_is"], quantile(panel.adults("russia")[:, -1], 0.5))
    check(leopards.findings["adults_median_china.as_is"], quantile(panel.adults("china")[:, -1], 0.5))
    for key, p in (("adults_five_percent", 0.05), ("adults_median", 0.5), ("adults_median_russia", 0.5)):
        assert leopards.findings[f"{key}.as_is"].parameters["quantile"] == p
    check(leopards.findings["start_animals.as_is"], mean(panel.over_one_year()[:, 0]))
    check(leopards.findings["minimum_abundance.as_is"], minimum_abundance(panel.adults()))
    check(leopards.findings["growth.as_is"], growth_rate(panel.number()))
    futures = leopards.findings["adults_futures.as_is"]
    assert (futures.interval.low, futures.interval.high) == tuple(np.quantile(final, (0.025, 0.975)))
    assert futures.value == np.median(final) and futures.interval.covers == "futures"
    assert leopards.findings["start_animals.as_is"].value == 60
    assert leopards.findings["start_animals.as_is"].parameters["year"] == 2023


def test_growth_of_the_first_years_ends_there(tiny: Bundle, tiny_run: Path) -> None:
    panel = read_scenarios(read(tiny_run))[0].panel
    first = tiny.findings["growth_first.status_quo"]
    check(first, growth_rate(panel.number(), 0, 10))
    assert (first.parameters["first"], first.parameters["last"]) == (0, 10)
    assert first.value != tiny.findings["growth.status_quo"].value


def test_capacity_and_density_are_those_of_analysis(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    table = carrying_capacity(runs["as_is"].panel).set_index("area")
    for key, area in (("capacity", "window"), ("capacity_today", "range_today")):
        found = leopards.findings[f"{key}.as_is"]
        assert (found.value, found.interval.low) == (table.loc[area, "value"], table.loc[area, "value_low"])
        assert found.parameters["steady"] == ("yes" if table.loc[area, "is_steady"] else "no")
    for _, row in density(runs["as_is"].panel).iterrows():
        found = leopards.findings[f"density_{row['polygon']}.as_is.{2023 + row['year']}"]
        assert (found.value, found.interval.high) == (row["mean"], row["mean_high"])


def test_shares_of_deaths_sum_to_one(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    for name, one in runs.items():
        held = [found for found in leopards.findings.values() if found.key == "deaths_share"
                and found.parameters["scenario"] == name]  # fmt: skip
        table = death_shares(one.panel).set_index("cause")
        assert {found.parameters["cause"] for found in held} == set(table.index) and "emigrated" not in table.index
        assert sum(found.value or 0 for found in held) == pytest.approx(1.0)
        for found in held:
            assert found.value == table.loc[found.parameters["cause"], "value"]


def _facts() -> Facts:
    return Facts("s", "0" * 64, 2000, 2, (), False, date(2026, 1, 1))


def test_deaths_by_hand() -> None:
    """Of 8 deaths of animals of a year or more 6 are natural; cubs and those who left are none of them."""
    items = {
        "deaths.adult_female.natural": np.array([[0, 2, 1], [0, 1, 0]]),
        "deaths.juvenile_male.natural": np.array([[0, 1, 1], [0, 0, 0]]),
        "deaths.adult_male.people": np.array([[0, 0, 1], [0, 1, 0]]),
        "deaths.cub_male.natural": np.array([[0, 9, 9], [0, 9, 9]]),
        "deaths.adult_male.emigrated": np.array([[0, 5, 5], [0, 5, 5]]),
    }
    found = {one.parameters["cause"]: one for one in deaths(_facts(), Panel("s", np.arange(2), 2, items))}
    assert set(found) == {"natural", "people"}
    assert found["natural"].value == 6 / 8 and found["people"].value == 2 / 8
    assert found["people"].interval.low == 0.0 and found["natural"].interval.high == 1.0


def test_a_growth_that_is_not_defined_is_none() -> None:
    panel = Panel("s", np.arange(3), 2, {"number.adult_female": np.array([[4, 0, 0]] * 3)})
    growth = {one.key: one for one in numbers(_facts(), panel)}["growth"]
    assert growth.value is None and growth.interval.covers == "none" and growth.interval.level is None


def test_occupied_area_by_hand() -> None:
    """Of 100 futures: 100 and 70 are surely half or more, 50 is half, 45 may be, 20 and 0 are surely less."""
    counts = np.array([[[100, 70, 50], [45, 20, 0]]])
    (found,) = occupied_areas(_facts(), {"female_range": counts}, (2,), 100, 2.0)
    assert (found.value, found.interval.low, found.interval.high) == (12.0, 8.0, 16.0)
    assert found.id == "occupied_area.s.2002" and found.parameters["threshold"] == 0.5
    assert found.interval.level is None and found.interval.covers == "simulation_error"
    low, high = proportion(45, 100), proportion(70, 100)
    assert low.high is not None and low.high > 0.5 and high.low is not None and high.low > 0.5


def test_more_residents_than_replicates_are_refused() -> None:
    maps = {"female_range": np.array([[[100, 101]]])}
    with pytest.raises(InputError, match="more replicates than were run.*year 2.*101"):
        list(occupied_areas(_facts(), maps, (2,), 100, 2.0))
    with pytest.raises(InputError, match="more replicates than were run"):
        list(occupancy_rasters(_facts(), maps, (2,), 100))


def test_differences_are_paired(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    for name, pairs in (("within", 6), ("fewer", 3)):
        found = leopards.findings[f"adults_difference.{name}"]
        row = paired_means(runs["as_is"].panel, runs[name].panel, ("final_adults",)).iloc[0]
        gap = runs[name].panel.adults()[:pairs, -1] - runs["as_is"].panel.adults()[:pairs, -1]
        assert found.value == row["value"] == pytest.approx(gap.mean())
        assert (found.n, found.parameters["baseline"]) == (pairs, "as_is")
    assert "adults_difference.as_is" not in leopards.findings


def test_series_are_those_of_analysis(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    panel = runs["as_is"].panel
    for key, series in (("fan", panel.over_one_year()), ("fan_russia", panel.adults("russia"))):
        columns, table = leopards.series[f"{key}.as_is"].columns, bands(series)
        for name in ("low95", "low80", "median", "high80", "high95", "mean"):
            assert list(columns[name]) == table[name].tolist()
        assert list(columns["year"]) == [2023, 2024, 2025, 2026]
        futures = single_futures(series, 8)
        assert [list(columns[f"future_{i + 1}"]) for i in range(6)] == [
            futures[futures["future"] == i]["number"].tolist() for i in range(6)
        ]
        assert "future_7" not in columns  # six replicates
    table = by_year(panel)
    for measure, key in KEYS.items():
        if measure != "none_alive":
            rows = table[table["measure"] == measure]
            columns = leopards.series["extinction.as_is"].columns
            assert list(columns[key]) == rows["value"].tolist()
            assert list(columns[f"{key}_high"]) == rows["high"].tolist()


def test_rasters_hold_every_cell(leopards: Bundle, runs: dict[str, Scenario]) -> None:
    assert leopards.landscape is not None
    shape = (leopards.landscape.rows, leopards.landscape.columns)
    for name in ("as_is", "within"):
        for index, year in enumerate((2023, 2026)):
            raster, grid = leopards.rasters[f"occupancy.{name}.{year}"], np.zeros(shape, int)
            for row, first, values in raster.cells:
                grid[row, first : first + len(values)] = values
            assert np.array_equal(grid, runs[name].maps["female_range"][index]) and grid.any()
            assert (raster.scale, raster.n, raster.layer_class) == (6, 6, "modelled")
    assert not any(key.startswith("occupancy.fewer") for key in leopards.rasters)


def test_runs_of_cells_by_hand() -> None:
    grid = np.array([[0, 0, 0], [3, 4, 0], [1, 0, 2]])
    assert runs_of(grid) == ((1, 0, (3, 4)), (2, 0, (1,)), (2, 2, (2,)))


def test_a_run_without_a_map_has_none(tiny: Bundle) -> None:
    assert tiny.landscape is None and not tiny.rasters
    assert not any(key.startswith(("occupied", "density", "capacity_today")) for key in tiny.findings)
    assert tiny.manifest.start_year is None and tiny.findings["extinct.status_quo"].parameters["year"] == 12
