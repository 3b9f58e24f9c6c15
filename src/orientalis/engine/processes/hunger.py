"""Hunger: a female whose range yields less than she needs, and the young with her, die sooner, and she breeds less."""

from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.codes import Life, Sex, Status
from orientalis.engine.grid import land_row
from orientalis.engine.kernel import kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.state import Animals, Land, Ranges, Slots
from orientalis.engine.surroundings import Strain

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_FEMALE = int(Sex.FEMALE)
_RESIDENT = int(Status.RESIDENT)


@kernel
def lack(ranges: Ranges, land: Land, rates: Rates, row: int, r: int, s: int) -> float:
    """Share of her need that a resident female's range does not yield now, 0 to 1; all its food counts as hers."""
    total = 0.0
    at = land_row(land.food, r)
    for place in range(ranges.size[r, s]):
        total += land.food[at, ranges.cells[r, s, place]]
    need = rates.values[row, land.zone[ranges.cell[r, s]], p.FEMALE_NEED]
    if total >= need:
        return 0.0
    return 1.0 - total / need


@kernel
def starve(animals: Animals, slots: Slots, ranges: Ranges, land: Land, rates: Rates, strain: Strain) -> None:
    """Fill strain.hunger and strain.fed of the living.

    With u her lack: 1 + hunger_adults u on her own base hazard, 1 + hunger_cubs u on that of the young with her, and
    1 - hunger_conception u, at least 0, on her chance to come into oestrus. All others: 1.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            strain.hunger[r, s] = 1.0
            strain.fed[r, s] = 0.0  # her lack, until all have seen it
            if animals.sex[r, s] == _FEMALE and ranges.status[r, s] == _RESIDENT and not animals.is_dependent[r, s]:
                missing = lack(ranges, land, rates, row, r, s)
                strain.fed[r, s] = missing
                values = rates.values[row, land.zone[ranges.cell[r, s]]]
                strain.hunger[r, s] = 1.0 + values[p.HUNGER_ADULTS] * missing
        for s in range(slots.high[r]):
            if animals.life[r, s] == _LIVING and animals.is_dependent[r, s]:
                mother = animals.mother_slot[r, s]
                values = rates.values[row, land.zone[ranges.cell[r, mother]]]
                strain.hunger[r, s] = 1.0 + values[p.HUNGER_CUBS] * strain.fed[r, mother]
        for s in range(slots.high[r]):
            missing = strain.fed[r, s]
            if missing > 0.0:
                values = rates.values[row, land.zone[ranges.cell[r, s]]]
                strain.fed[r, s] = max(1.0 - values[p.HUNGER_CONCEPTION] * missing, 0.0)
            else:
                strain.fed[r, s] = 1.0


def step(world: "World") -> None:
    """How hungry everyone is in this tick."""
    starve(world.animals, world.slots, world.ranges, world.land, world.rates, world.strain)


HUNGER = Process(
    name="hunger",
    summary="Females whose range yields less than they need, and their young, die sooner and breed less.",
    cadence="tick",
    reads=("animals", "ranges", "land.food", "rates.values"),
    writes=("strain.hunger", "strain.fed"),
    streams=(),
    parameters=("ungulates.hunger_cubs", "ungulates.hunger_adults", "ungulates.hunger_conception"),
    step=step,
    is_on=lambda world: world.settings.has_ungulates,
)
