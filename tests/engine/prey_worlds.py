"""Small worlds with prey and tigers as populations of their own, for tests."""

import numpy as np

from orientalis.engine.food_web import KINDS
from orientalis.engine.simulate import empty_world
from orientalis.geography import synthetic
from orientalis.scenario import compile_batch, resolve
from orientalis.scenario.study import Study

LEOPARD = "panthera_pardus_orientalis"
PREY = ("sika", "roe", "boar", "red_deer", "small")
BOTH = ("ungulates", "tigers")
SIKA_ALONE = {f"ungulates.density_{prey}": 0.0 for prey in PREY[1:]}
# No winters, fevers, hunters nor, at the reference state, leopards to speak of: the land carries what is there.
QUIET = {
    **{f"ungulates.{key}_{prey}": 0.0 for key in ("winter", "quota") for prey in PREY},
    "ungulates.poaching": 0.0,
    "ungulates.swine_fever": 0.0,
    "ungulates.snow_variation": 0.0,
    "ungulates.prey_per_leopard": 1e6,
}


def plain(shape=(20, 20), prey=160.0, **more):
    """Uniform good habitat."""
    return synthetic(shape, prey=prey, **more)


def uneven():
    """Prey from poor to rich, water, some land without habitat."""
    y, x = np.mgrid[0:18, 0:23]
    land = (x > 1) & ((y < 7) | (y > 9) | (x < 11))
    return synthetic(
        (18, 23),
        prey=40.0 + 20.0 * ((3 * x + 5 * y) % 11),
        habitat=np.where((x + y) % 4 == 0, 0.2, 0.9),
        land=land.astype(int),
        zones={"west": x < 12, "east": x >= 12},
    )


def spec_with(landscape, parameters=None, threats=BOTH, animals=10, years=5, seed=3, tick="month", change=()):
    """A study on a map with prey, and tigers."""
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": years, "tick": tick, "seed": seed},
        "start": {"animals": animals},
        "threats": dict.fromkeys(threats, True),
        "parameters": dict(parameters or {}),
        "scenario": [{"name": "a", "change": list(change)}],
    }
    return resolve(Study.model_validate(data), landscape=landscape)[0]


def prey_world(landscape, parameters=None, threats=BOTH, replicates=1, **more):
    """A world with prey and without leopards."""
    return empty_world(compile_batch(spec_with(landscape, parameters, threats, **more), 0, replicates))


def totals(world):
    """Kg of each kind over all blocks, [replicate, kind]."""
    found = world.fields.prey.sum(axis=2)
    assert found.shape[1] == KINDS
    return found
