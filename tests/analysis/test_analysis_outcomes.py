"""Extinction, numbers, waiting, causes, space, start, summary: small cases by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from orientalis.analysis import causes, dispersal, extinction, numbers, space, start, waiting
from orientalis.analysis.compare import align, paired_means, paired_shares
from orientalis.analysis.panel import Panel
from orientalis.analysis.summary import summarise

Make = Callable[..., Panel]


def test_extinct_means_none_or_one_sex_for_good(make: Make) -> None:
    panel = make(
        number__adult_female=[[2, 2, 2, 2], [1, 0, 0, 0], [1, 1, 1, 1]],
        number__adult_male=[[1, 0, 1, 1], [1, 1, 0, 0], [1, 1, 0, 0]],
    )
    assert extinction.is_extinct(panel).tolist() == [[0, 0, 0, 0], [0, 1, 1, 1], [0, 0, 1, 1]]
    assert extinction.is_none_alive(panel).tolist() == [[0, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]
    table = extinction.by_year(panel)
    assert extinction.at_year(table, "extinct")["runs"] == 2
    assert extinction.at_year(table, "none_alive", 2)["value"] == pytest.approx(1 / 3)


def test_below_counts_first_passage_and_now(make: Make) -> None:
    panel = make(number__adult_female=[[9, 4, 9], [9, 9, 9]], number__adult_male=[[9, 4, 9], [9, 9, 9]])
    row = extinction.at_year(extinction.by_year(panel), "below_10")
    assert row["value"] == 0.5 and row["now"] == 0.0
    assert extinction.at_year(extinction.by_year(panel), "below_5_females")["value"] == 0.5


def test_minimum_and_growth(make: Make) -> None:
    series = np.array([[10, 20, 40], [10, 5, 0]])
    assert numbers.minimum_abundance(series).value == 5.0
    assert numbers.log_growth(series).tolist() == pytest.approx([np.log(2), -np.log(2)])
    assert numbers.growth_rate(series).value == pytest.approx(np.log(2) / 3)
    assert numbers.growth_rate(np.zeros((2, 3), int)).value is None
    assert numbers.bands(series)["median"].tolist() == [10, 12.5, 20]
    assert np.isnan(numbers.bands(np.zeros((0, 3), int))["median"]).all()


def test_kaplan_meier_by_hand() -> None:
    """Events at 2 and 4 of four runs, two cut off at 5: 3/4 waiting after 2, 1/2 after 4."""
    found = waiting.waiting_time(np.array([2, 4, -1, -1]), 5)
    table = found.table.set_index("year")["waiting"]
    assert table[2.0] == pytest.approx(0.75) and table[4.0] == pytest.approx(0.5)
    assert found.median == 4 and found.events == 2
    never = waiting.waiting_time(np.array([-1, -1]), 5)
    assert never.median is None and never.in_words() == "not reached"
    assert waiting.waiting_time(np.array([0, 0, 0]), 5).median == 0
    assert waiting.waiting_time(np.zeros(0, int), 5).runs == 0


def test_extinct_runs_never_reach_the_goal(make: Make) -> None:
    panel = make(number__adult_female=[[100, 0, 0], [100, 130, 0]], number__adult_male=[[100, 0, 0], [100, 130, 0]])
    assert waiting.time_to_mature(panel).events == 1


def test_deaths_by_class_and_cause(make: Make) -> None:
    panel = make(
        number__adult_female=[[10, 8, 6], [10, 10, 10]],
        deaths__adult_female__people=[[0, 2, 1], [0, 0, 0]],
        deaths__adult_female__natural=[[0, 0, 1], [0, 0, 0]],
    )
    table = causes.deaths(panel).set_index("cause")
    assert table.loc["people", "number"] == 3 and table.loc["people", "per_year"] == 0.75
    assert table.loc["people", "share"] == 0.75 and table.loc["people", "per_100"] == pytest.approx(300 / 38)
    assert causes.deaths(make(number__adult_female=[[0, 0]])).empty


def test_mates_births_stages(make: Make) -> None:
    panel = make(number__adult_female=[[4, 30, 30]], ready=[[0, 2, 10]], unmated=[[0, 1, 0]],
                 litters=[[0, 1, 0]], births__female=[[0, 2, 0]])  # fmt: skip
    table = causes.unmated_by_numbers(panel)
    assert table["adults_from"].tolist() == [0, 20] and table["value"].tolist() == [0.5, 0.0]
    assert causes.unmated_share(panel) == pytest.approx(1 / 12)
    born = causes.births_by_year(panel)
    assert born["litter_size"].iloc[0] == 2 and np.isnan(born["litter_size"].iloc[1])
    assert causes.stages_at(panel)["mean"].sum() == 34


def test_density_and_capacity() -> None:
    adults = np.full((3, 31), 36)
    adults[2, 10:] = 0
    zone = {"number.adult_female": adults, "number.adult_male": np.where(adults > 0, 36, 0)}
    panel = Panel("s", np.arange(3), 30, zone, {"survey_3600": zone, "range_today": zone})
    assert space.density(panel)["mean"].tolist() == pytest.approx([2.0, 4 / 3])
    table = space.carrying_capacity(panel).set_index("area")
    assert table.loc["window", "value"] == 72 and table.loc["window", "persisting"] == 2
    assert bool(table.loc["range_today", "is_steady"])
    gone = space.carrying_capacity(Panel("s", np.arange(3), 30, {}))
    assert gone["value"].isna().all() and gone["persisting"].iloc[0] == 0


def test_start_is_compared_with_later_years(make: Make) -> None:
    alive = [[100] * 13]
    fair = make(number__adult_male=alive, deaths__adult_male__natural=[[0, *[10] * 12]])
    assert start.check_start(fair).is_fair is True and start.check_start(fair).change == pytest.approx(0.0)
    harsh = make(number__adult_male=alive, deaths__adult_male__natural=[[0, 20, 20, *[10] * 10]])
    assert start.check_start(harsh).is_fair is False and start.check_start(harsh).change == pytest.approx(1.0)
    assert start.check_start(make(number__adult_male=[[1, 1]])).is_fair is None
    assert start.check_start(make(number__adult_male=[[0] * 13])).is_fair is None


def test_pairs_are_matched_by_replicate() -> None:
    def panel(name: str, ids: list[int], final: list[int]) -> Panel:
        table = np.stack([np.full(len(ids), 30), np.array(final)], axis=1)
        return Panel(name, np.array(ids), 1, {"number.adult_female": table, "number.adult_male": table})

    first, second = panel("a", [0, 1, 2, 5], [30, 20, 0, 9]), panel("b", [1, 2, 3, 5], [25, 10, 7, 9])
    rows = [rows.tolist() for rows in align(first, second)]
    assert rows == [[1, 2, 3], [0, 1, 3]]
    means = paired_means(first, second).set_index("outcome")
    assert means.loc["final_adults", "value"] == pytest.approx((10 + 20 + 0) / 3)
    shares = paired_shares(first, second).set_index("measure")
    assert shares.loc["extinct", "value"] == pytest.approx(-1 / 3) and shares.loc["extinct", "replicates"] == 3


def test_summary_is_the_contract_s(make: Make) -> None:
    panel = make(number__cub_female=[[4, 4], [4, 0]])
    found = summarise(panel, "abc").as_dict()
    assert list(found) == ["name", "run_hash", "replicates", "extinction_probability", "mean_final_population",
                           "median_final_population", "stochastic_growth_rate"]  # fmt: skip
    assert found["extinction_probability"] == {"year": 1, "value": 0.5, "low": pytest.approx(0.0945, abs=1e-4),
                                               "high": pytest.approx(0.9055, abs=1e-4)}  # fmt: skip
    assert found["mean_final_population"] == 2.0 and found["stochastic_growth_rate"] == 0.0
    assert summarise(make(number__cub_female=[[0, 0]])).stochastic_growth_rate is None


def test_distances_within_a_bin() -> None:
    table = dispersal.dispersal({"dispersal.female": np.array([1, 1, 2]), "dispersal.male": np.array([0, 0, 3])})
    female, male = table[table["sex"] == "female"], table[table["sex"] == "male"]
    assert dispersal.distance_quantile(female, 0.25) == 2.0 and dispersal.distance_quantile(female, 0.375) == 3.0
    assert dispersal.distance_quantile(male, 0.5) is None
    assert dispersal.dispersal({}).empty
