"""Ceiling: a plain carrying capacity for work without a map; it culls after all other deaths of the year."""

from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.kernel import allocating_kernel
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_CEILING = int(Cause.CEILING)
_STREAM = int(Stream.CEILING)


@allocating_kernel
def cull(animals: Animals, slots: Slots, keys: Words, clock: Clock, capacity: int) -> None:
    """Remove those with the largest uniforms until `capacity` are left; equal ones by uid, larger first."""
    for r in range(animals.life.shape[0]):
        count = 0
        for s in range(slots.high[r]):
            count += animals.life[r, s] == _LIVING
        if count <= capacity:
            continue
        held = np.empty(count, np.int64)
        chance = np.empty(count)
        count = 0
        for s in range(slots.high[r]):
            if animals.life[r, s] == _LIVING:
                held[count] = s
                chance[count] = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
                count += 1
        order = np.argsort(chance)
        for i in range(1, count):  # runs of equal chances are all but never longer than one
            k = i
            while (
                k > 0
                and chance[order[k]] == chance[order[k - 1]]
                and animals.uid[r, held[order[k]]] < animals.uid[r, held[order[k - 1]]]
            ):
                order[k], order[k - 1] = order[k - 1], order[k]
                k -= 1
        for i in range(capacity, count):
            s = held[order[i]]
            animals.life[r, s] = _DIED
            animals.cause[r, s] = _CEILING


def step(world: "World") -> None:
    """The year's cull."""
    cull(world.animals, world.slots, world.inputs.keys, world.clock, world.settings.ceiling)


CEILING = Process(
    name="ceiling",
    summary="Removes animals at random above a plain carrying capacity, at the end of the year.",
    cadence="year_end",
    reads=("animals.life", "animals.uid"),
    writes=("animals.life", "animals.cause"),
    streams=(Stream.CEILING,),
    parameters=(),
    step=step,
    is_on=lambda world: world.settings.ceiling > 0,
)
