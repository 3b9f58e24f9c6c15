"""Killing by people: at a constant hazard by stage of life and zone; a process of its own from the start."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.kernel import kernel
from orientalis.engine.life import stage_of, zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Land, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_PEOPLE = int(Cause.PEOPLE)
_STREAM = int(Stream.KILLING)


@kernel
def kill(animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, keys: Words, clock: Clock) -> None:
    """Each living animal dies with the chance rates.kill of its stage and zone."""
    for r in range(animals.life.shape[0]):
        row = r if rates.kill.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
            if u >= rates.most[r, 1]:
                continue
            stage = stage_of(animals, rates, clock.months, row, r, s)
            chance = rates.kill[row, zone_at(ranges, land, r, s), stage]
            if u < chance:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _PEOPLE


def step(world: "World") -> None:
    """One tick of killing."""
    kill(world.animals, world.slots, world.ranges, world.land, world.rates, world.inputs.keys, world.clock)


KILLING = Process(
    name="killing",
    summary="People kill animals at a constant hazard by stage of life and zone.",
    cadence="tick",
    reads=("animals.life", "animals.age", "animals.sex", "animals.is_dependent", "animals.uid", "rates.kill"),
    writes=("animals.life", "animals.cause"),
    streams=(Stream.KILLING,),
    parameters=("killing", "life_history.first_breeding_female", "life_history.first_breeding_male"),
    step=step,
    is_on=lambda world: world.settings.has_killing,
)
