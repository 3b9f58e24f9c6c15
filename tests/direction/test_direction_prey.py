"""Worse winters, a higher quota, swine fever, more tigers: the rate moves exactly so; leopards do not become more.

A threat is raised by a change of the scenario: a parameter would say that it has always been so, and the land would be
taken to carry more.
"""

from functools import cache

import numpy as np
import pytest

from orientalis.engine import food_web as f
from orientalis.engine.codes import Cause, Prey
from orientalis.engine.processes import tigers, ungulates
from orientalis.engine.simulate import begin, simulate
from orientalis.scenario import compile_batch
from tests.engine.prey_worlds import plain, prey_world, spec_with

PAIRS, YEARS, ANIMALS = 200, 15, 30
NINETY_NINE = 2.326
RAISED = {
    "ungulates.snow": 8.0,
    "ungulates.quota_sika": 0.3,
    "ungulates.swine_fever": 0.8,
    "ungulates.poaching": 0.3,
    "tigers.leopard_hazard": 0.1,
    "tigers.intake": 2.5 * 8.9 * 365.25,
}
# Boar are a seventh of the prey: adults must not rise, but need not visibly fall.
WEAK = {"ungulates.swine_fever"}


def changes(path):
    return [{"parameter": path, "set": RAISED[path]}]


def quarter_of(path, quarter, year=0):
    """What decides a quarter [column], with the threat raised or not."""
    found = []
    for change in ((), changes(path)):
        world = prey_world(plain((5, 5)), change=change)
        world.renew_rates(0)
        ungulates.set_quarter(world.rates, world.food_state, world.inputs.keys[0, 0], 0, year, quarter, True)
        found.append(world.food_state.quarter[0].copy())
    return found


def moved(before, after):
    return np.nonzero(before != after)[0].tolist()


def test_snow_kills_by_its_hazards_exactly():
    before, after = quarter_of("ungulates.snow", ungulates.WINTER)
    kept = slice(f.KEPT, f.KEPT + f.KINDS)
    np.testing.assert_allclose(np.log(after[kept]), 8.0 * np.log(before[kept]), rtol=1e-9)
    assert (after[kept] <= before[kept]).all() and after[f.KEPT + Prey.BOAR] == after[kept].min()
    assert moved(before, after) == [f.KEPT + kind for kind in (Prey.SIKA, Prey.ROE, Prey.BOAR, Prey.RED_DEER)]


def test_the_quota_takes_sika_in_autumn_alone():
    before, after = quarter_of("ungulates.quota_sika", ungulates.AUTUMN)
    assert moved(before, after) == [f.KEPT + Prey.SIKA]
    assert after[f.KEPT] == pytest.approx(np.exp(-0.3)) and before[f.KEPT] == pytest.approx(np.exp(-0.03))
    for quarter in (ungulates.WINTER, ungulates.SPRING, ungulates.SUMMER):
        before, after = quarter_of("ungulates.quota_sika", quarter)
        assert moved(before, after) == []


def test_swine_fever_strikes_boars_in_more_years():
    struck = np.zeros(2, int)
    for year in range(60):
        before, after = quarter_of("ungulates.swine_fever", ungulates.SUMMER, year)
        assert moved(before, after) in ([], [f.KEPT + Prey.BOAR])
        assert after[f.KEPT + Prey.BOAR] <= before[f.KEPT + Prey.BOAR]  # a year of fever stays one
        struck += [before[f.KEPT + Prey.BOAR] < 1.0, after[f.KEPT + Prey.BOAR] < 1.0]
    assert 0 < struck[0] < struck[1]


def test_poaching_takes_deer_in_every_quarter():
    for quarter in range(4):
        before, after = quarter_of("ungulates.poaching", quarter)
        assert moved(before, after) == [f.POACHED + kind for kind in (Prey.SIKA, Prey.ROE, Prey.RED_DEER)]
        assert after[f.POACHED] == pytest.approx(0.075) and before[f.POACHED] == pytest.approx(0.0075)


def test_more_tigers_kill_more_leopards_at_equal_prey():
    """Twice the tigers: those killed before are killed again, and others too, by twice the hazard."""

    def killed(factor):
        world = begin(compile_batch(spec_with(plain((20, 20)), {"tigers.leopard_hazard": 0.2}, animals=30), 0, 100))
        world.fields.tigers[:] *= factor
        tigers.step_attacks(world)
        return world.animals.cause == Cause.TIGER

    one, two = killed(1.0), killed(2.0)
    assert (two >= one).all() and two.sum() > one.sum() > 0


@cache
def adults_at_last(path=None):
    """Adults [pair] at the last census."""
    spec = spec_with(plain((24, 24)), animals=ANIMALS, years=YEARS, seed=17, change=changes(path) if path else ())
    tallies = simulate(compile_batch(spec, 0, PAIRS)).tallies
    last = tallies["year"] == YEARS
    total = np.zeros(PAIRS)
    for name in ("number.adult_female", "number.adult_male"):
        np.add.at(total, tallies["replicate"][last], tallies[name][last])
    return total


@pytest.mark.parametrize("path", RAISED)
def test_adults_do_not_become_more(path):
    difference = adults_at_last(path) - adults_at_last()
    error = difference.std(ddof=1) / np.sqrt(PAIRS)
    print(f"{path}: {adults_at_last().mean():.2f} adults, {difference.mean():+.2f} (standard error {error:.2f})")
    assert difference.any(), f"{path} did nothing"
    assert difference.mean() < NINETY_NINE * error
    if path not in WEAK:
        assert difference.mean() < -NINETY_NINE * error
