"""Fire and forest against exact answers: waiting times, percolation on a line, the chain of succession."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import expm

from orientalis.engine.codes import Plants
from orientalis.engine.processes.fire import prepare, spread
from orientalis.geography import synthetic
from orientalis.verify.land_alone import land_spec, run_land

OFF = {"fire.dryness": 0.0, "fire.wind": 0.0, "fire.slope": 0.0, "fire.spread": -20.0, "forest.loss": 0.0}
CALM = {**OFF, "forest.grass_years": 0.0, "forest.young_oak_years": 0.0, "forest.oak_years": 0.0, "forest.logging": 0.0}
GRASS, OAK = 0.3, 0.7  # habitat that the rule for made-up maps makes grass, mature oak


def spec_on(landscape, years, parameters, has_fire=True):
    """All land is habitat, so that the start finds a place."""
    return land_spec(replace(landscape, threshold=0.0), years, parameters, has_fire=has_fire)


def within_five_errors(got, wanted, error):
    return abs(got - wanted) < 5.0 * error


def test_without_spread_a_cell_waits_for_fire_as_the_geometric_law_says():
    rate, years, replicates = 0.25, 8, 25
    spec = spec_on(synthetic((20, 20), habitat=GRASS), years, {**CALM, "fire.ignitions": rate})
    burnt = run_land(spec, replicates).burnt
    land = burnt.any(axis=(0, 1))
    waits = ~np.logical_or.accumulate(burnt[:, :, land], axis=0)
    number = waits[0].size
    assert number == 400 * replicates
    for year in range(years):
        wanted = math.exp(-rate * (year + 1))
        error = math.sqrt(wanted * (1.0 - wanted) / number)
        assert within_five_errors(waits[year].mean(), wanted, error), year


def test_fires_of_half_the_fuel_are_half_as_many():
    replicates = 25
    parameters = {**CALM, "fire.ignitions": 0.2, "fire.fuel_grass": 0.5}
    burnt = run_land(spec_on(synthetic((20, 20), habitat=GRASS), 4, parameters), replicates).burnt
    share = burnt.sum() / (4 * 400 * replicates)
    wanted = 1.0 - math.exp(-0.1)
    assert within_five_errors(share, wanted, math.sqrt(wanted * (1.0 - wanted) / (4 * 400 * replicates)))


@pytest.fixture(scope="module")
def line():
    """A world of one row of grass, at the end of a quiet year."""
    spec = spec_on(synthetic((1, 81), habitat=GRASS), 1, {**CALM, "fire.ignitions": 0.0, "fire.spread": 0.0})
    return run_land(spec, 1).world


def run_from(world, starts, season):
    """Cells that burn when the cells `starts` are lit, in one season."""
    tinder = world.tinder
    prepare(tinder, world.rates, 0, 0.0, 0)
    tinder.queue[: len(starts)] = starts
    tinder.mark[list(starts)] = tinder.stamp[0]
    key = world.inputs.keys[0, 0]
    count = spread(world.cover, tinder, world.land, world.inputs.ground, key, season, 0, len(starts))
    return set(tinder.queue[:count].tolist())


def test_fire_on_a_line_runs_as_far_as_percolation_says(line):
    seasons, p = 20_000, 0.5
    middle = (1 << line.land.shift) + 41
    size = np.array([len(run_from(line, [middle], season)) for season in range(seasons)])
    variance = 2.0 * p / (1.0 - p) ** 2
    assert within_five_errors(size.mean(), 1.0 + 2.0 * p / (1.0 - p), math.sqrt(variance / seasons))
    for wanted, got in (((1 - p) ** 2, size == 1), (2 * p * (1 - p) ** 2, size == 2), (3 * p * p / 4, size == 3)):
        assert within_five_errors(got.mean(), wanted, math.sqrt(wanted * (1 - wanted) / seasons))


def test_the_order_in_which_cells_burn_plays_no_part():
    spec = spec_on(synthetic((30, 30), habitat=GRASS), 1, {**CALM, "fire.ignitions": 0.0, "fire.spread": -1.0})
    world = run_land(spec, 1).world
    cells = np.nonzero(world.land.kind == 1)[0][[40, 300, 555, 800]].tolist()
    for season in range(30):
        together = run_from(world, cells, season)
        assert together == run_from(world, cells[::-1], season)
        assert together == set().union(*(run_from(world, [cell], season) for cell in cells))


def test_a_barrier_stops_fire():
    land = np.ones((9, 9), int)
    land[:, 4] = 0
    parameters = {**CALM, "fire.ignitions": 0.0, "fire.spread": 20.0}
    world = run_land(spec_on(synthetic((9, 9), habitat=GRASS, land=land), 1, parameters), 1).world
    burnt = run_from(world, [(1 << world.land.shift) + 1], 3)
    assert len(burnt) == 36


def test_succession_is_the_markov_chain_of_its_rates():
    years, replicates = 6, 25
    parameters = {"forest.grass_years": 4.0, "forest.young_oak_years": 6.0, "forest.oak_years": 12.0}
    spec = spec_on(synthetic((20, 20), habitat=GRASS), years, {**parameters, "forest.logging": 0.0}, has_fire=False)
    found = run_land(spec, replicates)
    land = found.world.land.kind == 1
    rates = [1 / 4, 1 / 6, 1 / 12]
    chain = np.zeros((4, 4))
    for place, rate in enumerate(rates):
        chain[place, place], chain[place, place + 1] = -rate, rate
    for year in range(years):
        wanted = expm(chain * (year + 1))[0]
        number = land.sum() * replicates
        for place, kind in enumerate((Plants.GRASS, Plants.YOUNG_OAK, Plants.OAK, Plants.CONIFER)):
            got = (found.plants[year][:, land] == kind).mean()
            error = math.sqrt(wanted[place] * (1.0 - wanted[place]) / number)
            assert within_five_errors(got, wanted[place], error), (year, kind)


def test_logging_takes_mature_cells_at_its_rate_and_leaves_a_road():
    years, replicates, rate = 5, 25, 0.1
    parameters = {**CALM, "fire.ignitions": 0.0, "forest.logging": rate}
    found = run_land(spec_on(synthetic((20, 20), habitat=OAK), years, parameters, has_fire=True), replicates)
    land = found.world.land.kind == 1
    wanted = math.exp(-rate * years)
    error = math.sqrt(wanted * (1.0 - wanted) / (land.sum() * replicates))
    is_oak = found.plants[-1][:, land] == Plants.OAK
    assert within_five_errors(is_oak.mean(), wanted, error)
    assert np.array_equal(found.world.cover.road[:, land] > 0, ~is_oak)
