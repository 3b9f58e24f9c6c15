"""Survival: death from the base causes, by sex and age class, and of old age."""

import math
from typing import TYPE_CHECKING

from orientalis.engine.codes import Cause, Life, Stream
from orientalis.engine.kernel import kernel
from orientalis.engine.life import class_at, zone_at
from orientalis.engine.parameters import AGE_LONGEVITY, Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, ClassTable, Clock, Land, Ranges, Slots, Words
from orientalis.engine.surroundings import Strain

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_NATURAL = int(Cause.NATURAL)
_OLD_AGE = int(Cause.OLD_AGE)
_STARVED = int(Cause.STARVED)
_INBREEDING = int(Cause.INBREEDING)
_STREAM = int(Stream.SURVIVAL)


@kernel
def survive(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    classes: ClassTable,
    keys: Words,
    clock: Clock,
    is_newborn_safe: bool,
) -> None:
    """Each living animal dies with the chance rates.death of its zone, sex and class; all die at the longest age.

    At that age or above, old age is the cause, before anything else is drawn. `is_newborn_safe`: age 0 is spared.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        longevity = rates.ages[row, AGE_LONGEVITY]
        key = keys[r, 1]
        may_die_young = not is_newborn_safe
        # No branches: free slots are computed too and masked out, which costs less than mispredicting who dies.
        for s in range(slots.high[r]):
            age = animals.age[r, s]
            life = animals.life[r, s]
            chance = rates.death[r, zone_at(ranges, land, r, s), animals.sex[r, s], class_at(classes, age)]
            has_met_chance = uniform(key, animals.uid[r, s], clock.tick, _STREAM, 0) < chance
            is_old = age >= longevity
            dies = (life == _LIVING) & (is_old | has_met_chance) & ((age > 0) | may_die_young)
            animals.life[r, s] = life + dies * (_DIED - _LIVING)
            animals.cause[r, s] = animals.cause[r, s] + dies * (_NATURAL + is_old * (_OLD_AGE - _NATURAL))


@kernel
def survive_strained(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    classes: ClassTable,
    keys: Words,
    clock: Clock,
    is_newborn_safe: bool,
    strain: Strain,
) -> None:
    """As `survive`, where something weighs on each: chance = 1 - exp(-(base * hunger + load)), base = -log(1 - death).

    One uniform: below the chance without load and hunger (or with them, where that is less) it is a natural death;
    else, below that with hunger alone, starvation; else inbreeding.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for s in range(slots.high[r]):
            age = animals.age[r, s]
            if animals.life[r, s] != _LIVING or (is_newborn_safe and age == 0):
                continue
            if age >= rates.ages[row, AGE_LONGEVITY]:
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _OLD_AGE
                continue
            chance = rates.death[r, zone_at(ranges, land, r, s), animals.sex[r, s], class_at(classes, age)]
            u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
            # 1 - exp(-x) <= x, and -log(1 - c) <= 1.4 c up to c = 1/2: cheap, and all but always settles it.
            if chance <= 0.5 and u >= 1.4 * chance * strain.hunger[r, s] + strain.load[r, s]:
                continue
            base = -math.log(1.0 - chance) if chance < 1.0 else 700.0
            hungry = base * strain.hunger[r, s]
            total = hungry + strain.load[r, s]
            if total <= 0.0 or u >= 1.0 - math.exp(-total):
                continue
            animals.life[r, s] = _DIED
            animals.cause[r, s] = _INBREEDING
            if u < 1.0 - math.exp(-base):
                animals.cause[r, s] = _NATURAL
            elif u < 1.0 - math.exp(-hungry):
                animals.cause[r, s] = _STARVED


def step(world: "World") -> None:
    """One tick of base mortality."""
    if world.settings.has_strain:
        survive_strained(
            world.animals,
            world.slots,
            world.ranges,
            world.land,
            world.rates,
            world.inputs.classes,
            world.inputs.keys,
            world.clock,
            world.settings.is_newborn_safe,
            world.strain,
        )
        return
    survive(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        world.inputs.classes,
        world.inputs.keys,
        world.clock,
        world.settings.is_newborn_safe,
    )


SURVIVAL = Process(
    name="survival",
    summary="Animals die of the base causes at a hazard by zone, sex and age class, and of old age.",
    cadence="tick",
    reads=("animals.life", "animals.age", "animals.sex", "animals.uid", "rates.death", "rates.ages", "strain"),
    writes=("animals.life", "animals.cause"),
    streams=(Stream.SURVIVAL,),
    parameters=("survival", "shares", "variation", "life_history.longevity"),
    step=step,
)
