"""The processes of the food web keep to what they declare, and slots leave no trace in what they do."""

from dataclasses import replace

import numpy as np
import pytest

from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.processes import ungulates
from orientalis.engine.simulate import begin, run_year
from orientalis.scenario import compile_batch
from tests.engine.prey_worlds import spec_with, uneven

MINE = ("ungulates", "hunger", "tigers", "tiger_attacks")
PARTS = ("animals", "slots", "ranges", "land", "fields", "strain", "food_state", "rates", "scratch")


def arrays_of(world):
    found = {"tally": world.tally.copy()}
    for part in PARTS:
        for name, value in getattr(world, part)._asdict().items():
            if isinstance(value, np.ndarray):
                found[f"{part}.{name}"] = value.copy()
    for name, value in world.inputs.food_web._asdict().items():
        found[f"inputs.food_web.{name}"] = value.copy()
    return found


@pytest.fixture(scope="module")
def changed():
    """Names of the arrays that each process changed in three years."""
    seen = {name: set() for name in MINE}

    def watched(process):
        def step(world):
            before = arrays_of(world)
            process.step(world)
            after = arrays_of(world)
            for name, old in before.items():
                if not np.array_equal(old, after[name]):
                    seen[process.name].add(name)

        return replace(process, step=step) if process.name in MINE else process

    numbers = {"tigers.leopard_hazard": 0.5, "tigers.poaching": 0.2}
    worse = [{"parameter": "ungulates.quota_sika", "set": 1.0}]
    world = begin(compile_batch(spec_with(uneven(), numbers, animals=20, change=worse), 0, 3))
    for year in range(3):
        run_year(world, year, tuple(watched(process) for process in LIFE_CYCLE))
    return seen


@pytest.mark.parametrize("name", MINE)
def test_a_process_writes_only_what_it_declares(changed, name):
    process = next(process for process in LIFE_CYCLE if process.name == name)
    assert changed[name]
    undeclared = [
        each for each in changed[name] if not any(each == w or each.startswith(f"{w}.") for w in process.writes)
    ]
    assert undeclared == []


def test_mouths_do_not_depend_on_the_order_of_slots():
    world = begin(compile_batch(spec_with(uneven(), animals=20), 0, 1))

    def mouths():
        blocks = world.inputs.blocks
        ungulates.count_mouths(world.animals, world.slots, world.ranges, blocks, world.food_state)
        return world.food_state.demand.copy()

    first = mouths()
    assert first.sum() > 15e6
    high = int(world.slots.high[0])
    order = np.random.default_rng(3).permutation(high)
    for arrays in (world.animals, world.ranges):
        for array in arrays:
            array[0, :high] = array[0, order]
    np.testing.assert_array_equal(mouths(), first)
