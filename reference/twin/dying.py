"""What animals die of, and what happens then: killing, infanticide, catastrophe, survival, ceiling, bury."""

import math

from orientalis.engine.codes import Cause, Event, Sex, Stream
from reference.twin.living import leave_mother
from reference.twin.ranges import release
from reference.twin.rates import MONTHS
from reference.twin.world import Animal, World


def killing(world: World) -> None:
    """People kill animals by stage of life and zone."""
    for animal in world.living():
        chance = world.rates.killed[world.zone_of(animal)][world.stage_of(animal)]
        if world.uniform(animal.uid, world.tick, Stream.KILLING) < chance:
            animal.cause = Cause.PEOPLE


def infanticide(world: World) -> None:
    """Males that took up a range in this tick may kill the young of mothers there whose guardian is gone."""
    newcomers = [
        animal
        for animal in world.living()
        if animal.sex == Sex.MALE and animal.is_resident and animal.since == world.tick
    ]
    for mother in world.living():
        if not mother.is_female or not mother.dependants:
            continue
        if mother.guardian is not None and mother.guardian.is_living and mother.guardian.is_resident:
            continue
        covering = [male for male in newcomers if mother.cell in male.range]
        if covering:
            mother.guardian = min(covering, key=lambda male: male.uid)
            for young in mother.dependants:
                _meet_new_male(world, mother, young)


def _meet_new_male(world: World, mother: Animal, young: Animal) -> None:
    months = young.age * world.months
    if not young.is_living or months >= 2 * MONTHS:
        return
    chance = world.at(mother)["infanticide.first_year" if months < MONTHS else "infanticide.second_year"]
    if world.uniform(young.uid, world.tick, Stream.INFANTICIDE) < chance:
        young.cause = Cause.INFANTICIDE


def catastrophe(world: World) -> None:
    """In a year that strikes, every animal may die."""
    for animal in world.living():
        if world.uniform(animal.uid, world.tick, Stream.CATASTROPHE) < world.rates.struck[world.zone_of(animal)]:
            animal.cause = Cause.CATASTROPHE


def survival(world: World) -> None:
    """Death from the base causes by zone, sex and class; all die at the longest age."""
    for animal in world.living():
        if world.inputs.settings.is_newborn_safe and animal.age == 0:
            continue
        chance = world.rates.death[world.zone_of(animal)][animal.sex][world.class_of(animal)]
        if animal.age >= world.rates.longevity:
            animal.cause = Cause.OLD_AGE
        elif world.inputs.settings.has_strain:
            _bear_strain(world, animal, chance)
        elif world.uniform(animal.uid, world.tick, Stream.SURVIVAL) < chance:
            animal.cause = Cause.NATURAL


def _bear_strain(world: World, animal: Animal, chance: float) -> None:
    """Death from the base causes where hunger multiplies the hazard and inbreeding adds to it."""
    base = -math.log(1.0 - chance) if chance < 1.0 else 700.0
    hungry = base * animal.hunger
    total = hungry + animal.load
    u = world.uniform(animal.uid, world.tick, Stream.SURVIVAL)
    if total > 0.0 and u < 1.0 - math.exp(-total):
        if u < 1.0 - math.exp(-base):
            animal.cause = Cause.NATURAL
        else:
            animal.cause = Cause.STARVED if u < 1.0 - math.exp(-hungry) else Cause.INBREEDING


def ceiling(world: World) -> None:
    """Those with the largest uniforms go until the capacity is left."""

    def lot(animal: Animal) -> tuple[float, int]:
        return world.uniform(animal.uid, world.tick, Stream.CEILING), animal.uid

    for animal in sorted(world.living(), key=lot)[world.inputs.settings.ceiling :]:
        animal.cause = Cause.CEILING


def bury(world: World) -> None:
    """Orphans die or leave; the dead are counted, their ranges released; they are gone."""
    for young in world.living():
        if young.mother is not None and not young.mother.is_living:
            if young.age < world.rates.orphan_age:
                young.cause = Cause.ORPHANED
            else:
                leave_mother(world, young, from_tick=world.tick)
    for animal in [animal for animal in world.animals.values() if not animal.is_living]:
        world.count_number(animal, animal.cause)
        world.note(Event.DEATH, animal)
        release(world, animal)
        if animal.mother is not None:
            animal.mother.dependants.remove(animal)
        del world.animals[animal.uid]
