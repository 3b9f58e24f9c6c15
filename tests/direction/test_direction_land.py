"""Raise a threat of the land, or an action against it: what it enters moves as it should, and nothing else does."""

from functools import cache

import numpy as np
import pytest

from orientalis.engine.simulate import simulate
from orientalis.geography import load_landscape
from orientalis.scenario import compile_batch, resolve
from orientalis.scenario.study import Study
from orientalis.verify.land_alone import LEOPARD, land_spec, mask_of, run_land
from tests.engine.worlds import small_map

REPLICATES = 8
STILL = {"forest.loss": 0.0, "forest.logging": 0.0, "forest.grass_years": 0.0, "forest.young_oak_years": 0.0}
STILL |= {"forest.oak_years": 0.0}


@cache
def burnt(path="", value=0.0, zone="everywhere"):
    """Cells burnt [year, replicate, cell] in three years on the real map, cover standing still."""
    changes = [{"parameter": path, "set": value, "zone": zone}] if path else []
    years = run_land(land_spec(load_landscape("southwest_primorye"), 3, STILL, changes), REPLICATES)
    return years.burnt, years.world


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("fire.crews", 0.5), ("fire.firebreaks", 0.5), ("fire.permits", 0.5), ("fire.guard", 0.9),
        ("fire.suppression", 0.95), ("fire.ignitions", 0.02), ("fire.spread", -2.2), ("fire.fuel_grass", 0.8),
    ],
)  # fmt: skip
def test_less_fire_burns_no_cell_that_more_fire_spares(path, value):
    """Paired worlds: with the same draws a lower chance can only turn a yes into a no, cell by cell."""
    before, _ = burnt()
    after, _ = burnt(path, value)
    assert not (after & ~before).any() or path == "fire.ignitions"  # other fires are tried: where, is drawn anew
    assert after.sum() < before.sum()


def test_crews_in_one_zone_spare_it_and_no_land_far_away():
    before, world = burnt()
    after, _ = burnt("fire.crews", 0.8, "survey_5710")
    landscape = load_landscape("southwest_primorye")
    inside = mask_of(landscape, "survey_5710", world)
    assert after[:, :, inside].sum() < 0.4 * before[:, :, inside].sum()
    outside = mask_of(landscape, "everywhere", world) & ~inside
    assert 0.95 * before[:, :, outside].sum() < after[:, :, outside].sum() <= before[:, :, outside].sum()


def test_the_guarded_reserve_alone_feels_its_guard():
    before, world = burnt()
    after, _ = burnt("fire.guard", 1.0)
    inside = mask_of(load_landscape("southwest_primorye"), "kedrovaya_pad", world)
    assert before[:, :, inside].any()
    assert not after[:, :, inside].any()


@cache
def animals(parameters=(), has_fire=True):
    """Tallies of five years with animals on the small map."""
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": 5, "tick": "month", "seed": 4},
        "start": {"animals": 40},
        "threats": {"forest": True, "fire": has_fire},
        "parameters": dict(parameters),
        "scenario": [{"name": "a"}],
    }
    spec = resolve(Study.model_validate(data), landscape=small_map())[0]
    return simulate(compile_batch(spec, 0, 60)).tallies


NO_EFFECT = {**STILL, "forest.cover_effect": 0.0, "forest.burning_effect": 0.0, "forest.road_effect": 0.0}


def test_fire_without_effect_on_habitat_changes_nothing_else():
    burning = animals(tuple({**NO_EFFECT, "fire.ignitions": 0.3}.items()))
    calm = animals(tuple({**NO_EFFECT, "fire.ignitions": 0.0}.items()))
    assert burning["land.burnt"].sum() > 1000
    for name, column in calm.items():
        if not name.startswith("land."):
            assert np.array_equal(column, burning[name]), name


@pytest.mark.parametrize("threat", ["burning", "logging"])
def test_more_of_a_threat_leaves_less_habitat_and_no_more_animals(threat):
    dry = {f"fire.fuel_{kind}": 0.9 for kind in ("young_oak", "oak", "conifer")}
    raised = {"burning": {**dry, "fire.ignitions": 0.6, "forest.loss": 0.5}, "logging": {"forest.logging": 0.2}}[threat]
    more = animals(tuple({**STILL, "forest.cover_effect": 1.5, **raised}.items()))
    less = animals(tuple({**STILL, "forest.cover_effect": 1.5, "fire.ignitions": 0.02}.items()))
    for year in range(1, 6):
        habitat = [tally["land.habitat"][tally["year"] == year].sum() for tally in (more, less)]
        assert habitat[0] <= habitat[1], year
    assert habitat[0] < 0.99 * habitat[1]
    adults = [tally["number.adult_female"][tally["year"] == 5].sum() for tally in (more, less)]
    assert adults[0] <= adults[1]
