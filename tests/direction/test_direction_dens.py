"""People, roads, dogs and fire up: the hazard in the den rises exactly, adults do not become more; closing dens.

The same uniform decides in both worlds of a pair, so that a higher hazard takes those that it took and more.
"""

import math
from functools import cache

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import Cause, Life
from orientalis.engine.processes.dens import DENS, disturbance_at
from orientalis.engine.surroundings import first_cover
from tests.direction.pairs import NINETY_NINE, PAIRS, adults_with
from tests.theory.test_theory_dens import nursery

WORSE = {
    "dens.predators": 3.0,
    "dens.disturbance": 5.0,
    "dens.road": 9.0,
    "dens.until": 5.5,
    "dens.dogs_controlled": 0.0,
    "dens.closed": 0.0,
}


@cache
def base_world():
    """The nursery after one tick."""
    world = nursery()
    DENS.step(world)
    return world


def died(world):
    """Who died, [slot]."""
    return world.animals.life[0, : world.slots.high[0]] == Life.DIED


def takes_more(world):
    """The world's tick takes all that the base took, and others."""
    DENS.step(world)
    before, after = died(base_world()), died(world)
    assert after[before].all()
    assert after.sum() > before.sum()
    return after & ~before


@pytest.mark.parametrize("path", WORSE)
def test_a_worse_rate_takes_the_same_cubs_and_more(path):
    takes_more(nursery({path: WORSE[path]}))


def test_more_people_take_more_and_only_where_they_are():
    world = nursery()
    there = np.zeros(len(world.land.kind), np.bool_)
    there[::2] = True
    world.land = world.land._replace(people=world.land.people * (1.0 + 2.0 * there))
    more = takes_more(world)
    cells = world.ranges.cell[0, : world.slots.high[0]]
    assert there[cells[more]].all()


def test_a_road_takes_more_and_only_where_it_runs():
    world = nursery()
    there = (np.arange(len(world.land.kind)) % 5 == 0) & (world.land.roads == 0.0)
    world.land = world.land._replace(roads=np.where(there, 1.0, world.land.roads))
    more = takes_more(world)
    assert there[world.ranges.cell[0, : world.slots.high[0]][more]].all()


def test_a_fire_takes_more_and_they_die_of_disturbance():
    world = nursery()
    world.cover = first_cover(np.zeros(len(world.land.kind), np.uint8), 1)
    world.cover.burnt[0, ::2] = world.clock.tick
    more = takes_more(world)
    slots = np.nonzero(more)[0]
    assert (world.ranges.cell[0, slots] % 2 == 0).all()
    assert (world.animals.cause[0, slots] == Cause.DISTURBANCE).all()


def test_the_hazard_moves_by_as_much_as_stated_at_every_cell():
    world = nursery()
    values = world.rates.values[0, 0].copy()
    closed, controlled = values.copy(), values.copy()
    closed[p.DENS_CLOSED] = 1.0
    controlled[p.DENS_DOGS_CONTROLLED] = 1.0
    for cell in np.nonzero(world.land.kind == 1)[0]:
        people, road = world.land.people[cell] / world.inputs.people_mean, world.land.roads[cell]
        here = disturbance_at(values, people, road)
        scale = values[p.DENS_DISTURBANCE] * (1.0 - values[p.DENS_CLOSED])
        assert math.isclose(disturbance_at(values, people + 1.0, road) - here, scale * (1.0 - 0.3 * 0.25), rel_tol=1e-9)
        assert math.isclose(disturbance_at(values, people, road + 0.5) - here, scale * 2.5 * 0.5, rel_tol=1e-9)
        assert disturbance_at(closed, people, road) == 0.0
        fewer = here - disturbance_at(controlled, people, road)
        assert math.isclose(fewer, scale * people * 0.3 * 0.75, rel_tol=1e-9, abs_tol=1e-12)


def test_disturbed_dens_do_not_raise_adults_and_closed_ones_do_not_lower_them():
    worse = {"dens.disturbance": 2.0}
    base, disturbed = adults_with(("dens",)), adults_with(("dens",), worse)
    closed = adults_with(("dens",), {**worse, "dens.closed": 0.9})
    for difference in (disturbed - base, disturbed - closed):
        error = difference.std(ddof=1) / math.sqrt(PAIRS)
        print(f"{base.mean():.2f} adults, {difference.mean():+.2f} (standard error {error:.2f})")
        assert difference.mean() < -NINETY_NINE * error
