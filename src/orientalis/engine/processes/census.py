"""Census: at the end of the year the living are counted by class and zone."""

from typing import TYPE_CHECKING

from orientalis.engine.codes import DISPERSERS, NUMBER, RESIDENTS, Life, Status
from orientalis.engine.kernel import kernel
from orientalis.engine.life import stage_of, zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.state import Animals, Clock, Ints, Land, Ranges, Slots

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DISPERSER = int(Status.DISPERSER)
_RESIDENT = int(Status.RESIDENT)


@kernel
def count(animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, clock: Clock, tally: Ints) -> None:
    """Numbers by class and zone, residents by sex, dispersers."""
    is_spatial = ranges.cell.shape[1] > 0
    for r in range(animals.life.shape[0]):
        row = r if rates.ages.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            zone = zone_at(ranges, land, r, s)
            sex = animals.sex[r, s]
            tally[r, zone, NUMBER + 2 * stage_of(animals, rates, clock.months, row, r, s) + sex] += 1
            if is_spatial:
                if ranges.status[r, s] == _RESIDENT:
                    tally[r, zone, RESIDENTS + sex] += 1
                elif ranges.status[r, s] == _DISPERSER:
                    tally[r, zone, DISPERSERS] += 1


def step(world: "World") -> None:
    """The year's census."""
    count(world.animals, world.slots, world.ranges, world.land, world.rates, world.clock, world.tally)


CENSUS = Process(
    name="census",
    summary="Counts the living by class and zone at the end of the year.",
    cadence="year_end",
    reads=("animals", "ranges.cell", "ranges.status", "rates.ages"),
    writes=("tally",),
    streams=(),
    parameters=("life_history.first_breeding_female", "life_history.first_breeding_male"),
    step=step,
)
