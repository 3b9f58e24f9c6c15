"""The start: founders get age and sex, settle, and females get the cubs that the season would have left them."""

from orientalis.engine.codes import Sex, Status, Stream
from reference.twin.chance import founder_uid, offspring_uid, position
from reference.twin.ranges import covers_a_female, gather, hold
from reference.twin.world import Animal, World

KIND, PLACE, LITTER, SIZE, AGE, ALIVE, CUB_SEX, INDEPENDENCE, IMMUNE = range(9)
"""Indices of the draws in the stream of the start."""


def start(world: World) -> None:
    """Bring the founders into the world."""
    founders = world.inputs.founders
    cumulative = founders.cumulative.tolist()
    for index in range(founders.animals):
        uid = founder_uid(index)
        entry = position(cumulative, world.uniform(uid, 0, Stream.START, KIND))
        world.animals[uid] = Animal(uid, int(founders.sexes[entry]), int(founders.ages[entry]))
    everyone = list(world.animals.values())
    if world.is_spatial:
        in_turn = sorted(everyone, key=world.seniority, reverse=True)
        for sex in Sex:
            for animal in in_turn:
                if animal.sex == sex:
                    _find_place(world, animal)
    if world.inputs.settings.has_distemper:
        for animal in everyone:
            share = world.at(animal)["distemper.immune_at_start"]
            animal.is_immune = world.uniform(animal.uid, 0, Stream.START, IMMUNE) < share
    if founders.litter_share > 0.0:
        for animal in everyone:
            _add_cubs(world, animal)


def _find_place(world: World, animal: Animal) -> None:
    """Try random cells until one has room for a range; give up after some rounds."""
    cells = world.inputs.founders.cells.tolist()
    rounds = world.inputs.settings.settling_rounds
    for attempt in range(rounds):
        animal.cell = cells[int(world.uniform(animal.uid, attempt, Stream.START, PLACE) * len(cells))]
        got, total = gather(world, animal.sex, animal.cell)
        numbers = world.at(animal)
        if animal.is_female:
            is_good = total >= numbers["territory.female_need"]
        else:
            is_choosy = attempt < rounds // 2
            is_good = total >= numbers["territory.smallest_area"] and (not is_choosy or covers_a_female(world, got))
        if is_good:
            hold(world, animal, got)
            return


def _add_cubs(world: World, mother: Animal) -> None:
    """Give a share of the adult females, on a map of those with a range, cubs at their side."""
    founders, rates = world.inputs.founders, world.rates
    if not mother.is_female or mother.age < rates.first_breeding[Sex.FEMALE]:
        return
    if world.is_spatial and not mother.is_resident:
        return
    if world.uniform(mother.uid, 0, Stream.START, LITTER) >= founders.litter_share:
        return
    size = 1 + position(rates.litter, world.uniform(mother.uid, 0, Stream.START, SIZE))
    entry = position(founders.cub_cumulative.tolist(), world.uniform(mother.uid, 0, Stream.START, AGE))
    if world.is_spatial:
        mother.guardian = _nearest_male(world, mother)
    for place in range(size):
        uid = offspring_uid(mother.uid, 0, place)
        if world.uniform(uid, 0, Stream.START, ALIVE) < founders.cub_survival[entry]:
            _add_cub(world, mother, uid, int(founders.cub_ages[entry]))
    mother.litters = 1


def _add_cub(world: World, mother: Animal, uid: int, age: int) -> None:
    male_share = world.rates.of_zone[0]["reproduction.male_share"]
    sex = Sex.MALE if world.uniform(uid, 0, Stream.START, CUB_SEX) < male_share else Sex.FEMALE
    cub = Animal(uid, sex, age, mother=mother, status=Status.DEPENDENT, cell=mother.cell)
    first, last = world.rates.independence
    cub.independence = first + int(world.uniform(uid, 0, Stream.START, INDEPENDENCE) * (last - first + 1))
    mother.dependants.append(cub)
    world.animals[uid] = cub


def _nearest_male(world: World, mother: Animal) -> Animal | None:
    """The resident male, old enough to breed, whose centre is nearest; ties by identity."""
    males = [
        animal
        for animal in world.animals.values()
        if animal.sex == Sex.MALE and animal.is_resident and animal.age >= world.rates.first_breeding[Sex.MALE]
    ]
    return min(males, key=lambda male: (world.distance_squared(male.cell, mother.cell), male.uid), default=None)
