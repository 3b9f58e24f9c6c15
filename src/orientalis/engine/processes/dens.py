"""Cubs in their dens: other predators, and disturbance by people, dogs, roads and fire.

A cub of age a ticks has lived the tick from a - 1 to a since the last step; the hazards act on the part of it before
the age `until`. Draws of a cub, by index: 0 whether it dies, and of what.
"""

import math
from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.life import zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Floats, Land, Ranges, Slots, Words
from orientalis.engine.surroundings import Cover

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_PREDATOR = int(Cause.PREDATOR)
_DISTURBANCE = int(Cause.DISTURBANCE)
_STREAM = int(Stream.DENS)
_MINOR_ROAD = 0.5


@inline_kernel
def disturbance_at(values: Floats, people: float, road: float) -> float:
    """Hazard of disturbance, 1/year, where the index of people is `people` times its mean where animals start.

    disturbance * (1 - closed) * (people * (1 - dog share * share of dogs controlled) + road factor * road); road: index
    of roads, 0 to 1.
    """
    load = people * (1.0 - values[p.DENS_DOG_SHARE] * values[p.DENS_DOGS_CONTROLLED]) + values[p.DENS_ROAD] * road
    return values[p.DENS_DISTURBANCE] * (1.0 - values[p.DENS_CLOSED]) * load


@kernel
def trouble(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    cover: Cover,
    rates: Rates,
    keys: Words,
    clock: Clock,
    people_mean: float,
) -> None:
    """Each living cub may be taken by a predator, or lost to disturbance; hazards add, one uniform decides.

    people_mean: the index of people where animals start, 0 where it plays no part. A logging road counts as a minor
    one. A den in a cell that burnt in this tick adds the hazard -log(1 - fire) to disturbance.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING or animals.age[r, s] == 0:
                continue
            before = (animals.age[r, s] - 1) * clock.months
            values = rates.values[row, zone_at(ranges, land, r, s)]
            exposed = min(float(clock.months), values[p.DENS_UNTIL] - before) / 12.0
            if exposed <= 0.0:
                continue
            people = 1.0
            road = 0.0
            if ranges.cell.shape[1] > 0:
                cell = ranges.cell[r, s]
                road = land.roads[cell]
                if cover.road.shape[1] > 0 and cover.road[r, cell] > 0 and road < _MINOR_ROAD:
                    road = _MINOR_ROAD
                if people_mean > 0.0:
                    people = land.people[cell] / people_mean
            predators = values[p.DENS_PREDATORS] * exposed
            total = predators + disturbance_at(values, people, road) * exposed
            if cover.burnt.shape[1] > 0 and cover.burnt[r, ranges.cell[r, s]] == clock.tick:
                total -= math.log(1.0 - values[p.DENS_FIRE])
            if total <= 0.0:
                continue
            chance = 1.0 - math.exp(-total)
            u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
            if u < chance:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _PREDATOR if u < chance * (predators / total) else _DISTURBANCE


def step(world: "World") -> None:
    """One tick in the dens."""
    trouble(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.cover,
        world.rates,
        world.inputs.keys,
        world.clock,
        world.inputs.people_mean,
    )


DENS = Process(
    name="dens",
    summary="Other predators take cubs from their dens; people, dogs, roads and fire disturb dens, and cubs die.",
    cadence="tick",
    reads=(
        "animals.life",
        "animals.age",
        "animals.uid",
        "ranges.cell",
        "land.people",
        "land.roads",
        "cover.burnt",
        "cover.road",
        "rates.values",
    ),
    writes=("animals.life", "animals.cause"),
    streams=(Stream.DENS,),
    parameters=("dens",),
    step=step,
    is_on=lambda world: world.settings.has_dens,
)
