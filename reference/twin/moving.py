"""What happens on a map alone: territory and dispersal."""

import math

from orientalis.engine.codes import SETTLED, TAKEOVERS, Cause, Cell, Event, Sex, Status, Stream
from reference.twin.ranges import covers_a_female, depart, food, gather, hold, release
from reference.twin.rates import MONTHS, NO_HEADING
from reference.twin.world import Animal, World

APRIL = 3


def _in_turn(world: World, status: Status) -> list[Animal]:
    return sorted((animal for animal in world.living() if animal.status == status), key=world.seniority, reverse=True)


def territory(world: World) -> None:
    """Each spring, ranges that yield too little are drawn anew from their centres, the senior animals first."""
    if world.month != APRIL and world.months == 1:
        return
    for animal in _in_turn(world, Status.RESIDENT):
        numbers = world.at(animal)
        need = numbers["territory.female_need" if animal.is_female else "territory.male_area"]
        enough = numbers["territory.abandon_share"] * need
        if _yield_now(world, animal) >= enough:
            continue
        release(world, animal)
        cells, total = gather(world, animal.sex, animal.cell)
        if total < (enough if animal.is_female else numbers["territory.smallest_area"]):
            depart(world, animal)
        else:
            hold(world, animal, cells)


def _yield_now(world: World, animal: Animal) -> float:
    """Kg of prey a year to a female, all of it; km2 of habitat to a male."""
    total = 0.0
    for cell in animal.range:
        total += food(world, cell) if animal.is_female else world.is_habitat[cell] * world.cell_km * world.cell_km
    return total


def dispersal(world: World) -> None:
    """Animals without a range, the senior first, walk, try to settle, challenge, and meet the dangers of the way."""
    males: list[Animal] | None = None
    for animal in _in_turn(world, Status.DISPERSER):
        people = _walk(world, animal)
        if not animal.is_living or animal.is_resident:
            continue
        if _is_challenger(world, animal):
            if males is None:  # the males who hold a range when the tick's first challenger asks
                males = [a for a in world.living() if a.sex == Sex.MALE and a.is_resident]
            rival = _rival(world, animal, males)
            if rival is not None:
                _take_over(world, animal, rival)
        if animal.is_resident:
            continue
        numbers = world.at(animal)
        hazard = numbers["dispersal.hazard"] + numbers["dispersal.people_hazard"] * people
        chance = 1.0 - math.exp(-hazard * world.months / MONTHS)
        if world.uniform(animal.uid, world.tick, Stream.DISPERSAL_DEATH) < chance:
            animal.cause = Cause.DISPERSAL


def _walk(world: World, animal: Animal) -> float:
    """A tick's steps; one try to settle, where it looks and land looks free. Returns mean people on the way."""
    steps = int(world.at(animal)["dispersal.steps"] * world.months + 0.5)
    people = 0.0
    has_tried = False
    for step in range(steps):
        if not has_tried and _looks_free(world, animal) and _is_looking(world, animal):
            has_tried = True
            if _settle(world, animal):
                break
        animal.heading = _heading(world, animal, world.uniform(animal.uid, world.tick, Stream.DISPERSAL, step))
        if animal.heading == NO_HEADING:
            break
        near = animal.cell + world.neighbours[animal.heading]
        if world.kind[near] == Cell.BEYOND:
            animal.cause = Cause.EMIGRATED
            break
        animal.cell = near
        people += world.people[near]
    return people / steps if steps > 0 else 0.0


def _is_looking(world: World, animal: Animal) -> bool:
    """Whether it looks for a place: far enough from its birthplace, long enough on the way, or ousted before."""
    searched = (world.tick - animal.since) * world.months
    if animal.natal is None or searched >= world.at(animal)["dispersal.patience"]:
        return True
    return world.distance_squared(animal.cell, animal.natal) >= animal.wander * animal.wander


def _heading(world: World, animal: Animal, u: float) -> int:
    """Direction of a step: to better land, and straight on, more likely; nowhere when walled in."""
    weights = []
    for heading, offset in enumerate(world.neighbours):
        weight = world.rates.walk[world.suitability[animal.cell + offset]]
        if animal.heading != NO_HEADING:
            weight *= world.rates.turn[(heading - animal.heading) % 8]
        weights.append(weight)
    total = 0.0
    reached = []
    for weight in weights:
        total += weight
        reached.append(total)
    if total <= 0.0:
        return NO_HEADING
    return next(heading for heading, sum_so_far in enumerate(reached) if sum_so_far > u * total)


def _looks_free(world: World, animal: Animal) -> bool:
    """Whether the cell, and most of the nine around it, are habitat with room for the animal."""
    full = 1.0 if animal.is_female else world.at(animal)["territory.male_overlap"]

    def is_free(cell: int) -> bool:
        return bool(world.is_habitat[cell]) and world.claims[animal.sex][cell] + 0.5 < full

    free = 1 + sum(is_free(animal.cell + offset) for offset in world.neighbours)
    return is_free(animal.cell) and free >= 5


def _settle(world: World, animal: Animal) -> bool:
    """Take up a range around the animal's cell if it offers enough; whether it did."""
    numbers = world.at(animal)
    cells, total = gather(world, animal.sex, animal.cell)
    if total < numbers["territory.female_need" if animal.is_female else "territory.smallest_area"]:
        return False
    searched = (world.tick - animal.since) * world.months
    is_patient = searched < numbers["dispersal.patience"]
    if not animal.is_female and is_patient and not covers_a_female(world, cells):
        return False
    hold(world, animal, cells)
    animal.since = world.tick
    world.count(world.zone_of(animal), SETTLED + animal.sex)
    if animal.natal is not None:
        apart_km = math.sqrt(world.distance_squared(animal.cell, animal.natal)) * world.cell_km
        bins = world.distances[animal.sex]
        bins[min(int(apart_km / 2.0), len(bins) - 1)] += 1
        animal.natal = None
    world.note(Event.SETTLEMENT, animal)
    return True


def _is_challenger(world: World, animal: Animal) -> bool:
    """Whether he is a male, old enough, looking for a place, on land that another male holds."""
    return (
        animal.sex == Sex.MALE
        and _is_looking(world, animal)
        and animal.age >= world.rates.first_breeding[Sex.MALE]
        and world.claims[Sex.MALE][animal.cell] > 0
    )


def _rival(world: World, challenger: Animal, males: list[Animal]) -> Animal | None:
    """The lowest in rank of the males that live within the radius of a full male range, if below the challenger."""
    limit = world.at(challenger)["territory.male_area"] / (math.pi * world.cell_km * world.cell_km)
    near = [
        male
        for male in males
        if male.is_living and male.is_resident and world.distance_squared(male.cell, challenger.cell) <= limit
    ]
    rival = min(near, key=world.seniority, default=None)
    return rival if rival is not None and world.seniority(rival) < world.seniority(challenger) else None


def _take_over(world: World, animal: Animal, rival: Animal) -> None:
    """The rival loses his range, and perhaps his life; the winner moves to his place and tries to settle there."""
    animal.cell = rival.cell
    release(world, rival)
    depart(world, rival)
    if world.uniform(rival.uid, world.tick, Stream.CONTEST) < world.at(rival)["territory.contest_death"]:
        rival.cause = Cause.CONTEST
    world.count(world.zone_of(animal), TAKEOVERS)
    _settle(world, animal)
