"""The land at the start is no threat of its own: still without its rates, stationary with them."""

from functools import cache

import numpy as np

from orientalis.engine.codes import Plants
from orientalis.geography import load_landscape, potential_habitat
from orientalis.verify.land_alone import land_spec, mask_of, run_land
from tests.engine.worlds import small_map

STILL = {
    "fire.ignitions": 0.0,
    "forest.logging": 0.0,
    "forest.grass_years": 0.0,
    "forest.young_oak_years": 0.0,
    "forest.oak_years": 0.0,
}


@cache
def thirty_years():
    """The real land, 30 years of today's fires and logging."""
    landscape = load_landscape("southwest_primorye")
    return landscape, run_land(land_spec(landscape, 30), 5)


def test_without_rates_nothing_changes():
    landscape = small_map()
    years = run_land(land_spec(landscape, 4, STILL), 3)
    land, start = years.world.land, years.world.inputs.land
    assert (years.habitat == start.is_habitat).all()
    assert (land.suitability == start.suitability).all()
    assert (years.plants == years.world.inputs.ground.plants).all()
    assert not years.burnt.any()


def test_with_rates_the_map_begins_as_today():
    landscape, years = thirty_years()
    today = mask_of(landscape, "everywhere", years.world) & (years.world.inputs.land.is_habitat[0] > 0)
    assert today.sum() == potential_habitat(landscape).sum()


def test_forest_of_the_surveyed_area_stays_at_its_share():
    """57 % forest (WCS), within 5 points over 30 years."""
    landscape, years = thirty_years()
    cells = mask_of(landscape, "survey_5710", years.world)
    share = (years.plants[:, :, cells] >= Plants.YOUNG_OAK).mean(axis=(1, 2))
    assert (np.abs(share - 0.57) < 0.05).all(), (share[0], share[-1])


def test_habitat_stays_within_a_tenth():
    landscape, years = thirty_years()
    for zone in ("range_today", "survey_5710", "everywhere"):
        cells = mask_of(landscape, zone, years.world)
        area = years.habitat[:, :, cells].mean(axis=(1, 2))
        first = years.world.inputs.land.is_habitat[0, cells].mean()
        assert (np.abs(area / first - 1.0) < 0.1).all(), (zone, first, area[-1])


def test_suitability_is_the_logistic_of_the_moved_logit():
    """All cover one class higher: each level lies within one of the logistic function's."""
    landscape = small_map()
    world = run_land(land_spec(landscape, 1, {**STILL, "forest.cover_effect": 0.7}), 1).world
    from orientalis.engine.processes.habitat import HABITAT

    is_low = (world.cover.kind[0] < Plants.CONIFER) & (world.land.kind == 1)
    world.cover.kind[0, is_low] += 1
    HABITAT.step(world)
    wanted = 255.0 / (1.0 + np.exp(-(world.inputs.ground.logit + 0.7)))
    assert is_low.sum() > 100
    assert np.abs(world.land.suitability[0, is_low] - wanted[is_low]).max() <= 1.0
    moved = world.inputs.ground.logit + 0.7 >= world.inputs.ground.threshold
    assert np.array_equal(world.land.is_habitat[0, is_low] > 0, moved[is_low])
