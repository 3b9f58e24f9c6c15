"""The start is no threat of its own, and at 80 animals ready females find mates: both on the real map."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from orientalis.engine.simulate import simulate
from orientalis.geography import load_landscape
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.theory.mates import found_within, waits

EARLY, LATE = slice(1, 3), slice(5, 11)


@cache
def real_map():
    return load_landscape("southwest_primorye")


def real_spec(animals, years, parameters=None):
    return spec_of(
        "panthera_pardus_orientalis",
        animals=animals,
        years=years,
        tick="month",
        landscape=real_map(),
        parameters=parameters,
        start={"zone": "range_today"},
        seed=2023,
    )


def by_year(records, prefix, replicates, years):
    total = np.zeros((replicates, years + 1))
    for name, column in records.tallies.items():
        if name.startswith(prefix):
            np.add.at(total, (records.tallies["replicate"], records.tallies["year"]), column)
    return total


def early_over_late(animals, replicates):
    """Deaths a year and animal in years 1 and 2 over those in years 5 to 10, and its jackknife error.

    Good and bad years and catastrophes, which have nothing to do with the start, are off.
    """
    calm = {f"variation.{name}": 0.0 for name in ("adult_survival", "cub_survival", "breeding")}
    inputs = compile_batch(real_spec(animals, 10, calm), 0, replicates)
    records = simulate(replace(inputs, settings=replace(inputs.settings, has_catastrophes=False)))
    number, deaths = (by_year(records, prefix, replicates, 10) for prefix in ("number.", "deaths."))
    alive = np.roll(number, 1, axis=1)  # at the start of each year
    parts = np.stack([table[:, years].sum(axis=1) for table in (deaths, alive) for years in (EARLY, LATE)])

    def ratio(sums):
        dead_early, dead_late, alive_early, alive_late = sums
        return float((dead_early / alive_early) / (dead_late / alive_late))

    total = parts.sum(axis=1)
    left_out = np.array([ratio(total - parts[:, i]) for i in range(replicates)])
    return ratio(total), float(np.sqrt((replicates - 1) * left_out.var()))


@pytest.mark.parametrize("animals", [80, 170])
def test_the_start_is_no_threat(animals):
    ratio, error = early_over_late(animals, 120)
    assert error < 0.03
    assert 0.8 - 5 * error < ratio < 1.2 + 5 * error


def found_share(animals, replicates, parameters=None):
    """Share, and its error, of females that become ready in year 1 and have a male in reach within twelve months."""
    inputs = compile_batch(real_spec(animals, 2, parameters), 0, replicates)
    return found_within(waits(inputs, 2), 12, 12)


def test_at_80_animals_ready_females_find_mates_within_a_season():
    """A season is the twelve months from the one in which a female becomes ready (resident, of breeding age, without
    young, not pregnant); she finds a mate when an adult resident male comes within his roaming distance meanwhile."""
    share, error = found_share(80, 300)
    assert error < 0.004
    assert share > 0.95


def test_sparse_populations_find_fewer_mates():
    """The Allee curve rises with numbers, and with the males' roaming distance."""
    curve = [found_share(animals, 20)[0] for animals in (10, 40, 160)]
    assert curve[0] + 0.05 < curve[1] and curve[1] + 0.05 < curve[2]
    near = found_share(40, 20, {"mating.roaming_distance": 8.0})[0]
    assert near + 0.05 < curve[1]
