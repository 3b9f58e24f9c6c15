"""Distemper, animal by animal."""

import math

from orientalis.engine.codes import INFECTED, VACCINATED, Cause, Domain, Stream
from reference.twin.chance import thing_uid, uniform
from reference.twin.rates import MONTHS
from reference.twin.world import Animal, World

INFECTION, DEATH, VACCINATION, WANING = range(4)


def distemper(world: World) -> None:
    """Those without immunity may be infected, and die of it or live on immune; then some are vaccinated."""
    year = uniform(world.environment_key, thing_uid(Domain.YEAR, 0), world.year, Stream.DISTEMPER, 0)
    open_to_it = [animal for animal in world.living() if animal.mother is None and not animal.is_immune]
    wanted = world.rates.of_zone[0]["distemper.vaccinated"] * (world.months / MONTHS)
    vaccinated = 0.0 if wanted <= 0.0 else 1.0 if wanted >= len(open_to_it) else wanted / len(open_to_it)
    for animal in world.living():
        if animal.is_immune:
            lost = world.at(animal)["distemper.waning"] * (world.months / MONTHS)
            if lost > 0.0 and _draw(world, animal, WANING) < 1.0 - math.exp(-lost):
                animal.is_immune = False
        else:
            _expose(world, animal, year, vaccinated)


def _expose(world: World, animal: Animal, year: float, vaccinated: float) -> None:
    numbers = world.at(animal)
    mean = world.inputs.people_mean
    people = world.people[animal.cell] / mean if mean > 0.0 else 1.0
    dogs = numbers["distemper.dog_share"]
    force = numbers["distemper.force"] * (1.0 - dogs + dogs * people * (1.0 - numbers["distemper.dogs_vaccinated"]))
    if year < numbers["distemper.outbreak_probability"]:
        force = force * numbers["distemper.outbreak_factor"]
    if _draw(world, animal, INFECTION) < 1.0 - math.exp(-(force * (world.months / MONTHS))):
        world.count(world.zone_of(animal), INFECTED)
        if _draw(world, animal, DEATH) < numbers["distemper.fatality"]:
            animal.cause = Cause.DISTEMPER
        else:
            animal.is_immune = True
    elif vaccinated > 0.0 and animal.mother is None and _draw(world, animal, VACCINATION) < vaccinated:
        animal.is_immune = True
        world.count(world.zone_of(animal), VACCINATED)


def _draw(world: World, animal: Animal, index: int) -> float:
    return world.uniform(animal.uid, world.tick, Stream.DISTEMPER, index)
