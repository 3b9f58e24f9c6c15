"""Raise what drives poaching, or what guards against it: each enters with the right sign, exactly, block by block.

Adults of paired worlds follow: not more with a higher price, not fewer with more rangers (one-sided 99 %). The
documented opposite path: a block that is patrolled more sends hunters to others.
"""

from functools import cache

import numpy as np
import pytest

from orientalis.engine.people import ACCIDENT, CHANCE, CHANNELS, RETALIATION, SNARES, TRADE, WAYS
from orientalis.engine.simulate import begin, run_year, simulate
from orientalis.scenario import compile_batch
from tests.engine.worlds import small_map
from tests.poachers import process, threatened
from tests.theory.test_theory_poaching import country

NINETY_NINE = 2.326
PAIRS, YEARS = 200, 12
ALL = tuple(range(CHANNELS))
HUNTS = (TRADE, CHANCE, SNARES)
# Change of a parameter -> channels whose danger it moves up or down in every block where there is any. Snares compete
# with guns: what pays for both, or threatens both, moves the one that it concerns more and may move the other back.
CHANGES = {
    ("poaching.skin_price", 4.0): ((TRADE,), (CHANCE, SNARES)),
    ("poaching.bone_price", 4.0): ((TRADE,), (CHANCE, SNARES)),
    ("poaching.deer_value", 1.5): ((CHANCE,), (TRADE,)),
    ("poaching.wage", 1.5): ((), HUNTS),
    ("poaching.fine", 5.0): ((CHANCE, SNARES), (TRADE, RETALIATION)),
    ("poaching.prison", 5.0): ((CHANCE, SNARES), (TRADE, RETALIATION)),
    ("poaching.game_fine", 5.0): ((TRADE,), (CHANCE,)),
    ("poaching.conviction_chance", 2.0): ((TRADE, SNARES), (CHANCE,)),
    ("poaching.conviction_snares", 2.0): ((TRADE, CHANCE), (SNARES,)),
    ("poaching.conviction_trade", 5.0): ((CHANCE, SNARES), (TRADE,)),
    ("poaching.conviction_retaliation", 5.0): ((), (RETALIATION,)),
    ("poaching.attitude", 0.5): ((), (*HUNTS, RETALIATION)),
    ("poaching.compensation", 1.8): ((), (RETALIATION,)),
    ("poaching.distance_cost", 2.0): ((), HUNTS),
    ("poaching.offroad_cost", 2.0): ((), ()),
    ("poaching.traffic", 2.0): ((ACCIDENT,), ()),
    ("poaching.roads_open", 0.5): ((), (ACCIDENT,)),
    ("poaching.snare_decay", 2.0): ((), (SNARES,)),
    ("poaching.snares_a_day", 2.0): ((SNARES,), ()),
}
AS_THEY_WERE = {
    "poaching.conviction_retaliation": (*HUNTS, ACCIDENT),
    "poaching.compensation": (*HUNTS, ACCIDENT),
    "poaching.traffic": (*HUNTS, RETALIATION),
    "poaching.snare_decay": (TRADE, CHANCE, RETALIATION, ACCIDENT),
    "poaching.snares_a_day": (TRADE, CHANCE, RETALIATION, ACCIDENT),
    "poaching.skin_price": (RETALIATION, ACCIDENT),
    "poaching.wage": (ACCIDENT,),
    "poaching.attitude": (ACCIDENT,),
}


def danger(*changes):
    """Danger [block, channel] after the hunters' first decision."""
    world = begin(compile_batch(threatened(country(), changes=changes, animals=20), 0, 1))
    world.clock = world.clock._replace(months=1)
    process("environment").step(world)
    process("poaching").step(world)
    return np.diff(world.poachers.danger[0], axis=1, prepend=0.0)


@cache
def today():
    return danger()


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
def test_danger_moves_with_the_right_sign_in_every_block(change):
    path, factor = change
    up, down = CHANGES[change]
    before, after = today(), danger({"parameter": path, "multiply": factor})
    # Sums over channels lose the last digits of what they hold: differences of a billionth are none.
    noise = 1e-9 * before.sum(axis=1)
    for channel in ALL:
        is_there = before[:, channel] > 1e-6
        moved = (after - before)[:, channel]
        if channel in up:
            assert (moved[is_there] > noise[is_there]).mean() > 0.98
            assert (moved >= -noise).all()
        if channel in down:
            assert (moved[is_there] < -noise[is_there]).mean() > 0.98
            assert (moved <= noise).all()
        if channel in AS_THEY_WERE.get(path, ()):
            np.testing.assert_allclose(moved, 0.0, atol=noise.max())


def test_the_cost_off_the_road_spares_blocks_far_from_roads():
    before, after = today(), danger({"parameter": "poaching.offroad_cost", "multiply": 3.0})
    world = begin(compile_batch(threatened(country(), animals=20), 0, 1))
    far = (world.inputs.villages.track == 0.0) & (before[:, CHANCE] > 1e-6)
    near = (world.inputs.villages.track == 1.0) & (before[:, CHANCE] > 1e-6)
    assert (after[far, CHANCE] < before[far, CHANCE]).all()
    assert (after[near, CHANCE] > before[near, CHANCE]).all()


def test_a_patrolled_block_is_spared_and_the_others_pay():
    """The opposite path: hunters go elsewhere, or to a job."""
    world = begin(compile_batch(threatened(country(), rangers=True, animals=20), 0, 1))
    step = process("poaching").step
    world.fields.patrol[:] = 0.0
    step(world)
    before = world.poachers.effort[0].copy()
    block = int(before.sum(axis=0).argmax())
    world.fields.patrol[0, block] = 200.0
    step(world)
    after = world.poachers.effort[0]
    others = np.delete(np.arange(before.shape[1]), block)
    assert (after[:, block] < before[:, block]).all()
    assert (after[:, others] >= before[:, others]).all()
    assert (after[:, others] > before[:, others]).any()
    assert after.sum() < before.sum()
    assert after[:, others].sum() - before[:, others].sum() > 0.0
    assert len(after) == WAYS


def test_deer_hunting_follows_the_effort():
    world = begin(compile_batch(threatened(country(), animals=20), 0, 1))
    run_year(world, 0)
    reached = world.poachers.take[0] > 1e-9
    assert reached.any()
    dearer = [{"parameter": "poaching.deer_value", "multiply": 1.2}]
    more = begin(compile_batch(threatened(country(), animals=20, changes=dearer), 0, 1))
    run_year(more, 0)
    assert (more.fields.hunting[0][reached] > 1.0).all()
    np.testing.assert_allclose(world.fields.hunting[0][reached], 1.0, rtol=1e-12)


def adults(*changes, rangers=False):
    """Adults [pair] after some years, where people kill much."""
    killing = {f"killing.{stage}": 0.08 for stage in ("cub", "juvenile", "subadult", "adult")}
    spec = threatened(small_map(), rangers=rangers, parameters=killing, changes=changes, years=YEARS, seed=17)
    tallies = simulate(compile_batch(spec, 0, PAIRS)).tallies
    last = tallies["year"] == YEARS
    total = np.zeros(PAIRS)
    for name in ("number.adult_female", "number.adult_male"):
        np.add.at(total, tallies["replicate"][last], tallies[name][last])
    return total


@pytest.mark.parametrize(
    ("path", "factor", "sign"), [("poaching.skin_price", 8.0, -1), ("rangers.teams", 8.0, 1)], ids=["price", "rangers"]
)
def test_adults_follow(path, factor, sign):
    base = adults(rangers=True)
    difference = adults({"parameter": path, "multiply": factor}, rangers=True) - base
    error = difference.std(ddof=1) / np.sqrt(PAIRS)
    print(f"{path}: {base.mean():.2f} adults, {difference.mean():+.2f} (standard error {error:.2f})")
    assert difference.any()
    assert sign * difference.mean() > -NINETY_NINE * error
