"""Inheritance: newborn cubs get their genes, and inbreeding weighs on each animal until it is mature.

The load is a hazard a tick in `strain.load` (see `genes.load_at`); what inbred mothers lose at birth stands in `birth`.
"""

from typing import TYPE_CHECKING

from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.genes import (
    Genes,
    Origin,
    dies_of_lethals,
    excess_of,
    grown_up,
    inherit,
    lethal_chance,
    load_at,
    weigh,
)
from orientalis.engine.kernel import kernel
from orientalis.engine.life import class_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.scalars import MONTHS
from orientalis.engine.state import Animals, ClassTable, Clock, Slots, Words
from orientalis.engine.surroundings import Strain

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_CAUSE = int(Cause.INBREEDING)


@kernel
def drop(
    animals: Animals,
    slots: Slots,
    genes: Genes,
    origin: Origin,
    rates: Rates,
    classes: ClassTable,
    keys: Words,
    clock: Clock,
    strain: Strain,
) -> None:
    """Cubs born in this tick draw their alleles, and die where homozygous for a lethal; then each living one's load."""
    first_year = MONTHS // clock.months
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        values = rates.values[row, 0]
        lethals = lethal_chance(values)
        key = keys[r, 1]
        ends = (grown_up(rates, row, 0, first_year), grown_up(rates, row, 1, first_year))
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            if genes.inbred[r, s] < 0:
                inherit(genes, key, animals.uid[r, s], r, s, animals.mother_slot[r, s])
                if dies_of_lethals(genes, key, r, s, lethals):
                    animals.life[r, s] = _DIED
                    animals.cause[r, s] = _CAUSE
                    continue
            age = animals.age[r, s]
            sex = animals.sex[r, s]
            if age >= ends[sex]:
                strain.load[r, s] = 0.0
                continue
            strain.load[r, s] = load_at(
                values,
                origin.weight[row, sex],
                first_year,
                ends[sex],
                age,
                class_at(classes, age),
                excess_of(genes, origin, r, s),
                origin.spared[r],
            )


def step(world: "World") -> None:
    """One tick of inheritance."""
    inputs, months = world.inputs, world.clock.months
    if world.clock.month == 0:  # the schedule may have changed survival or the age of maturity
        weigh(world.origin, world.rates, inputs.layout, inputs.classes, MONTHS // months)
    drop(
        world.animals,
        world.slots,
        world.genes,
        world.origin,
        world.rates,
        inputs.classes,
        inputs.keys,
        world.clock,
        world.strain,
    )


INHERITANCE = Process(
    name="inheritance",
    summary="Newborn cubs get one of each parent's two alleles at every locus; inbreeding weighs on the young.",
    cadence="tick",
    reads=("animals", "genes", "origin", "rates.values", "rates.ages"),
    writes=("animals.life", "animals.cause", "genes.alleles", "genes.inbred", "origin.weight", "strain.load"),
    streams=(Stream.GENES,),
    parameters=("genetics", "survival", "life_history.first_breeding_female", "life_history.first_breeding_male"),
    step=step,
    is_on=lambda world: world.settings.has_genetics,
)
