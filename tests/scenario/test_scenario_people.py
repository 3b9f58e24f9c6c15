"""Studies with poaching or rangers that cannot be run, and what they are told."""

import numpy as np
import pytest

from orientalis.catalogue import load_threat
from orientalis.core.errors import InputError
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch, resolve
from orientalis.scenario.study import Study
from tests.engine.worlds import small_map
from tests.poachers import LEOPARD, threatened


def refusal(make):
    with pytest.raises(InputError) as refused:
        make()
    return str(refused.value)


def compiled(landscape=None, **more):
    return compile_batch(threatened(landscape or small_map(), **more), 0, 1)


def test_a_negative_price_is_refused():
    said = refusal(lambda: compiled(parameters={"poaching.skin_price": -1.0}))
    assert "poaching.skin_price" in said
    assert "-1" in said
    assert "kUSD" in said


def test_a_change_to_a_negative_price_is_refused():
    said = refusal(lambda: compiled(changes=[{"parameter": "poaching.bone_price", "add": -9.0}]))
    assert "poaching.bone_price" in said


def test_shares_above_one_are_refused():
    said = refusal(lambda: compiled(parameters={"poaching.trade_share": 0.6, "poaching.snare_share": 0.5}))
    assert "exceed 1" in said
    assert "1.3" in said
    assert "poaching.trade_share" in said


def test_shares_cannot_change_over_the_years():
    said = refusal(lambda: compiled(changes=[{"parameter": "poaching.trade_share", "set": 0.1}]))
    assert "describe today" in said
    assert "change[1]" in said


def test_shares_of_all_draws_are_held_to_one():
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": 1},
        "draws": {"number": 4},
        "start": {"animals": 10},
        "threats": {"poaching": True},
        "scenario": [{"name": "a"}],
    }
    specs = resolve(Study.model_validate(data), landscape=small_map())
    for spec in specs:
        values = compile_batch(spec, 0, 4).values
        assert np.isfinite(values).all()
    highs = [load_threat("poaching").quantities[f"poaching.{name}_share"].high
             for name in ("trade", "snare", "retaliation", "accident")]  # fmt: skip
    assert sum(highs) <= 1.0 + 1e-9


def test_a_post_in_the_sea_is_refused():
    land = np.ones((24, 30))
    land[3, 4] = 0
    posts = np.zeros((24, 30))
    posts[3, 4] = 1
    wet = synthetic((24, 30), people=0.5, land=land, posts=posts)
    said = refusal(lambda: compiled(wet, rangers=True))
    assert "post" in said
    assert "row 3, column 4" in said
    assert compiled(wet) is not None  # nobody asks for posts without rangers


def test_posts_of_the_map_are_used():
    posts = np.zeros((24, 30))
    posts[5, 6] = posts[20, 2] = 1
    inputs = compiled(synthetic((24, 30), people=0.5, posts=posts), rangers=True)
    assert len(inputs.villages.posts) == 2


def test_posts_are_chosen_on_land_in_villages():
    inputs = compiled(rangers=True)
    assert 1 <= len(inputs.villages.posts) <= 12
    assert (inputs.land.kind[inputs.villages.posts] == 1).all()


def test_a_team_needs_rangers():
    said = refusal(lambda: compiled(rangers=True, parameters={"rangers.persons": 0.0}))
    assert "rangers.persons" in said
    assert "1 to 50" in said


def test_rangers_need_poaching():
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": 1},
        "start": {"animals": 10},
        "threats": {"rangers": True},
        "scenario": [{"name": "a"}],
    }
    assert "needs poaching" in refusal(lambda: resolve(Study.model_validate(data), landscape=small_map()))


def test_poaching_needs_a_map_and_villages():
    assert "needs a map" in refusal(lambda: compile_batch(threatened(None), 0, 1))
    assert "needs villages" in refusal(lambda: compiled(synthetic((20, 20), people=0.1)))


def test_poaching_takes_the_place_of_killing():
    settings = compiled().settings
    assert settings.has_poaching
    assert not settings.has_killing
    assert not settings.has_rangers
