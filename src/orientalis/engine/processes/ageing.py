"""Ageing: everyone grows a tick older, and the young who reach their age of independence leave their mothers."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import Life, Stream
from orientalis.engine.kernel import kernel
from orientalis.engine.life import leave_mother
from orientalis.engine.parameters import NEVER, Rates
from orientalis.engine.process import Process
from orientalis.engine.state import Animals, Clock, Land, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)


@kernel
def age_all(
    animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, keys: Words, clock: Clock
) -> None:
    """Add a tick to every age; end dependence at the age of independence, with effect from the next tick.

    Young that stay dependent are where their mother is.
    """
    is_spatial = ranges.cell.shape[1] > 0
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            if animals.age[r, s] < NEVER:
                animals.age[r, s] += 1
            if not animals.is_dependent[r, s]:
                continue
            if is_spatial:
                ranges.cell[r, s] = ranges.cell[r, animals.mother_slot[r, s]]
            if animals.age[r, s] >= animals.independence[r, s]:
                animals.dependants[r, animals.mother_slot[r, s]] -= 1
                leave_mother(animals, ranges, land, rates, keys, row, r, s, clock.tick + 1)


def step(world: "World") -> None:
    """One tick of ageing."""
    age_all(world.animals, world.slots, world.ranges, world.land, world.rates, world.inputs.keys, world.clock)


AGEING = Process(
    name="ageing",
    summary="Everyone grows older; the young who reach their age of independence leave their mothers.",
    cadence="tick",
    reads=("animals.life", "animals.sex", "animals.independence", "animals.mother_slot", "animals.uid", "rates.values"),
    writes=(
        "animals.age",
        "animals.is_dependent",
        "animals.dependants",
        "ranges.status",
        "ranges.cell",
        "ranges.natal",
        "ranges.heading",
        "ranges.since",
        "ranges.wander",
    ),
    streams=(Stream.LIFETIME,),
    parameters=("dispersal.wander_female", "dispersal.wander_male"),
    step=step,
)
