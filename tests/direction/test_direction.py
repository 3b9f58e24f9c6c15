"""Raise a threat: its rate moves with the right sign everywhere, exactly; adults do not become more.

(a) the rates of paired worlds; (b) mean adults of 500 pairs, one-sided 99 %; (c) the documented opposite path.
"""

from functools import cache

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import Cause, Life, Sex, Status
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of
from tests.engine.worlds import LEOPARD, begun, records_of, small_map

PAIRS, YEARS, ANIMALS = 500, 15, 40
NINETY_NINE = 2.326
# How each threat is raised, the array of rates that it enters, and the sign with which it enters.
THREATS = {
    "killing.adult": (0.15, "kill", 1),
    "killing.cub": (0.3, "kill", 1),
    "territory.contest_death": (1.0, "values", 1),
    "dispersal.hazard": (0.6, "values", 1),
    "dispersal.people_hazard": (1.5, "values", 1),
    "catastrophe.per_generation": (0.9, "catastrophe", 1),
    "catastrophe.survival": (0.1, "catastrophe", 1),
    "territory.female_need": (2_600.0, "values", 1),
    "prey.crop_share": (0.06, "food", -1),
    "survival.cub_0_3.female": (0.4, "death", 1),
    "survival.adult.female": (0.85, "death", 1),
    "survival.adult.male": (0.7, "death", 1),
    "reproduction.litter_probability": (0.6, "conceive", -1),
    "reproduction.litter_size": ((0.6, 0.4, 0.0, 0.0), "litter", 1),
    "infanticide.first_year": (1.0, "values", 1),
    "mating.roaming_distance": (6.0, "values", -1),
}
# Threats that reach few adults on this map within these years: adults must not rise, but need not visibly fall.
WEAK = {
    "territory.contest_death",
    "infanticide.first_year",
    "killing.cub",
    "mating.roaming_distance",
    "dispersal.people_hazard",
    "dispersal.hazard",
    "survival.adult.male",
    "catastrophe.survival",
}


# A land full of males, without which no range is fought for.
CROWD = 90
CROWDED = {"territory.male_overlap": 1.0, "territory.male_area": 300.0, "dispersal.patience": 0.0}


def spec_with(parameters=None, years=YEARS, is_crowded=False):
    """The study of one side of a pair."""
    parameters = {**(CROWDED if is_crowded else {}), **(parameters or {})}
    return spec_of(
        LEOPARD,
        animals=CROWD if is_crowded else ANIMALS,
        years=years,
        tick="month",
        landscape=small_map(),
        parameters=parameters,
        seed=17,
    )


def rates_by_year(parameters=None, years=6, replicates=60):
    world = begin(compile_batch(spec_with(parameters), 0, replicates))
    found = []
    for year in range(years):
        found.append({name: array.copy() for name, array in world.rates._asdict().items()})
        found[-1]["food"] = world.land.food.copy()
        run_year(world, year)
    return found


@cache
def base_rates():
    return rates_by_year()


# All classes of cubs share a year's luck, which keeps the mean and the spread of the chance to pass them all: with one
# class worse, the others may fare better in a year. So only the class itself is looked at.
# Entries of the rates that a threat may leave as they are: stages, classes and sexes that it does not concern, years
# without a catastrophe, cells without habitat.
CONCERNED = {
    "killing.adult": lambda rates: np.s_[..., 3],
    "killing.cub": lambda rates: np.s_[..., 0],
    "survival.cub_0_3.female": lambda rates: np.s_[:, :, 0, 0],
    "survival.adult.female": lambda rates: np.s_[:, :, 0, 5],
    "survival.adult.male": lambda rates: np.s_[:, :, 1, 5],
    "reproduction.litter_size": lambda rates: np.s_[:, :1],
    "prey.crop_share": lambda rates: rates["food"] > 0.0,
    "catastrophe.survival": lambda rates: rates["catastrophe"] > 0.0,
}


@pytest.mark.parametrize("path", THREATS)
def test_the_rate_moves_with_the_right_sign_everywhere(path):
    value, name, sign = THREATS[path]
    changed = rates_by_year({path: value})
    index = p.SCALARS.index(path) if path in p.SCALARS else None
    is_struck = False
    for before, after in zip(base_rates(), changed, strict=True):
        one, two = before[name], after[name]
        if name == "values":
            one, two = one[..., index], two[..., index]
        moved = sign * (two - one)
        assert path.startswith("survival.cub") or (moved >= 0.0).all()
        if path == "catastrophe.per_generation":
            # The same uniform decides: a struck year stays struck, and more are.
            is_struck |= bool((moved > 0.0).any())
            assert (two[one > 0.0] == one[one > 0.0]).all()
            continue
        concerned = CONCERNED[path](before) if path in CONCERNED else np.s_[...]
        assert (moved[concerned] > 0.0).all()
        is_struck |= bool(moved[concerned].size)
        others = ("kill", "food", "death", "conceive", "catastrophe", "litter")
        for other in others:
            if other != name and not (path.startswith("survival.cub") and other == "death"):
                np.testing.assert_array_equal(before[other], after[other], err_msg=other)
    assert is_struck


def adults_at_last(parameters=None, is_crowded=False):
    """Adults [pair] at the last census."""
    tallies = simulate(compile_batch(spec_with(parameters, is_crowded=is_crowded), 0, PAIRS)).tallies
    last = tallies["year"] == YEARS
    total = np.zeros(PAIRS)
    for name in ("number.adult_female", "number.adult_male"):
        np.add.at(total, tallies["replicate"][last], tallies[name][last])
    return total


@cache
def base_adults(is_crowded):
    return adults_at_last(is_crowded=is_crowded)


@pytest.mark.parametrize("path", THREATS)
def test_adults_do_not_become_more(path):
    is_crowded = path in ("territory.contest_death", "infanticide.first_year")
    base = base_adults(is_crowded)
    difference = adults_at_last({path: THREATS[path][0]}, is_crowded) - base
    error = difference.std(ddof=1) / np.sqrt(PAIRS)
    print(f"{path}: {base.mean():.2f} adults, {difference.mean():+.2f} (standard error {error:.2f})")
    assert difference.any(), f"{path} did nothing"
    assert difference.mean() < NINETY_NINE * error
    if path not in WEAK:
        assert difference.mean() < -NINETY_NINE * error


def young_killed(parameters, is_removed):
    """Young lost to infanticide within two years [replicate], half the resident males of the start removed or not."""
    world = begun(spec_with(parameters, is_crowded=True), replicates=200)
    if is_removed:
        males = (world.animals.life == Life.LIVING) & (world.animals.sex == Sex.MALE)
        males &= world.ranges.status == Status.RESIDENT
        males &= world.animals.uid % np.uint64(2) == 0
        assert males.any(axis=1).mean() > 0.9
        world.animals.life[males] = Life.DIED
        world.animals.cause[males] = Cause.PEOPLE
    tallies = records_of(world, 2, LIFE_CYCLE).tallies
    total = np.zeros(200)
    for name, column in tallies.items():
        if name.startswith("deaths.") and name.endswith(".infanticide"):
            np.add.at(total, tallies["replicate"], column)
    return total


def test_a_male_removed_costs_cubs():
    """The opposite path: one leopard fewer lets another male in, who kills the young of the one that is gone."""
    difference = young_killed(None, True) - young_killed(None, False)
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    assert difference.mean() > 5 * error > 0.0
    spared = {"infanticide.first_year": 0.0, "infanticide.second_year": 0.0}
    assert young_killed(spared, True).sum() == 0
