"""What happens to every animal anywhere: mating, birth, ageing, census."""

import math

from orientalis.engine.codes import BIRTHS, DISPERSERS, LITTERS, READY, RESIDENTS, UNMATED, Event, Sex, Status, Stream
from orientalis.engine.life import INDEX_INDEPENDENCE, INDEX_SEX, INDEX_WANDER
from reference.twin import heredity
from reference.twin.chance import offspring_uid, pair_uid, position
from reference.twin.food_web import weigh
from reference.twin.rates import NO_HEADING
from reference.twin.world import NOT_PREGNANT, Animal, World

OESTRUS, CHOICE = range(2)
"""Indices of the draws in the stream of mating."""


def mating(world: World) -> None:
    """Ready females come into oestrus by the season, and are found by a male or not."""
    males = [
        animal
        for animal in world.living()
        if animal.sex == Sex.MALE and world.is_breeding_age(animal) and (animal.is_resident or not world.is_spatial)
    ]
    for female in world.living():
        if not _is_ready(world, female):
            continue
        zone = world.zone_of(female)
        chance = world.rates.conceive[zone][world.month] * female.fed
        if world.uniform(female.uid, world.tick, Stream.MATING, OESTRUS) >= chance:
            continue
        world.count(zone, READY)
        if world.is_spatial:
            male = _finder(world, female, males)
            if male is None:
                world.count(zone, UNMATED)
                continue
            female.sire = male.uid
            female.guardian = female.mate = male
        elif not males and not world.inputs.settings.is_single_sex:
            world.count(zone, UNMATED)
            continue
        elif world.inputs.settings.has_genetics:
            female.mate = heredity.choose_male(world, female, males)
            female.sire = female.mate.uid
        female.gestation = world.rates.gestation


def _is_ready(world: World, female: Animal) -> bool:
    return (
        female.is_female
        and world.is_breeding_age(female)
        and female.gestation == NOT_PREGNANT
        and not female.dependants
        and (female.is_resident or not world.is_spatial)
    )


def _finder(world: World, female: Animal, males: list[Animal]) -> Animal | None:
    """One of the males within the roaming distance, drawn with a weight that falls with the distance."""
    reach = world.at(female)["mating.roaming_distance"] / world.cell_km
    found, least = None, math.inf
    for male in males:
        share = world.distance_squared(male.cell, female.cell) / (reach * reach) if reach > 0.0 else 1.0
        if share < 1.0:
            u = world.uniform(pair_uid(male.uid, female.uid), world.tick, Stream.MATING, CHOICE)
            wait = -math.log(u) / (1.0 - share)
            if wait < least:
                found, least = male, wait
    return found


def birth(world: World) -> None:
    """Pregnancies come a tick nearer to their end, and litters are born."""
    for mother in world.living():
        if mother.gestation == NOT_PREGNANT:
            continue
        if mother.gestation > 0:
            mother.gestation -= 1
            continue
        mother.gestation = NOT_PREGNANT
        size = 1 + position(world.rates.litter, world.uniform(mother.uid, world.tick, Stream.BIRTH))
        places = _places(world, mother, size)
        for place in places:
            _bear(world, mother, place)
        if places:
            world.count(world.zone_of(mother), LITTERS)
        mother.litters += 1


def _places(world: World, mother: Animal, size: int) -> list[int]:
    """Places in the litter at which cubs are born; with genetics some are empty and others hold a second cub."""
    if not world.inputs.settings.has_genetics:
        return list(range(size))
    largest = len(world.rates.litter)
    return [
        place + second * largest for place in range(size) for second in range(heredity.cubs_of(world, mother, place))
    ]


def _bear(world: World, mother: Animal, place: int) -> None:
    uid = offspring_uid(mother.uid, mother.litters, place)
    is_male = world.uniform(uid, 0, Stream.LIFETIME, INDEX_SEX) < world.at(mother)["reproduction.male_share"]
    cub = Animal(uid, Sex.MALE if is_male else Sex.FEMALE, 0, cell=mother.cell, mother_uid=mother.uid)
    first, last = world.rates.independence
    if last > 0:  # else the young of this species never depend on their mothers
        u = world.uniform(uid, 0, Stream.LIFETIME, INDEX_INDEPENDENCE)
        cub.independence = first + int(u * (last - first + 1))
        cub.status = Status.DEPENDENT
        cub.mother = mother
        mother.dependants.append(cub)
    world.animals[uid] = cub
    world.count(world.zone_of(cub), BIRTHS + cub.sex)
    world.note(Event.BIRTH, cub)


def ageing(world: World) -> None:
    """Everyone grows a tick older; the young who reach their age of independence leave their mothers."""
    for animal in world.living():
        animal.age += 1
        if animal.mother is not None:
            animal.cell = animal.mother.cell
        if animal.mother is not None and animal.age >= animal.independence:
            leave_mother(world, animal, from_tick=world.tick + 1)


def leave_mother(world: World, young: Animal, from_tick: int) -> None:
    """The young is on its own; on a map it disperses from its mother's place."""
    mother = young.mother
    assert mother is not None
    mother.dependants.remove(young)
    young.mother = None
    young.status = Status.DISPERSER
    young.cell = young.natal = mother.cell
    young.heading = NO_HEADING
    young.since = from_tick
    if world.is_spatial:
        mean_km = world.at(young)[f"dispersal.wander_{Sex(young.sex).name.lower()}"]
        u = world.uniform(young.uid, 0, Stream.LIFETIME, INDEX_WANDER)
        young.wander = int(-math.log(u) * mean_km / world.cell_km)


def census(world: World) -> None:
    """The living by class and zone; residents and dispersers."""
    for animal in world.living():
        world.count_number(animal)
        if world.is_spatial and animal.is_resident:
            world.count(world.zone_of(animal), RESIDENTS + animal.sex)
        if world.is_spatial and animal.status == Status.DISPERSER:
            world.count(world.zone_of(animal), DISPERSERS)
    if world.inputs.settings.has_genetics:
        heredity.census(world)
    if world.inputs.settings.has_ungulates:
        weigh(world)
