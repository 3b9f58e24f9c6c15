"""What several processes ask of an animal, or do to it: stage, class, zone; to leave the mother, to note an event."""

import math

from orientalis.engine.codes import Stage, Status, Stream
from orientalis.engine.grid import NO_HEADING
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.rng import uniform
from orientalis.engine.scalars import MONTHS, WANDER_FEMALE
from orientalis.engine.state import Animals, ClassTable, Events, Land, Ranges, Words

_CUB = int(Stage.CUB)
_JUVENILE = int(Stage.JUVENILE)
_SUBADULT = int(Stage.SUBADULT)
_ADULT = int(Stage.ADULT)
_DISPERSER = int(Status.DISPERSER)
_LIFETIME = int(Stream.LIFETIME)
INDEX_SEX = 0
INDEX_WANDER = 1
INDEX_INDEPENDENCE = 2
"""Indices of the draws that an animal makes once in its life, at tick 0 of the lifetime stream."""


@inline_kernel
def stage_of(animals: Animals, rates: Rates, months: int, row: int, r: int, s: int) -> int:
    """Stage of life; `months` a tick, `row` of the parameters. A dependant of 12 months or more is a juvenile."""
    age = animals.age[r, s]
    stage = _SUBADULT
    if age * months < MONTHS:
        stage = _CUB
    elif animals.is_dependent[r, s]:
        stage = _JUVENILE
    elif age >= rates.ages[row, animals.sex[r, s]]:
        stage = _ADULT
    return stage


@inline_kernel
def zone_at(ranges: Ranges, land: Land, r: int, s: int) -> int:
    """Zone of an animal; 0 without a map."""
    zone = 0
    if ranges.cell.shape[1] > 0:
        zone = land.zone[ranges.cell[r, s]]
    return zone


@inline_kernel
def class_at(classes: ClassTable, age: int) -> int:
    """Class of survival at an age in ticks."""
    last = classes.of_age.shape[0] - 1
    return classes.of_age[age if age < last else last]


@kernel
def leave_mother(
    animals: Animals, ranges: Ranges, land: Land, rates: Rates, keys: Words, row: int, r: int, s: int, tick: int
) -> None:
    """Make the young animal independent; on a map it starts to disperse from its mother's place.

    `tick`: from which its search counts: the next one when it grew up (ageing ends a tick), this one for an orphan.
    How far from its birthplace it begins to look for a place, in cells: the whole part of -log(u) * mean distance of
    its sex / length of a cell.
    """
    animals.is_dependent[r, s] = 0
    if ranges.cell.shape[1] == 0:
        return
    cell = ranges.cell[r, animals.mother_slot[r, s]]
    ranges.status[r, s] = _DISPERSER
    ranges.cell[r, s] = cell
    ranges.natal[r, s] = cell
    ranges.heading[r, s] = NO_HEADING
    ranges.since[r, s] = tick
    mean = rates.values[row, land.zone[cell], WANDER_FEMALE + animals.sex[r, s]]
    u = uniform(keys[r, 1], animals.uid[r, s], 0, _LIFETIME, INDEX_WANDER)
    ranges.wander[r, s] = int(-math.log(u) * mean / land.cell_km)


@kernel
def note(events: Events, replicate: int, tick: int, kind: int, animals: Animals, r: int, s: int, cell: int) -> None:
    """Add an event about the animal to the buffer, where events are recorded; ages are in ticks there."""
    if events.uid.shape[0] == 0:
        return
    at = events.used[0]
    events.table[at, 0] = replicate
    events.table[at, 1] = tick
    events.table[at, 2] = kind
    events.table[at, 3] = animals.sex[r, s]
    events.table[at, 4] = animals.age[r, s]
    events.table[at, 5] = cell
    events.table[at, 6] = animals.cause[r, s]
    events.uid[at] = animals.uid[r, s]
    events.used[0] = at + 1


@inline_kernel
def cell_of(ranges: Ranges, r: int, s: int) -> int:
    """Cell of an animal; -1 without a map."""
    cell = -1
    if ranges.cell.shape[1] > 0:
        cell = ranges.cell[r, s]
    return cell
