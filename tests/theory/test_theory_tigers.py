"""Tigers and hunger against theory: growth, poaching, spread, attacks; survival at the reference state."""

from functools import cache

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import Cause, Life
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.processes import hunger, tigers
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.scenario import compile_batch
from tests.engine.prey_worlds import BOTH, plain, prey_world, spec_with, uneven


def test_tigers_grow_as_the_logistic_and_stand_still_at_the_reference_state():
    world = prey_world(uneven())
    first = world.fields.tigers.copy()
    for _ in range(50):
        tigers.step(world)
    np.testing.assert_allclose(world.fields.tigers, first, rtol=1e-9)
    world = prey_world(uneven(), {"tigers.poaching": 0.0, "tigers.spread": 0.0})
    capacity = world.fields.tigers.copy()
    world.fields.tigers[:] *= 0.1
    for _ in range(7):
        tigers.step(world)
    expected = 0.1 * capacity / (0.1 + 0.9 * np.exp(-0.25 * 7))
    np.testing.assert_allclose(world.fields.tigers, expected, rtol=1e-9)


def test_poaching_above_growth_ends_the_tigers():
    worst = [{"parameter": "tigers.poaching", "set": 0.3}]
    world = prey_world(uneven(), change=worst)
    first = world.fields.tigers.sum()
    world.renew_rates(0)
    for _ in range(100):
        tigers.step(world)
    # From few, the yearly factor is exp(growth - poaching) at most.
    assert 0.0 < world.fields.tigers.sum() < first * np.exp(100 * (0.25 - 0.3))


def test_patrols_lower_poaching_relative_to_those_at_the_start():
    world = prey_world(plain((10, 10)), {"tigers.spread": 0.0, "tigers.poaching": 0.15, "tigers.patrol_effect": 0.02})
    world.fields = world.fields._replace(patrol=np.full((1, 4), 50.0))
    first = world.fields.tigers.copy()
    tigers.step(world)
    np.testing.assert_allclose(world.fields.tigers, first, rtol=1e-9)
    world.fields.patrol[0, 0] = 150.0
    tigers.step(world)
    kept = world.fields.tigers[0] / first[0]
    assert kept[0] == pytest.approx(np.exp(0.15 * (1.0 - 2.0 / 4.0)), rel=1e-9)
    np.testing.assert_allclose(kept[1:], 1.0, rtol=1e-9)


def test_tigers_spread_into_empty_habitat_and_none_are_lost():
    world = prey_world(uneven())
    web, blocks = world.inputs.food_web, world.inputs.blocks
    state = world.food_state
    state.ratio[:] = web.carried[0] * world.fields.prey[0, :4].sum(axis=0)
    world.fields.tigers[0, 4:] = 0.0
    before = world.fields.tigers.sum()
    is_home = state.ratio > 0.0
    for _ in range(3_000):
        tigers.spread_tigers(world.fields, web, state, 0.05, blocks, 0)
        assert (world.fields.tigers >= 0.0).all()
    assert world.fields.tigers.sum() == pytest.approx(before, rel=1e-10)
    level = world.fields.tigers[0, is_home] / state.ratio[is_home]
    np.testing.assert_allclose(level, level.mean(), rtol=1e-6)


def test_tigers_kill_at_their_hazard_where_they_are_as_many_as_today():
    spec = spec_with(plain((30, 30)), {"tigers.leopard_hazard": 0.5}, animals=40)
    world = begin(compile_batch(spec, 0, 100))
    before = int((world.animals.life == Life.LIVING).sum())
    for tick in range(12):
        world.clock = world.clock._replace(tick=tick)
        tigers.step_attacks(world)
    died = int((world.animals.cause == Cause.TIGER).sum())
    chance = 1.0 - np.exp(-0.5)
    assert abs(died - before * chance) < 5 * np.sqrt(before * chance * (1.0 - chance))
    assert died == int((world.animals.life == Life.DIED).sum())


def test_hunger_is_what_a_range_lacks():
    spec = spec_with(plain((20, 20)), animals=12)
    world = begin(compile_batch(spec, 0, 4))
    hunger.step(world)
    assert (world.strain.hunger == 1.0).all() and (world.strain.fed == 1.0).all()
    world.land.food[:] *= 0.6
    hunger.step(world)
    values = world.inputs.values[0, 0]
    seen = 0
    for r, s in np.argwhere(world.animals.life == Life.LIVING):
        is_young = bool(world.animals.is_dependent[r, s])
        owner = world.animals.mother_slot[r, s] if is_young else s
        u = 0.0
        if world.animals.sex[r, owner] == 0 and world.ranges.size[r, owner] > 0:
            cells = world.ranges.cells[r, owner, : world.ranges.size[r, owner]]
            u = max(1.0 - world.land.food[r, cells].sum() / values[p.FEMALE_NEED], 0.0)
            seen += 1 + is_young
        rise = values[p.HUNGER_CUBS if is_young else p.HUNGER_ADULTS]
        assert world.strain.hunger[r, s] == pytest.approx(1.0 + rise * u)
        fed = 1.0 if is_young else 1.0 - u
        assert world.strain.fed[r, s] == pytest.approx(fed)
    assert seen > 10


YEARS, PAIRS = 4, 250


@cache
def yearly_hazards(threats):
    """Deaths from the base causes, hunger and tigers a year of life, by stage: (hazard, deaths, animal-years)."""
    # The leopards of today: one on 12 t of prey.
    spec = spec_with(plain((30, 30)), threats=threats, animals=48, years=YEARS, seed=8)
    tallies = simulate(compile_batch(spec, 0, PAIRS)).tallies
    found = {}
    for stage in ("subadult", "adult"):
        deaths = lived = 0
        for sex in ("female", "male"):
            for cause in ("natural", "starved", "tiger"):
                deaths += int(tallies.get(f"deaths.{stage}_{sex}.{cause}", np.zeros(1)).sum())
            number, year = tallies[f"number.{stage}_{sex}"], tallies["year"]
            lived += 0.5 * (number[year < YEARS].sum() + number[year > 0].sum())
        found[stage] = (deaths / lived, deaths, lived)
    return found


def test_at_the_reference_state_survival_is_what_it_is_without_the_threats():
    on, off = yearly_hazards(BOTH), yearly_hazards(())
    for stage in on:
        difference = np.exp(-on[stage][0]) - np.exp(-off[stage][0])
        error = np.sqrt(on[stage][1]) / on[stage][2]  # of one side; the sides share their draws
        print(stage, on[stage], off[stage], f"{difference:+.4f} (one side's error {error:.4f})")
        assert abs(difference) < (0.005 if stage == "adult" else 0.008)  # tigers alone take 0.009
    assert 5 * np.sqrt(on["adult"][1]) / on["adult"][2] < 0.01


def test_the_whole_year_keeps_prey_and_tigers_whole():
    world = begin(compile_batch(spec_with(plain((20, 20)), animals=15, years=6), 0, 10))
    for year in range(6):
        run_year(world, year, LIFE_CYCLE)
        assert np.isfinite(world.fields.prey).all() and (world.fields.prey >= 0.0).all()
        assert np.isfinite(world.fields.tigers).all() and (world.fields.tigers >= 0.0).all()
        assert (world.food_state.eaten == 0.0).all()  # counted and begun anew
