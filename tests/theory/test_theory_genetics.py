"""Genes follow the laws of drift and inbreeding; every cub's alleles are its parents'."""

import math

import numpy as np
import pytest

from orientalis.engine import scalars as p
from orientalis.engine.codes import Life
from orientalis.engine.founder_genes import drift
from orientalis.engine.genes import LOCI, is_lethal, lethal_chance
from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.simulate import begin, run_year
from orientalis.scenario import compile_batch
from tests.engine.worlds import small_map, watcher
from tests.theory.genes import couple, diversity, genetic_inputs, genetic_spec, inbreeding, unrelated

FULL_SIBS = (0.0, 0.25, 0.375, 0.5, 0.59375)
UNRELATED = {"genetics.burn_in_generations": 0.0}


def error_of(values):
    """Standard error of the mean over replicates."""
    return values.std(ddof=1) / math.sqrt(len(values))


def cycle_with(watch, after):
    """The life cycle with an onlooker after a process."""
    cycle = list(LIFE_CYCLE)
    cycle.insert([process.name for process in cycle].index(after) + 1, watcher(watch))
    return tuple(cycle)


def test_full_sib_mating():
    replicates = 1_500
    genes = unrelated(replicates, 2, 4)
    for generation, expected in enumerate(FULL_SIBS):
        old = 2 * (generation % 2)
        for r in range(replicates):
            for k in range(2):
                couple(genes, r, 2 - old + k, old, old + 1, key=71 + r, uid=2 * generation + k)
        got = inbreeding(genes)[:, 2 - old]
        assert abs(got.mean() - expected) <= 5 * error_of(got), generation
        assert error_of(got) < 0.003
    assert (genes.alleles < 4).all()


def test_heterozygosity_falls_as_in_an_ideal_population():
    """Parents drawn with replacement, selfing allowed: H_t = H_0 (1 - 1/2N)^t, H = 1 - sum p^2."""
    replicates, size, generations = 150, 10, 12
    random = np.random.default_rng(5)
    genes = unrelated(replicates, size, 2 * size)
    start = diversity(genes.alleles[:, :size])
    assert start == pytest.approx(1.0 - 1.0 / (2 * size))
    for generation in range(generations):
        old = size * (generation % 2)
        for r in range(replicates):
            for k in range(size):
                mother, father = old + random.integers(0, size, 2)
                couple(genes, r, size - old + k, mother, father, key=3 + r, uid=generation * size + k)
        got = diversity(genes.alleles[:, size - old : 2 * size - old])
        expected = start[0] * (1.0 - 1.0 / (2 * size)) ** (generation + 1)
        assert abs(got.mean() - expected) < 5 * error_of(got)
    assert error_of(got) < 0.02


@pytest.mark.parametrize(("size", "generations"), [(11.5, 5.0), (4.0, 3.0), (11.5, 0.0), (7.0, 1.0)])
def test_founders_are_as_related_as_drift_makes_them(size, generations):
    parameters = {"genetics.burn_in_size": size, "genetics.burn_in_generations": generations}
    world = begin(genetic_inputs(200, animals=40, parameters=parameters, start={"cubs": False}))
    found = inbreeding(world.genes)[:, :40].mean(axis=1)
    expected = 1.0 - (1.0 - 1.0 / (2.0 * size)) ** generations
    assert abs(found.mean() - expected) <= 5 * error_of(found)
    assert world.origin.start == pytest.approx(found, rel=1e-12)
    if generations > 0.0:
        diverse = diversity(world.genes.alleles[:, :40])
        assert abs(diverse.mean() - (1.0 - expected) * (1.0 - 1.0 / 80.0)) < 5 * error_of(diverse)


def test_absolute_inbreeding_counts_from_nothing():
    world = begin(genetic_inputs(4, animals=20, parameters={"genetics.absolute": 1.0}))
    assert (world.origin.start == 0.0).all()
    assert world.genes.inbred.max() > 0


@pytest.mark.parametrize("is_spatial", [True, False])
def test_every_cub_has_its_alleles_from_its_parents(is_spatial):
    landscape = small_map() if is_spatial else None
    spec = genetic_spec(animals=40, landscape=landscape, seed=8, parameters=UNRELATED)
    world = begin(compile_batch(spec, 0, 3))
    known = {}
    checked = died_before = 0

    def look(world):
        nonlocal checked, died_before
        animals = world.animals
        for r, s in zip(*np.nonzero(animals.life == Life.LIVING), strict=True):
            name = (int(r), int(animals.uid[r, s]))
            if name in known:
                continue
            alleles = known[name] = world.genes.alleles[r, s].copy()
            if world.clock.tick == 0 and animals.age[r, s] > 0:
                continue
            for side, parent in enumerate((animals.mother[r, s], animals.father[r, s])):
                theirs = known[int(r), int(parent)]
                assert ((alleles[:, side] == theirs[:, 0]) | (alleles[:, side] == theirs[:, 1])).all()
                taken = (alleles[:, side] == theirs[:, 1]) & (theirs[:, 0] != theirs[:, 1])
                assert 0 < taken.sum() < LOCI
            living = animals.uid[r, animals.life[r] == Life.LIVING]
            died_before += animals.father[r, s] not in living
            checked += 1
            assert world.genes.inbred[r, s] == (alleles[:, 0] == alleles[:, 1]).sum()

    cycle = cycle_with(look, "inheritance")
    for year in range(6):
        run_year(world, year, cycle)
    assert checked > 100
    assert died_before > 0


def test_gene_diversity_falls_as_the_pedigree_says():
    """The expectation of 1 - sum p^2 is 1 - the mean coancestry of the living, themselves included."""
    replicates, years, animals = 40, 12, 16
    start = {"cubs": False}
    inputs = genetic_inputs(
        replicates,
        animals=animals,
        ceiling=24,
        parameters={**UNRELATED, "genetics.lethal_equivalents": 0.0},
        start=start,
    )
    world = begin(inputs)
    kin: list[dict] = [{} for _ in range(replicates)]
    names = [[int(uid) for uid in world.animals.uid[r, :animals]] for r in range(replicates)]
    for r in range(replicates):
        for one in names[r]:
            kin[r][one] = {other: 0.5 * (one == other) for other in names[r]}

    def look(world):
        animals = world.animals
        for r, s in zip(*np.nonzero((animals.life == Life.LIVING) & (animals.age == 0)), strict=True):
            uid, mother, father = (int(x[r, s]) for x in (animals.uid, animals.mother, animals.father))
            table = kin[r]
            if uid in table or mother == 0:
                continue
            mine = {other: 0.5 * (table[other][mother] + table[other][father]) for other in names[r]}
            for other, value in mine.items():
                table[other][uid] = value
            table[uid] = {**mine, uid: 0.5 * (1.0 + table[mother][father])}
            names[r].append(uid)

    cycle = cycle_with(look, "inheritance")
    for year in range(years):
        run_year(world, year, cycle)
    differences = []
    for r in range(replicates):
        alive = world.animals.life[r] == Life.LIVING
        if alive.any():
            living = [int(uid) for uid in world.animals.uid[r, alive]]
            mean = np.mean([[kin[r][one][other] for other in living] for one in living])
            differences.append(diversity(world.genes.alleles[r : r + 1, alive])[0] - (1.0 - mean))
    assert len(differences) > 30
    assert abs(np.mean(differences)) < 5 * error_of(np.array(differences))
    assert error_of(np.array(differences)) < 0.01


def lethal_frequency(world):
    """Share of lethal alleles among the living, [replicate]."""
    found = []
    for r in range(world.animals.life.shape[0]):
        chance = lethal_chance(world.rates.values[0, 0])
        alive = world.animals.life[r] == Life.LIVING
        key = world.inputs.keys[r, 1]
        lethal = [
            [is_lethal(key, locus, allele, chance) for allele in range(world.origin.counted.shape[1])]
            for locus in range(LOCI)
        ]
        table = np.array(lethal)
        alleles = world.genes.alleles[r, alive]
        found.append(np.mean([table[locus, alleles[:, locus]].mean() for locus in range(LOCI)]) if alive.any() else 0.0)
    return np.array(found)


def test_lethals_purge_under_inbreeding_and_the_dead_are_homozygous():
    parameters = {
        **UNRELATED,
        "genetics.lethal_share": 1.0,
        "genetics.absolute": 1.0,
        "genetics.lethal_equivalents": 4.0,
        "survival.adult.female": 0.97,
    }
    world = begin(genetic_inputs(40, animals=16, ceiling=24, parameters=parameters, start={"cubs": False}))
    before = lethal_frequency(world)
    assert abs(before.mean() - 2.0 / LOCI) < 5 * error_of(before)
    for year in range(50):
        run_year(world, year)
    survived = (world.animals.life == Life.LIVING).any(axis=1)
    fall = (before - lethal_frequency(world))[survived]
    assert survived.sum() > 20
    assert fall.mean() > 5 * error_of(fall)
    chance = lethal_chance(world.rates.values[0, 0])
    for r, s in zip(*np.nonzero(world.animals.life == Life.LIVING), strict=True):
        same = world.genes.alleles[r, s, :, 0] == world.genes.alleles[r, s, :, 1]
        for locus in np.nonzero(same)[0]:
            allele = int(world.genes.alleles[r, s, locus, 0])
            assert not is_lethal(world.inputs.keys[r, 1], int(locus), allele, chance)


def test_the_first_animals_are_not_homozygous_for_a_lethal_and_their_cubs_loss_is_in_the_rates():
    parameters = {"genetics.lethal_share": 0.5, "genetics.burn_in_size": 4.0}
    world = begin(genetic_inputs(20, animals=30, parameters=parameters))
    chance = lethal_chance(world.rates.values[0, 0])
    dead = 0
    for r, s in zip(*np.nonzero(world.animals.life == Life.LIVING), strict=True):
        same = world.genes.alleles[r, s, :, 0] == world.genes.alleles[r, s, :, 1]
        dead += any(
            is_lethal(world.inputs.keys[r, 1], int(k), int(world.genes.alleles[r, s, k, 0]), chance)
            for k in np.nonzero(same)[0]
        )
    assert dead == 0
    assert (world.origin.spared > 0.0).any()
    assert world.rates.values[0, 0, p.LETHAL_SHARE] == 0.5


def test_drift_keeps_neutral_alleles_as_often_as_they_were():
    """A lethal cannot take a pool over: no two copies of an ancestor are the same lethal."""
    world = begin(genetic_inputs(1, animals=4, parameters={"genetics.burn_in_size": 4.0}))
    key = world.inputs.keys[0, 1]
    for locus in range(LOCI):
        now = drift(world.origin, key, 0, locus, 8, 6, 1.0)
        pool = world.origin.pool[0, now, locus, :8].reshape(4, 2)
        assert (pool[:, 0] != pool[:, 1]).all()
