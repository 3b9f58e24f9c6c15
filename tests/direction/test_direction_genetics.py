"""More lethal equivalents: the hazard of each inbred animal rises in proportion, and adults do not become more."""

import math
from functools import cache

import numpy as np

from orientalis.engine.codes import Life, Stage
from orientalis.engine.processes.inheritance import INHERITANCE
from orientalis.engine.simulate import begin, simulate
from orientalis.scenario import compile_batch
from orientalis.verify.worlds import counted, spec_of
from tests.engine.worlds import LEOPARD, small_map

PAIRS, YEARS, ANIMALS = 500, 15, 40
NINETY_NINE = 2.326


def inputs_at(lethal_equivalents, pairs, years=YEARS):
    spec = spec_of(
        LEOPARD,
        animals=ANIMALS,
        years=years,
        tick="month",
        landscape=small_map(),
        threats=("genetics",),
        parameters={"genetics.lethal_equivalents": lethal_equivalents, "genetics.absolute": 1.0},
        seed=17,
    )
    return compile_batch(spec, 0, pairs)


@cache
def adults(lethal_equivalents):
    """Adults at the end, [replicate]."""
    records = simulate(inputs_at(lethal_equivalents, PAIRS))
    return sum(counted(records, PAIRS, YEARS, f"number.adult_{sex}") for sex in ("female", "male"))


def test_the_hazard_rises_with_the_load_in_exact_proportion():
    loads = []
    for lethal_equivalents in (4.0, 12.0):
        world = begin(inputs_at(lethal_equivalents, 20, 1))
        INHERITANCE.step(world)
        loads.append(world.strain.load.copy())
        alive = world.animals.life == Life.LIVING
        young = alive & (world.animals.age < world.rates.ages[0, world.animals.sex])
    np.testing.assert_allclose(loads[1], 3.0 * loads[0], rtol=1e-12)
    is_inbred = young & (world.genes.inbred > 0)
    assert is_inbred.sum() > 100
    assert (loads[1][is_inbred] > loads[0][is_inbred]).all()
    assert (loads[1][alive & ~young] == 0.0).all()


def test_adults_do_not_become_more_and_visibly_fall():
    assert Stage.ADULT == 3
    change = adults(12.0) - adults(4.0)
    error = change.std(ddof=1) / math.sqrt(PAIRS)
    assert change.mean() < NINETY_NINE * error
    assert change.mean() < -NINETY_NINE * error
