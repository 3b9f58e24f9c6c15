"""What surrounds the animals: each measure is the sum that it says, where it is defined."""

import numpy as np
import pandas as pd
import pytest

from orientalis.analysis import panel_from_tallies
from orientalis.analysis.causes import CAUSE_WORDS, shares_by_year
from orientalis.analysis.panel import Panel
from orientalis.analysis.surroundings import (
    MEASURES,
    at_year,
    is_present,
    present,
    tables,
    through_time,
    values,
    yearly_mean,
)
from orientalis.engine.codes import Cause

# Two runs of two years in two zones; nobody lives in the second run from year 1 on.
ROWS = [
    # replicate, year, zone, animals, diversity, inbred, field, oak, burnt, sika, tigers, infected
    (0, 0, 0, 10, 800_000, 64, 20, 60, 0, 4_000, 300, 0),
    (0, 0, 1, 0, 0, 0, 10, 10, 0, 1_000, 150, 0),
    (0, 1, 0, 8, 600_000, 128, 20, 60, 40, 3_000, 200, 2),
    (0, 1, 1, 2, 0, 0, 10, 10, 5, 1_000, 100, 1),
    (1, 0, 0, 4, 700_000, 0, 20, 60, 0, 4_000, 300, 0),
    (1, 0, 1, 0, 0, 0, 10, 10, 0, 1_000, 150, 0),
    (1, 1, 0, 0, 0, 0, 20, 60, 8, 5_000, 400, 0),
    (1, 1, 1, 0, 0, 0, 10, 10, 2, 1_000, 100, 0),
]
COLUMNS = [
    "replicate",
    "year",
    "zone",
    "number.adult_female",
    "genes.diversity",
    "genes.inbred",
    "land.field",
    "land.oak",
    "land.burnt",
    "prey.sika",
    "tigers.adults",
    "infected",
]


@pytest.fixture
def panel() -> Panel:
    table = pd.DataFrame(ROWS, columns=COLUMNS)
    return panel_from_tallies(table, scenario="x", zone_members={"russia": [0], "china": [1]})


def test_a_share_of_the_land_is_over_all_classes_of_cover(panel: Panel) -> None:
    burnt, forest = values(panel, "burnt"), values(panel, "forest")
    assert burnt is not None and forest is not None
    assert np.isnan(burnt[:, 0]).all()  # a flow has no start
    assert burnt[:, 1].tolist() == [0.45, 0.1]
    assert forest[:, 1].tolist() == [0.7, 0.7]


def test_zones_are_told_apart(panel: Panel) -> None:
    china = values(panel, "burnt", "china")
    assert china is not None and china[:, 1].tolist() == [0.25, 0.1]
    assert values(panel, "burnt", "kedrovaya_pad") is None


def test_units(panel: Panel) -> None:
    prey, tigers = values(panel, "prey"), values(panel, "tigers")
    assert prey is not None and prey[:, 1].tolist() == [4.0, 6.0]
    assert tigers is not None and tigers[:, 0].tolist() == [4.5, 4.5]


def test_genes_are_those_of_the_living_against_their_own_start(panel: Panel) -> None:
    kept, inbred = values(panel, "gene_diversity"), values(panel, "inbreeding")
    assert kept is not None and inbred is not None
    assert kept[0].tolist() == [1.0, 0.75] and np.isnan(kept[1, 1])
    assert inbred[0].tolist() == [0.1, 128 / 64 / 10] and np.isnan(inbred[1, 1])


def test_bands_hold_the_runs_in_which_it_is_defined(panel: Panel) -> None:
    rows = through_time(panel, "gene_diversity").set_index("year")
    assert rows.loc[1, "runs"] == 1 and rows.loc[1, "median"] == 0.75
    rows = through_time(panel, "burnt").set_index("year")
    assert list(rows.index) == [1] and rows.loc[1, "runs"] == 2
    assert rows.loc[1, ["low", "median", "high", "mean"]].tolist() == pytest.approx([0.1175, 0.275, 0.4325, 0.275])
    assert yearly_mean(panel, "burnt").tolist() == [0.45, 0.1]
    assert at_year(panel, "gene_diversity", 1).tolist() == [0.75]


def test_what_was_not_counted_is_not_there(panel: Panel) -> None:
    assert values(panel, "snares_set") is None and through_time(panel, "snares_set").empty
    assert at_year(panel, "logged", 1).size == 0 and yearly_mean(panel, "logged").size == 0
    assert set(present(panel)) == {
        "burnt", "forest", "prey", "prey_sika", "tigers", "gene_diversity", "inbreeding", "infected",
    }  # fmt: skip
    none = panel_from_tallies(pd.DataFrame(ROWS, columns=COLUMNS)[COLUMNS[:4]])
    assert present(none) == () and not any(is_present(none, name) for name in MEASURES)
    assert set(tables(panel, ["burnt", "snares_set"], [None, "russia"])["area"]) == {"everywhere", "russia"}


def test_every_cause_has_words() -> None:
    assert {cause.name.lower() for cause in Cause} <= set(CAUSE_WORDS)


def test_shares_of_causes_sum_to_one_each_year() -> None:
    table = pd.DataFrame(
        {
            "replicate": [0, 1, 0, 1],
            "year": [1, 1, 2, 2],
            "zone": 0,
            "deaths.adult_female.distemper": [3, 1, 0, 0],
            "deaths.adult_male.natural": [1, 3, 2, 0],
            "deaths.adult_male.emigrated": [9, 9, 9, 9],
            "deaths.cub_male.natural": [50, 50, 50, 50],
        }
    )
    rows = shares_by_year(panel_from_tallies(table, scenario="x"))
    assert rows.groupby("year")["value"].sum().tolist() == [1.0, 1.0]
    held = rows.set_index(["year", "cause"])["value"]
    assert held[1, "distemper"] == 0.5 and held[2, "distemper"] == 0.0
    assert set(rows["cause"]) == {"natural", "distemper"} and rows["cause"].iloc[0] == "natural"  # the commonest first
