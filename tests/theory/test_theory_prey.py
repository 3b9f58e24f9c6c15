"""Prey against theory: logistic growth, the functional response, equilibria, mass, snow and fever."""

from dataclasses import replace

import numpy as np
import pytest

from orientalis.engine.codes import Plants, Prey
from orientalis.engine.food_web import UNIT
from orientalis.engine.processes import ungulates as u
from orientalis.engine.state import Clock
from orientalis.engine.surroundings import first_cover
from tests.engine.prey_worlds import BOTH, PREY, QUIET, SIKA_ALONE, plain, prey_world, totals, uneven

ALONE = ("ungulates",)


def live(world, quarters, demand=None, first=0):
    """Quarters one after another, the mouths of each block given (in animals) instead of counted."""
    inputs = world.inputs
    if demand is not None:
        world.food_state.demand[:] = np.round(np.asarray(demand) * UNIT)
    for quarter in range(first, first + quarters):
        year, part = divmod(quarter, 4)
        u.live_quarter(
            world.fields, inputs.food_web, world.food_state, world.rates, inputs.blocks, inputs.keys, year, part
        )


def test_growth_is_logistic_in_closed_form():
    world = prey_world(uneven(), QUIET, ALONE)
    web = world.inputs.food_web
    np.testing.assert_allclose(web.capacity, web.start, rtol=2e-3)  # a leopard in 1,000 t is all that takes from it
    world.fields.prey[:] *= 0.1
    before = world.fields.prey.copy()
    live(world, 10)
    for kind, prey in enumerate(PREY):
        rate = world.inputs.values[0, 0, u.p.PREY_GROWTH + kind]
        capacity = web.capacity[0, kind]
        n = before[0, kind]
        room = np.where(n > 0.0, capacity - n, 0.0)
        expected = np.divide(capacity * n, n + room * np.exp(-rate * 2.5), out=np.zeros_like(n), where=n > 0.0)
        np.testing.assert_allclose(world.fields.prey[0, kind], expected, rtol=1e-12, err_msg=prey)


@pytest.mark.parametrize("density", [1.0, 30.0, 110.0, 400.0, 20_000.0])
def test_intake_follows_the_response_of_the_third_type(density):
    still = {f"ungulates.growth_{prey}": 0.0 for prey in PREY}
    world = prey_world(plain((5, 5)), {**QUIET, **SIKA_ALONE, **still, "ungulates.half": 110.0}, ALONE)
    world.fields.prey[0, Prey.SIKA, 0] = density * 100.0
    live(world, 1, 0.001)
    wanted = 3.15 * 365.25 / 4.0 * density**1.5 / (110.0**1.5 + density**1.5) * 0.001
    assert world.food_state.eaten[0, 0] == pytest.approx(wanted, rel=2e-5)
    if density == 110.0:
        assert world.food_state.eaten[0, 0] == pytest.approx(0.5 * 3.15 * 365.25 / 4.0 * 0.001, rel=2e-5)
    assert world.fields.prey[0].sum() == pytest.approx(density * 100.0 - world.food_state.eaten[0, 0], rel=1e-12)


def test_intake_of_several_kinds_goes_by_taste_and_abundance():
    world = prey_world(plain((5, 5)), QUIET, ALONE)
    before = world.fields.prey[0, :, 0].copy()
    grown = prey_world(plain((5, 5)), QUIET, ALONE)
    live(grown, 1)
    live(world, 1, 0.01)
    eaten = (grown.fields.prey - world.fields.prey)[0, :, 0]
    taste = world.inputs.values[0, 0, u.p.PREY_TASTE : u.p.PREY_TASTE + 5]
    wish = taste * (before / 100.0) ** 1.5
    wanted = 0.01 * 3.15 * 365.25 / 4.0 * wish / (110.0**1.5 + wish.sum())
    np.testing.assert_allclose(eaten, wanted, rtol=1e-3)


def test_a_block_and_its_predators_come_to_their_equilibrium():
    """r N (1 - N/K) = predators * intake(N), from below and from above."""
    numbers = {**QUIET, **SIKA_ALONE, "ungulates.growth_sika": 0.1}
    world = prey_world(plain((5, 5)), numbers, ALONE)
    capacity = world.inputs.food_web.capacity[0, Prey.SIKA, 0]

    def net(n):
        x = n / 100.0
        return 0.1 * n * (1.0 - n / capacity) - 0.4 * 3.15 * 365.25 * x**1.5 / (110.0**1.5 + x**1.5)

    low, high = 0.3 * capacity, capacity
    assert net(low) > 0.0 > net(high)
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if net(middle) > 0.0 else (low, middle)
    for first in (0.3, 1.5):
        world.fields.prey[0, Prey.SIKA, 0] = first * capacity
        live(world, 4_000, 0.4)
        assert world.fields.prey[0, Prey.SIKA, 0] == pytest.approx(low, rel=0.01)


def test_the_reference_state_stands_still():
    """With mean winters and the leopards and tigers of today, a year brings every kind of every block back."""
    mean = {"ungulates.snow_variation": 0.0, "ungulates.swine_fever": 0.0}
    world = prey_world(uneven(), mean)
    inputs = world.inputs
    land, blocks = inputs.land, inputs.blocks
    inside = blocks.of_cell >= 0
    homes = np.bincount(blocks.of_cell[inside], (land.prey * land.is_habitat[0])[inside], len(blocks.size))
    before = world.fields.prey.copy()
    assert before.sum() == pytest.approx(land.prey.sum(), rel=1e-12)
    live(world, 120, homes / inputs.values[0, 0, u.p.PREY_PER_LEOPARD])
    np.testing.assert_allclose(world.fields.prey, before, rtol=1e-4)
    assert (inputs.food_web.capacity >= before).all()


def test_today_without_leopards_stays_within_a_fifth_for_thirty_years():
    world = prey_world(uneven(), replicates=40)
    before = totals(world).sum(axis=1)
    seen = []
    for year in range(30):
        for month in (2, 5, 8, 11):
            world.clock = Clock(12 * year + month, year, month, 1)
            u.step(world)
        seen.append(totals(world).sum(axis=1) / before)
    mean = np.mean(seen, axis=1)
    assert mean.max() < 1.2 and mean.min() > 0.8
    assert np.std(seen[-1]) > 0.003  # winters differ


def test_mass_is_kept_between_blocks_and_cells():
    world = prey_world(uneven(), replicates=2)
    inputs = world.inputs
    web, blocks, land = inputs.food_web, inputs.blocks, inputs.land
    sums = np.array([web.weight[cells[cells >= 0]].sum() for cells in blocks.cells])
    np.testing.assert_allclose(sums[web.start[0].sum(axis=0) > 0.0], 1.0, rtol=1e-12)
    rng = np.random.default_rng(1)
    world.fields.prey[:] *= rng.uniform(0.0, 3.0, world.fields.prey.shape) * (rng.random(world.fields.prey.shape) > 0.3)
    before = world.fields.prey.copy()
    u.spread_prey(world.fields, web, world.food_state, world.rates, blocks)
    np.testing.assert_allclose(world.fields.prey.sum(axis=2), before.sum(axis=2), rtol=1e-12)
    assert (world.fields.prey >= 0.0).all() and np.abs(world.fields.prey - before).max() > 1.0
    u.share_out(world.fields, web, world.food_state, world.rates, blocks, world.land)
    held = np.where(land.is_habitat[0] > 0, web.weight, 0.0)
    share = world.inputs.values[0, 0, u.p.CROP_SHARE]
    for r in range(2):
        mass = world.fields.prey[r].sum(axis=0)
        inside = np.where(blocks.of_cell >= 0, mass[blocks.of_cell], 0.0)
        np.testing.assert_allclose(world.land.food[r], share * inside * held, rtol=1e-12)


def test_prey_does_not_move_at_the_reference_state():
    world = prey_world(uneven())
    before = world.fields.prey.copy()
    u.spread_prey(world.fields, world.inputs.food_web, world.food_state, world.rates, world.inputs.blocks)
    np.testing.assert_array_equal(world.fields.prey, before)


def test_food_at_the_start_is_that_of_the_map_without_the_threat():
    on, off = prey_world(uneven(), threats=BOTH), prey_world(uneven(), threats=())
    for world in (on, off):
        world.renew_rates(0)
    before = on.land.food.copy()
    np.testing.assert_array_equal(before, off.land.food)
    u.share_out(on.fields, on.inputs.food_web, on.food_state, on.rates, on.inputs.blocks, on.land)
    np.testing.assert_allclose(on.land.food, before, rtol=1e-12)


def test_cover_moves_prey_within_its_block_and_changes_what_the_block_carries():
    world = prey_world(plain((10, 10)), QUIET, ALONE)
    oak = np.full(len(world.land.kind), Plants.OAK, np.uint8)
    world.cover = first_cover(oak, 1)
    room, share = np.zeros(world.food_state.eaten.shape), np.zeros((1, len(oak)))
    world.food_state = world.food_state._replace(cover=oak, room=room, share=share)

    def follow():
        web, blocks = world.inputs.food_web, world.inputs.blocks
        u.follow_cover(world.cover, web, world.food_state, world.rates, blocks, world.land)

    follow()
    assert (world.food_state.room[0] == pytest.approx(1.0)) and world.food_state.share.sum() == pytest.approx(4.0)
    first = world.inputs.blocks.cells[0]
    world.cover.kind[0, first[:10]] = Plants.FIELD  # 0.25 of what oak carries
    follow()
    assert world.food_state.room[0, 0] == pytest.approx((15 + 10 * 0.25) / 25)
    assert world.food_state.room[0, 1:] == pytest.approx(1.0)
    share = world.food_state.share[0, first]
    assert share.sum() == pytest.approx(1.0) and share[0] / share[-1] == pytest.approx(0.25)
    live(world, 4_000)
    capacity = world.inputs.food_web.capacity[0]
    np.testing.assert_allclose(world.fields.prey[0, :, 0], 0.7 * capacity[:, 0], rtol=1e-9)
    np.testing.assert_allclose(world.fields.prey[0, :, 1], capacity[:, 1], rtol=1e-9)


def test_snow_is_one_in_the_mean_and_fever_as_often_as_said():
    world = prey_world(plain((5, 5)), {"ungulates.swine_fever": 0.2}, ALONE)
    values = world.inputs.values[0, 0]
    key = world.inputs.keys[0, 0]
    snow = np.array([u.snow_of(values, key, year) for year in range(20_000)])
    assert abs(snow.mean() - 1.0) < 5 * snow.std() / np.sqrt(len(snow))
    assert abs(snow.std() - 0.5) < 0.05
    struck = 0
    for year in range(2_000):
        u.set_quarter(world.rates, world.food_state, key, 0, year, u.SUMMER, False)
        kept = world.food_state.quarter[0, u.KEPT : u.KEPT + 5]
        assert (kept[[Prey.SIKA, Prey.ROE, Prey.RED_DEER, Prey.SMALL]] == 1.0).all()
        assert kept[Prey.BOAR] in (1.0, pytest.approx(0.4))
        struck += kept[Prey.BOAR] < 1.0
    assert abs(struck - 400) < 5 * np.sqrt(2_000 * 0.2 * 0.8)


def test_hunting_multiplies_poaching_of_deer_alone():
    def left(hunting):
        world = prey_world(plain((5, 5)), {**QUIET, "ungulates.poaching": 0.4}, ALONE)
        world.fields = world.fields._replace(hunting=np.full((1, 1), hunting))
        live(world, 1)
        return world.fields.prey[0, :, 0]

    ratio = left(2.0) / left(0.0)
    deer = [Prey.SIKA, Prey.ROE, Prey.RED_DEER]
    assert ratio[deer] == pytest.approx(1.0 / 1.2) and ratio[[Prey.BOAR, Prey.SMALL]] == pytest.approx(1.0)
    plain_world = prey_world(plain((5, 5)), {**QUIET, "ungulates.poaching": 0.4}, ALONE)
    live(plain_world, 1)
    np.testing.assert_allclose(plain_world.fields.prey[0, :, 0], left(1.0), rtol=0.0)


def test_a_yearly_tick_lives_all_four_quarters():
    monthly, yearly = prey_world(uneven(), replicates=3), prey_world(uneven(), replicates=3, tick="year")
    for world in (monthly, yearly):
        world.fields.prey[:] *= 0.5
    for month in range(12):
        monthly.clock = Clock(month, 0, month, 1)
        u.step(monthly)
    yearly.clock = Clock(0, 0, 0, 12)
    u.step(yearly)
    np.testing.assert_array_equal(monthly.fields.prey, yearly.fields.prey)
    np.testing.assert_array_equal(monthly.land.food, yearly.land.food)
    assert replace(monthly.settings, months_a_tick=12) == yearly.settings
