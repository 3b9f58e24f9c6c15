"""What inbreeding costs: exp(-6 dF) over a life, nothing at the reference state, split as the catalogue says."""

import math

import numpy as np
import pytest

from orientalis.engine.codes import Life
from orientalis.engine.genes import LOCI
from orientalis.engine.processes.inheritance import INHERITANCE
from orientalis.engine.simulate import begin, run_year
from orientalis.scenario import compile_batch
from orientalis.verify.cases.inbreeding import cohort, ratio
from tests.theory.genes import genetic_inputs, genetic_spec

START = 16  # loci identical by descent at which the load is 0
REPLICATES = 150


@pytest.fixture(scope="module")
def reference():
    return cohort(START, START, REPLICATES, 0.7)


@pytest.mark.parametrize("loci", [8, 12, 20, 24, 32])
def test_one_cohort_lives_and_is_born_by_the_exponential_of_its_inbreeding(loci, reference):
    excess = (loci - START) / LOCI
    births, alive = cohort(loci, START, REPLICATES, 0.7)
    got, error = ratio(births, reference[0])
    assert abs(got - math.exp(-2.0 * excess)) < 5 * error
    got, error = ratio(alive, reference[1])
    assert abs(got - math.exp(-6.0 * excess)) < 5 * error
    assert error < 0.04 * math.exp(-6.0 * excess) + 0.01


def begun(parameters=None, seed=1, replicates=40):
    """A world whose first animals have their load."""
    world = begin(genetic_inputs(replicates, animals=60, parameters=parameters, seed=seed))
    INHERITANCE.step(world)
    return world


def test_each_part_of_the_load_sums_to_its_share_over_its_stage():
    world = begun()
    weight, classes = world.origin.weight[0], world.inputs.classes
    for sex in range(2):
        end = int(world.rates.ages[0, sex])
        assert end > 24
        for stage, ages in enumerate((range(12), range(12, end))):
            total = sum(weight[sex, stage, classes.of_age[age]] for age in ages)
            assert total == pytest.approx(1.0, rel=1e-12)


def test_the_load_is_that_of_the_formula_for_every_animal():
    world = begun()
    animals, rates = world.animals, world.rates
    alive = animals.life == Life.LIVING
    excess = world.genes.inbred / LOCI - world.origin.start[:, None]
    assert abs(excess[alive].mean()) < 1e-12
    cls = world.inputs.classes.of_age[animals.age]
    share = np.where(animals.age < 12, 1.0 / 6.0, 0.5)
    weight = world.origin.weight[0][animals.sex, (animals.age >= 12).astype(int), cls]
    expected = np.where(animals.age < rates.ages[0, animals.sex], 6.0 * share * weight * excess, 0.0)
    np.testing.assert_allclose(world.strain.load[alive], expected[alive], rtol=1e-12, atol=1e-15)
    assert (world.strain.load[alive] > 0.0).any()
    assert (world.strain.load[alive] < 0.0).any()


def test_at_the_reference_state_survival_is_what_it_was():
    """Mean yearly survival of the first animals' classes, load on or off: within a point, at the catalogue's values."""
    world = begun(replicates=300)
    animals, rates = world.animals, world.rates
    for cls in range(world.inputs.layout.classes):
        for sex in range(2):
            chance = rates.death[:, 0, sex, cls]
            who = (animals.life == Life.LIVING) & (animals.sex == sex)
            who &= animals.age < rates.ages[0, sex]
            r, s = np.nonzero(who)
            stage = int(world.inputs.classes.of_age[:12].max() < cls)
            excess = (world.genes.inbred[r, s] / LOCI) - world.origin.start[r]
            load = 6.0 * (1.0 / 6.0, 0.5)[stage] * world.origin.weight[0, sex, stage, cls] * excess
            hazard = np.maximum(-np.log(1.0 - chance[r]) + load, 0.0)
            with_load, without = np.exp(-12.0 * hazard), (1.0 - chance[r]) ** 12
            assert abs((with_load - without).mean()) < 0.01, (cls, sex)


def test_births_at_the_reference_state_are_as_many():
    births = []
    for lethal_equivalents in (0.0, 12.0):
        inputs = genetic_inputs(
            300,
            animals=60,
            parameters={"genetics.lethal_equivalents": lethal_equivalents},
            start={"ages": "uniform", "youngest": 5, "oldest": 6},
        )
        world = begin(inputs)
        run_year(world, 0)
        births.append(world.tally[:, 0, 8:10].sum(axis=1).astype(float))
    got, error = ratio(births[1], births[0])
    assert abs(got - 1.0) < 0.01 + 5 * error
    assert error < 0.01


def test_genetics_off_leaves_no_trace_of_load():
    spec = genetic_spec(animals=20)
    inputs = compile_batch(spec, 0, 2)
    assert inputs.settings.has_strain
    world = begun({"genetics.lethal_equivalents": 0.0})
    assert (world.strain.load == 0.0).all()
