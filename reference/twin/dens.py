"""Cubs in their dens, one by one."""

import math

from orientalis.engine.codes import Cause, Stream
from reference.twin.rates import MONTHS
from reference.twin.world import Animal, World


def dens(world: World) -> None:
    """Young cubs may be taken by other predators, or lost when people, dogs, roads or fire disturb the den."""
    for cub in world.living():
        lived_before = (cub.age - 1) * world.months
        exposed = min(float(world.months), world.at(cub)["dens.until"] - lived_before) / MONTHS
        if cub.age > 0 and exposed > 0.0:
            _endanger(world, cub, exposed)


def _endanger(world: World, cub: Animal, exposed: float) -> None:
    numbers = world.at(cub)
    predators = numbers["dens.predators"] * exposed
    total = predators + _disturbance(world, cub, numbers) * exposed
    if world.has_burnt(cub.cell):
        total -= math.log(1.0 - numbers["dens.fire"])
    if total <= 0.0:
        return
    chance = 1.0 - math.exp(-total)
    u = world.uniform(cub.uid, world.tick, Stream.DENS)
    if u < chance:
        cub.cause = Cause.PREDATOR if u < chance * (predators / total) else Cause.DISTURBANCE


def _disturbance(world: World, cub: Animal, numbers: dict[str, float]) -> float:
    """Hazard a year where the den is."""
    inputs = world.inputs
    people = world.people[cub.cell] / inputs.people_mean if inputs.people_mean > 0.0 else 1.0
    road = world.road_at(cub.cell) if world.is_spatial else 0.0
    load = people * (1.0 - numbers["dens.dog_share"] * numbers["dens.dogs_controlled"]) + numbers["dens.road"] * road
    return numbers["dens.disturbance"] * (1.0 - numbers["dens.closed"]) * load
