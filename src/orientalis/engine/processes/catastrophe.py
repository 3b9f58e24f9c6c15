"""Catastrophes: in a year that strikes, a large share of all animals dies, spread over its ticks."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.kernel import kernel
from orientalis.engine.life import zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Land, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_CATASTROPHE = int(Cause.CATASTROPHE)
_STREAM = int(Stream.CATASTROPHE)


@kernel
def is_quiet(rates: Rates, r: int) -> bool:
    """Whether no zone of the replicate is struck this year."""
    for zone in range(rates.catastrophe.shape[1]):
        if rates.catastrophe[r, zone] > 0.0:
            return False
    return True


@kernel
def strike(animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, keys: Words, clock: Clock) -> None:
    """Each living animal dies with the chance rates.catastrophe of its zone, which is 0 in most years."""
    for r in range(animals.life.shape[0]):
        if is_quiet(rates, r):
            continue
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            chance = rates.catastrophe[r, zone_at(ranges, land, r, s)]
            if uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0) < chance:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _CATASTROPHE


def step(world: "World") -> None:
    """One tick of the year's catastrophe, if there is one."""
    strike(world.animals, world.slots, world.ranges, world.land, world.rates, world.inputs.keys, world.clock)


CATASTROPHE = Process(
    name="catastrophe",
    summary="In a rare year a large share of all animals dies (Reed et al. 2003).",
    cadence="tick",
    reads=("animals.life", "animals.uid", "rates.catastrophe"),
    writes=("animals.life", "animals.cause"),
    streams=(Stream.CATASTROPHE,),
    parameters=("catastrophe",),
    step=step,
    is_on=lambda world: world.settings.has_catastrophes,
)
