"""The land of a study without its animals: years of fire, succession and logging, for calibration and for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from orientalis.engine.life_cycle import LIFE_CYCLE
from orientalis.engine.scalars import MONTHS
from orientalis.engine.simulate import begin, run_year
from orientalis.engine.world import World
from orientalis.geography import Landscape
from orientalis.scenario import RunSpec, compile_batch, resolve
from orientalis.scenario.study import Study

LEOPARD = "panthera_pardus_orientalis"
_LAND = tuple(process for process in LIFE_CYCLE if process.name in ("environment", "forest", "habitat", "fire"))

Flags = npt.NDArray[np.bool_]


class Years(NamedTuple):
    """What the land went through: burnt [year, replicate, cell] in a year; plants [year, replicate, cell] at its end;
    habitat [year, replicate, cell]; the world at the end.
    """

    burnt: Flags
    plants: npt.NDArray[np.uint8]
    habitat: npt.NDArray[np.uint8]
    world: World


def land_spec(
    landscape: Landscape,
    years: int,
    parameters: Mapping[str, float] | None = None,
    changes: Sequence[Mapping[str, Any]] = (),
    has_fire: bool = True,
    seed: int = 1,
) -> RunSpec:
    """A study of the leopard with forest, and fire where it is wanted; `parameters` in place of the catalogue's."""
    data = {
        "species": LEOPARD,
        "run": {"replicates": 1, "years": years, "tick": "month", "seed": seed},
        "start": {"animals": 1, "cubs": False},
        "threats": {"forest": True, "fire": has_fire},
        "parameters": dict(parameters or {}),
        "scenario": [{"name": "status_quo", "change": [dict(change) for change in changes]}],
    }
    return resolve(Study.model_validate(data), landscape=landscape)[0]


def run_land(spec: RunSpec, replicates: int) -> Years:
    """All years of the study, its animals left out."""
    inputs = compile_batch(spec, 0, replicates)
    world = begin(replace(inputs, founders=inputs.founders._replace(animals=0)))
    burnt, plants, habitat = [], [], []
    for year in range(spec.years):
        run_year(world, year, _LAND)
        world.tally[:] = 0
        burnt.append(world.cover.burnt >= year * MONTHS)
        plants.append(world.cover.kind.copy())
        habitat.append(world.land.is_habitat.copy())
    return Years(np.array(burnt), np.array(plants), np.array(habitat), world)


def mask_of(landscape: Landscape, zone: str, world: World) -> Flags:
    """Land cells of a zone on the engine's padded map."""
    shift = world.land.shift
    right = (1 << shift) - landscape.shape[1] - 1
    mask = np.pad(np.asarray(landscape.zone(zone), np.bool_), ((1, 1), (1, right))).ravel()
    return np.asarray(mask & (world.land.kind == 1))
