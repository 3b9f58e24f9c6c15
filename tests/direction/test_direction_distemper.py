"""Distemper up: the force rises exactly, adults do not become more; vaccination does not lower them."""

import math
from functools import cache

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import INFECTED
from orientalis.engine.processes.distemper import force_at
from tests.direction.pairs import NINETY_NINE, PAIRS, adults_with
from tests.theory.test_theory_distemper import go_on, ward

BAD = {"distemper.force": 0.15}
# Each change from the state with much distemper, and whether it may cost adults (-1) or bring some (+1).
CHANGES = {
    "distemper.force": (0.4, -1),
    "distemper.fatality": (0.9, -1),
    "distemper.outbreak_factor": (12.0, -1),
    "distemper.outbreak_probability": (0.5, -1),
    "distemper.waning": (2.0, -1),
    "distemper.vaccinated": (8.0, 1),
    "distemper.dogs_vaccinated": (1.0, 1),
}


@cache
def base():
    """Adults with much distemper."""
    return adults_with(("distemper",), BAD)


@pytest.mark.parametrize("path", CHANGES)
def test_adults_move_with_the_right_sign(path):
    value, sign = CHANGES[path]
    difference = adults_with(("distemper",), {**BAD, path: value}) - base()
    error = difference.std(ddof=1) / math.sqrt(PAIRS)
    print(f"{path}: {base().mean():.2f} adults, {difference.mean():+.2f} (standard error {error:.2f})")
    assert sign * difference.mean() > NINETY_NINE * error


def test_the_force_moves_by_as_much_as_stated():
    values = ward({"distemper.outbreak_factor": 5.0, "distemper.dog_share": 0.4}).rates.values[0, 0].copy()
    for people in (0.0, 0.5, 1.0, 3.0):
        usual = force_at(values, people, False)
        assert force_at(values, people, True) == pytest.approx(5.0 * usual, rel=1e-12)
        assert force_at(values, people + 1.0, False) - usual == pytest.approx(0.3 * 0.4, rel=1e-9)
        worse = values.copy()
        worse[p.DISTEMPER_FORCE] *= 2.0
        assert force_at(worse, people, False) == pytest.approx(2.0 * usual, rel=1e-12)


def test_a_higher_force_infects_all_that_a_lower_one_does():
    low, high = (go_on(ward({"distemper.force": force}, 2_000), 1) for force in (0.2, 0.5))
    immune = [world.animals.is_immune[0] > 0 for world in (low, high)]
    assert immune[1][immune[0]].all()
    assert np.diff([world.tally[..., INFECTED].sum() for world in (low, high)]) > 100
