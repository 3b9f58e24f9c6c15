"""Distemper, spilt over from dogs and small carnivores, worse in outbreak years; survivors are immune.

A year is one of an outbreak where the uniform at (address of the domain YEAR, the year) under key_environment lies
below the chance. Draws of an animal, by index: 0 infection, 1 whether it dies, 2 vaccination, 3 loss of immunity.
"""

import math
from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.codes import INFECTED, VACCINATED, Cause, Domain, Life, Stream
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.life import zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import thing_uid, uniform
from orientalis.engine.state import Animals, Clock, Floats, Ints, Land, Ranges, Slots, Words

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_CAUSE = int(Cause.DISTEMPER)
_STREAM = int(Stream.DISTEMPER)
_YEAR = int(Domain.YEAR)
_INFECTION, _DEATH, _VACCINATION, _WANING = range(4)


@inline_kernel
def force_at(values: Floats, people: float, is_outbreak: bool) -> float:
    """Force of infection, 1/year, where the index of people is `people` times its mean where animals start.

    force * (1 - dog share + dog share * people * (1 - share of dogs vaccinated)), times a factor in an outbreak.
    """
    dogs = values[p.DISTEMPER_DOG_SHARE]
    force = values[p.DISTEMPER_FORCE] * (1.0 - dogs + dogs * people * (1.0 - values[p.DISTEMPER_DOGS_VACCINATED]))
    if is_outbreak:
        force = force * values[p.DISTEMPER_OUTBREAK_FACTOR]
    return force


@kernel
def vaccination_chance(animals: Animals, slots: Slots, values: Floats, part: float, r: int) -> float:
    """Chance a tick to be vaccinated for an independent animal without immunity: animals a tick over their number."""
    wanted = values[p.DISTEMPER_VACCINATED] * part
    if wanted <= 0.0:
        return 0.0
    count = 0
    for s in range(slots.high[r]):
        count += (animals.life[r, s] == _LIVING) & (animals.is_dependent[r, s] == 0) & (animals.is_immune[r, s] == 0)
    if wanted >= count:
        return 1.0
    return wanted / count


@kernel
def infect(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    keys: Words,
    clock: Clock,
    tally: Ints,
    people_mean: float,
) -> None:
    """Each living animal without immunity may be infected, die or become immune; then some are vaccinated.

    people_mean: the index of people where animals start, 0 where it plays no part.
    """
    part = clock.months / 12.0
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        year = uniform(keys[r, 0], thing_uid(_YEAR, 0), clock.year, _STREAM, 0)
        key = keys[r, 1]
        vaccinated = vaccination_chance(animals, slots, rates.values[row, 0], part, r)
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            zone = zone_at(ranges, land, r, s)
            values = rates.values[row, zone]
            uid = animals.uid[r, s]
            if animals.is_immune[r, s]:
                lost = values[p.DISTEMPER_WANING] * part
                if lost > 0.0 and uniform(key, uid, clock.tick, _STREAM, _WANING) < 1.0 - math.exp(-lost):
                    animals.is_immune[r, s] = 0
                continue
            people = 1.0
            if people_mean > 0.0:
                people = land.people[ranges.cell[r, s]] / people_mean
            hazard = force_at(values, people, year < values[p.DISTEMPER_OUTBREAK]) * part
            u = uniform(key, uid, clock.tick, _STREAM, _INFECTION)
            if u < hazard and u < 1.0 - math.exp(-hazard):  # the first is cheap and all but always settles it
                tally[r, zone, INFECTED] += 1
                if uniform(key, uid, clock.tick, _STREAM, _DEATH) < values[p.DISTEMPER_FATALITY]:
                    animals.life[r, s] = _DIED
                    animals.cause[r, s] = _CAUSE
                    continue
                animals.is_immune[r, s] = 1
            elif vaccinated > 0.0 and not animals.is_dependent[r, s]:
                if uniform(key, uid, clock.tick, _STREAM, _VACCINATION) < vaccinated:
                    animals.is_immune[r, s] = 1
                    tally[r, zone, VACCINATED] += 1


def step(world: "World") -> None:
    """One tick of distemper."""
    infect(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        world.inputs.keys,
        world.clock,
        world.tally,
        world.inputs.people_mean,
    )


DISTEMPER = Process(
    name="distemper",
    summary="Distemper spills over from dogs and wild carnivores, kills some and leaves the others immune.",
    cadence="tick",
    reads=("animals.life", "animals.uid", "animals.is_dependent", "ranges.cell", "land.people", "rates.values"),
    writes=("animals.life", "animals.cause", "animals.is_immune", "tally"),
    streams=(Stream.DISTEMPER,),
    parameters=("distemper",),
    step=step,
    is_on=lambda world: world.settings.has_distemper,
)
