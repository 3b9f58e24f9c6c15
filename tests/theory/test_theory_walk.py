"""Moments of the walk on an empty uniform map against those of the correlated walk's transition matrix.

Bounds are five standard errors.
"""

from dataclasses import replace

import numpy as np
import pytest

from orientalis.engine.codes import Status
from orientalis.engine.processes.dispersal import DISPERSAL
from orientalis.engine.simulate import begin
from orientalis.engine.state import Clock
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import spec_of

TICKS, STEPS, SIDE, ANIMALS, REPLICATES = 6, 8, 201, 500, 40
NORTH_FIRST = np.array([(-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1)], float)


def mean_square(persistence, steps):
    """Mean squared displacement, cells squared: the first heading is uniform, then turns by exp(p cos angle)."""
    angle = np.arange(8) * np.pi / 4
    turn = np.exp(persistence * np.cos(angle))
    chain = np.array([[turn[(b - a) % 8] for b in range(8)] for a in range(8)]) / turn.sum()
    total, power = steps * (NORTH_FIRST**2).sum() / 8, np.eye(8)
    for lag in range(1, steps):
        power = power @ chain
        total += 2 * (steps - lag) * float((NORTH_FIRST * (power @ NORTH_FIRST)).sum()) / 8
    return total


def walked(persistence, habitat=1.0, preference=4.0):
    """Displacements [animal, (down, across)] of dispersers that never look for a place, after six months."""
    spec = spec_of(
        "panthera_pardus_orientalis",
        animals=ANIMALS,
        years=1,
        tick="month",
        landscape=synthetic((SIDE, SIDE), habitat=habitat),
        parameters={
            "dispersal.persistence": persistence,
            "dispersal.preference": preference,
            "dispersal.steps": float(STEPS),
            "dispersal.hazard": 0.0,
            "dispersal.people_hazard": 0.0,
        },
        start={"cubs": False},
    )
    inputs = compile_batch(spec, 0, REPLICATES)
    world = begin(replace(inputs, settings=replace(inputs.settings, settling_rounds=0)))
    middle = SIDE // 2 + 1
    here = slice(None), slice(0, ANIMALS)
    assert (world.ranges.status[here] == Status.DISPERSER).all()
    world.ranges.cell[here] = (middle << world.land.shift) + middle
    # Born here, and not looking for a place before they are 10,000 cells away.
    world.ranges.natal[here] = world.ranges.cell[here]
    world.ranges.wander[here] = 10_000
    for tick in range(TICKS):
        world.clock = Clock(tick, 0, tick, 1)
        DISPERSAL.step(world)
    assert (world.animals.life[here] == 1).all()
    cell = world.ranges.cell[here].ravel()
    down, across = cell >> world.land.shift, cell & ((1 << world.land.shift) - 1)
    return np.stack([down - middle, across - middle], axis=1).astype(float)


@pytest.mark.parametrize("persistence", [0.0, 0.6, 1.0])
def test_mean_squared_displacement(persistence):
    square = (walked(persistence) ** 2).sum(axis=1)
    error = square.std(ddof=1) / np.sqrt(len(square))
    assert abs(square.mean() - mean_square(persistence, TICKS * STEPS)) < 5 * error
    assert error < 0.02 * square.mean()


def test_no_direction_is_preferred():
    moved = walked(0.6)
    error = moved.std(axis=0, ddof=1) / np.sqrt(len(moved))
    assert (np.abs(moved.mean(axis=0)) < 5 * error).all()
    down, across = (moved**2).T
    assert abs((down - across).mean()) < 5 * (down - across).std(ddof=1) / np.sqrt(len(moved))


def test_a_better_side_draws_the_walk():
    habitat = np.full((SIDE, SIDE), 0.5)
    habitat[:, SIDE // 2 + 1 :] = 0.75
    moved = walked(0.0, habitat=habitat)[:, 1]
    assert moved.mean() > 5 * moved.std(ddof=1) / np.sqrt(len(moved))
    indifferent = walked(0.0, habitat=habitat, preference=0.0)[:, 1]
    assert abs(indifferent.mean()) < 5 * indifferent.std(ddof=1) / np.sqrt(len(moved))
