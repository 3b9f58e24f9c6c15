"""Panels: zeros come back, zones add up, nothing is lost."""

import numpy as np
import pandas as pd
import pytest

from orientalis.analysis.panel import panel_from_tallies
from orientalis.core.errors import InputError

ROWS = pd.DataFrame(
    [(3, 0, 0, 5, 1), (3, 0, 1, 2, 0), (3, 1, 1, 1, 0), (7, 0, 0, 4, 4)],
    columns=["replicate", "year", "zone", "number.adult_female", "number.adult_male"],
)


def test_dropped_rows_are_zeros_again() -> None:
    panel = panel_from_tallies(ROWS, years=2, replicates=[3, 7, 9])
    assert panel.item("number.adult_female").tolist() == [[7, 1, 0], [4, 0, 0], [0, 0, 0]]
    assert panel.adults().tolist() == [[8, 1, 0], [8, 0, 0], [0, 0, 0]]
    assert panel.item("number.cub_male").sum() == 0


def test_zones_are_sums_of_atomic_zones() -> None:
    panel = panel_from_tallies(ROWS, zone_members={"russia": [0], "both": np.array([0, 1])})
    assert panel.adults("russia").tolist() == [[6, 0], [8, 0]]
    assert np.array_equal(panel.adults("both"), panel.adults())
    with pytest.raises(InputError, match="unknown zone"):
        panel.adults("china")


def test_items_of_the_same_runs_join() -> None:
    numbers, births = (
        panel_from_tallies(ROWS),
        panel_from_tallies(ROWS.rename(columns={"number.adult_male": "litters"})),
    )
    assert numbers.join(births).item("litters").tolist() == [[1, 0], [4, 0]]
    with pytest.raises(InputError):
        numbers.join(panel_from_tallies(ROWS, years=5))


def test_a_stranger_among_the_replicates_is_refused() -> None:
    with pytest.raises(InputError, match="not asked for"):
        panel_from_tallies(ROWS, replicates=[3])
