"""Dispersal: animals without a range walk over the map, look for a place, fight for one, die or leave the map."""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.claims import STANDING_SHIFT, by_seniority, gather, hold, release, seniority, standing
from orientalis.engine.codes import SETTLED, TAKEOVERS, Cause, Cell, Event, Life, Sex, Status, Stream
from orientalis.engine.grid import NO_HEADING, distance_squared
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.life import note
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process, on_a_map
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Events, Ints, Land, Longs, Ranges, Scratch, Slots, Words
from orientalis.engine.walking import choose_heading, is_looking, looks_free

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_FEMALE = int(Sex.FEMALE)
_MALE = int(Sex.MALE)
_DISPERSER = int(Status.DISPERSER)
_RESIDENT = int(Status.RESIDENT)
_BARRIER = int(Cell.BARRIER)
_BEYOND = int(Cell.BEYOND)
_EMIGRATED = int(Cause.EMIGRATED)
_ON_THE_WAY = int(Cause.DISPERSAL)
_CONTEST = int(Cause.CONTEST)
_SETTLEMENT = int(Event.SETTLEMENT)
_STREAM = int(Stream.DISPERSAL)
_DEATH_STREAM = int(Stream.DISPERSAL_DEATH)
_CONTEST_STREAM = int(Stream.CONTEST)
_MONTHS = float(p.MONTHS)
_PI = 3.141592653589793


@kernel
def settle(
    animals: Animals,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    clock: Clock,
    tally: Ints,
    distances: Longs,
    events: Events,
    replicate: int,
    row: int,
    r: int,
    s: int,
) -> bool:
    """Try to take up a range around the animal's cell; True when it did.

    A female needs her yearly food within the largest range. A male needs the smallest area with at least one cell of
    a female's range; without females he settles once he has searched for his patience, counted from ranges.since.
    """
    sex = animals.sex[r, s]
    cell = ranges.cell[r, s]
    zone = land.zone[cell]
    size, total = gather(land, rates, scratch, row, r, sex, cell)
    if sex == _FEMALE:
        if total < rates.values[row, zone, p.FEMALE_NEED]:
            return False
    else:
        if total < rates.values[row, zone, p.SMALLEST_AREA]:
            return False
        searched = (clock.tick - ranges.since[r, s]) * clock.months
        if searched < rates.values[row, zone, p.PATIENCE]:
            has_female = False
            for place in range(size):
                if land.claims[r, _FEMALE, scratch.got[place]] > 0:
                    has_female = True
                    break
            if not has_female:
                return False
    hold(ranges, land, scratch, sex, r, s, size, total)
    ranges.status[r, s] = _RESIDENT
    ranges.since[r, s] = clock.tick
    tally[r, zone, SETTLED + sex] += 1
    if ranges.natal[r, s] >= 0:
        apart = math.sqrt(float(distance_squared(cell, ranges.natal[r, s], land.shift))) * land.cell_km
        bin_ = int(apart / 2.0)
        if bin_ >= distances.shape[1]:
            bin_ = distances.shape[1] - 1
        distances[sex, bin_] += 1
        ranges.natal[r, s] = -1
    note(events, replicate, clock.tick, _SETTLEMENT, animals, r, s, cell)
    return True


@kernel
def list_residents(animals: Animals, slots: Slots, ranges: Ranges, scratch: Scratch, r: int) -> int:
    """Put the slots of resident males into scratch.males; returns their number."""
    count = 0
    for s in range(slots.high[r]):
        if animals.life[r, s] == _LIVING and animals.sex[r, s] == _MALE and ranges.status[r, s] == _RESIDENT:
            scratch.males[count] = s
            count += 1
    return count


@kernel
def find_rival(
    animals: Animals,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
    row: int,
    r: int,
    challenger: int,
    males: int,
) -> int:
    """The junior-most resident male near the challenger, if junior to him; else -1.

    Near is a range centre within the radius of a full male range, √(male area / π). `males`: the residents when the
    first challenger of the tick asked; who settled later in the tick is not among them.
    """
    cell = ranges.cell[r, challenger]
    limit = rates.values[row, land.zone[cell], p.MALE_AREA] / (_PI * land.cell_km * land.cell_km)
    least = seniority(animals, rates, keys, clock.year, row, r, challenger)
    rival = -1
    for i in range(males):
        s = scratch.males[i]
        if distance_squared(ranges.cell[r, s], cell, land.shift) > limit:
            continue
        if animals.life[r, s] != _LIVING or ranges.status[r, s] != _RESIDENT:
            continue  # ousted since the list was made
        if np.uint64(standing(animals, rates, row, r, s)) > least >> STANDING_SHIFT:
            continue  # spares most males the hash that only parts equals
        rank = seniority(animals, rates, keys, clock.year, row, r, s)
        if rank < least:
            least = rank
            rival = s
    return rival


@kernel
def oust(
    animals: Animals, ranges: Ranges, land: Land, rates: Rates, keys: Words, clock: Clock, row: int, r: int, s: int
) -> None:
    """The resident loses his range; he dies of the contest, or disperses from his centre from the next tick on."""
    release(ranges, land, _MALE, r, s)
    ranges.status[r, s] = _DISPERSER
    ranges.since[r, s] = clock.tick
    ranges.heading[r, s] = NO_HEADING
    chance = rates.values[row, land.zone[ranges.cell[r, s]], p.CONTEST_DEATH]
    if uniform(keys[r, 1], animals.uid[r, s], clock.tick, _CONTEST_STREAM, 0) < chance:
        animals.life[r, s] = _DIED
        animals.cause[r, s] = _CONTEST


@inline_kernel
def walk(
    animals: Animals,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
    tally: Ints,
    distances: Longs,
    events: Events,
    replicate: int,
    row: int,
    r: int,
    s: int,
    is_patient: bool,
) -> float:
    """A tick's steps, with one try to settle at the first place that looks free where the animal is looking.

    Before each step, at index i, it may try; one try a tick. Steps = int(dispersal.steps * months + 1/2).
    Returns the sum of the people index along the way over all steps of a tick. An animal that steps beyond the edge
    is lost as an emigrant, at its last cell.
    """
    cell = ranges.cell[r, s]
    heading = ranges.heading[r, s]
    sex = animals.sex[r, s]
    steps = int(rates.values[row, land.zone[cell], p.STEPS] * clock.months + 0.5)
    people = 0.0
    has_tried = False
    for i in range(steps):
        if (
            not has_tried
            and is_looking(ranges, land, r, s, cell, is_patient)
            and looks_free(land, rates, row, r, sex, cell)
        ):
            has_tried = True
            ranges.cell[r, s] = cell
            if settle(animals, ranges, land, rates, scratch, clock, tally, distances, events, replicate, row, r, s):
                return people / steps
        u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, i)
        heading = choose_heading(land, rates, scratch, row, r, cell, heading, u)
        if heading == NO_HEADING:
            break
        near = cell + land.offsets[heading]
        if land.kind[near] == _BEYOND:
            animals.life[r, s] = _DIED
            animals.cause[r, s] = _EMIGRATED
            break
        cell = near
        people += land.people[cell]
    ranges.cell[r, s] = cell
    ranges.heading[r, s] = heading
    return people / steps if steps > 0 else 0.0


@inline_kernel
def can_challenge(
    animals: Animals, ranges: Ranges, land: Land, rates: Rates, row: int, r: int, s: int, is_patient: bool
) -> bool:
    """Whether the animal is a male past his first breeding age, looking for a place, at a cell that a male holds."""
    cell = ranges.cell[r, s]
    return (
        animals.sex[r, s] == _MALE
        and animals.age[r, s] >= rates.ages[row, _MALE]
        and land.claims[r, _MALE, cell] > 0
        and is_looking(ranges, land, r, s, cell, is_patient)
    )


@inline_kernel
def meet_dangers(
    animals: Animals,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    keys: Words,
    clock: Clock,
    row: int,
    r: int,
    s: int,
    people: float,
) -> None:
    """Death on the way, with chance 1 - exp(-(hazard + people's hazard * people on the way) months / 12)."""
    zone = land.zone[ranges.cell[r, s]]
    hazard = rates.values[row, zone, p.DISPERSER_HAZARD] + rates.values[row, zone, p.PEOPLE_HAZARD] * people
    chance = 1.0 - math.exp(-hazard * clock.months / _MONTHS)
    if uniform(keys[r, 1], animals.uid[r, s], clock.tick, _DEATH_STREAM, 0) < chance:
        animals.life[r, s] = _DIED
        animals.cause[r, s] = _ON_THE_WAY


@kernel
def disperse(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    scratch: Scratch,
    keys: Words,
    clock: Clock,
    tally: Ints,
    distances: Longs,
    events: Events,
    first_replicate: int,
) -> None:
    """All dispersers in turn, the senior first: walk, try to settle, challenge, and meet the dangers of the way.

    A challenger moves to his rival's centre and tries to settle there; a takeover counts even if he cannot.
    """
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        males = -1  # residents, listed when the first challenger asks
        count = by_seniority(animals, slots, ranges, rates, scratch, keys, clock.year, row, r, _DISPERSER)
        for i in range(count):
            s = scratch.held[i]
            replicate = first_replicate + r
            searched = (clock.tick - ranges.since[r, s]) * clock.months
            is_patient = searched < rates.values[row, land.zone[ranges.cell[r, s]], p.PATIENCE]
            people = walk(
                animals,
                ranges,
                land,
                rates,
                scratch,
                keys,
                clock,
                tally,
                distances,
                events,
                replicate,
                row,
                r,
                s,
                is_patient,
            )
            if animals.life[r, s] != _LIVING or ranges.status[r, s] == _RESIDENT:
                continue
            if can_challenge(animals, ranges, land, rates, row, r, s, is_patient):
                if males < 0:
                    males = list_residents(animals, slots, ranges, scratch, r)
                rival = find_rival(animals, ranges, land, rates, scratch, keys, clock, row, r, s, males)
                if rival >= 0:
                    ranges.cell[r, s] = ranges.cell[r, rival]
                    oust(animals, ranges, land, rates, keys, clock, row, r, rival)
                    tally[r, land.zone[ranges.cell[r, s]], TAKEOVERS] += 1
                    if settle(
                        animals, ranges, land, rates, scratch, clock, tally, distances, events, replicate, row, r, s
                    ):
                        continue
            meet_dangers(animals, ranges, land, rates, keys, clock, row, r, s, people)


def step(world: "World") -> None:
    """One tick of dispersal."""
    disperse(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        world.scratch,
        world.inputs.keys,
        world.clock,
        world.tally,
        world.distances,
        world.events,
        world.settings.first_replicate,
    )


DISPERSAL = Process(
    name="dispersal",
    summary="Animals without a range walk, look for a place, fight for one, die on the way or leave the map.",
    cadence="tick",
    reads=("animals", "land", "rates.values", "rates.walk", "rates.turn", "rates.ages"),
    writes=(
        "animals.life",
        "animals.cause",
        "ranges.status",
        "ranges.cell",
        "ranges.natal",
        "ranges.heading",
        "ranges.since",
        "ranges.size",
        "ranges.cells",
        "ranges.food",
        "land.claims",
        "scratch",
        "tally",
        "distances",
        "events",
    ),
    streams=(Stream.DISPERSAL, Stream.DISPERSAL_DEATH, Stream.CONTEST, Stream.SENIORITY),
    parameters=(
        "dispersal",
        "territory",
        "prey.crop_share",
        "life_history.first_breeding_male",
        "life_history.last_breeding",
    ),
    step=step,
    is_on=on_a_map,
)
