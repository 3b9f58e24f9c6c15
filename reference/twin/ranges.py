"""Ranges: an animal claims cells outward from its centre, best first, and gives them back."""

import math

from orientalis.engine.codes import Sex, Status
from reference.twin.rates import NO_HEADING
from reference.twin.world import Animal, World


def worth(world: World, sex: int, cell: int) -> float:
    """What a cell offers to one more animal: kg of prey a year to a female, km2 to a male."""
    if not world.is_habitat[cell]:
        return 0.0
    numbers = world.rates.of_zone[world.zone[cell]]
    owners = world.claims[sex][cell]
    if sex == Sex.MALE:
        return world.cell_km * world.cell_km if owners + 0.5 < numbers["territory.male_overlap"] else 0.0
    if owners > 1:
        return 0.0
    return food(world, cell) * (numbers["territory.female_overlap"] if owners == 1 else 1.0)


def food(world: World, cell: int) -> float:
    """Prey that can be taken from a cell, kg a year."""
    if world.inputs.settings.has_ungulates:
        return world.food[cell]
    crop_share = world.rates.of_zone[world.zone[cell]]["prey.crop_share"]
    return world.prey[cell] * world.is_habitat[cell] * crop_share


def gather(world: World, sex: int, centre: int) -> tuple[list[int], float]:
    """The cells that an animal would claim from `centre`, in the order taken, and what they are worth to it."""
    numbers = world.rates.of_zone[world.zone[centre]]
    cell_km2 = world.cell_km * world.cell_km
    need = numbers["territory.male_area" if sex == Sex.MALE else "territory.female_need"]
    largest = int(numbers["territory.male_area" if sex == Sex.MALE else "territory.largest_area"] / cell_km2)
    smallest = numbers["territory.smallest_area"] / cell_km2
    got: list[int] = []
    total = 0.0
    seen = {centre}
    border: dict[int, tuple[float, float]] = {}  # cell: (score, worth)
    if largest > 0:
        _look_at(world, sex, centre, centre, largest, border)
    while border and len(got) < largest and not (total >= need and len(got) >= smallest):
        best = min(border, key=lambda cell: (-border[cell][0], cell))
        total += border.pop(best)[1]
        got.append(best)
        for offset in world.neighbours:
            near = best + offset
            if near not in seen:
                seen.add(near)
                _look_at(world, sex, centre, near, largest, border)
    return got, total


def _look_at(
    world: World, sex: int, centre: int, cell: int, largest: int, border: dict[int, tuple[float, float]]
) -> None:
    """Put a cell on the border of the range with its score, if it offers anything."""
    offer = worth(world, sex, cell)
    if offer > 0.0:
        wish = offer if sex == Sex.FEMALE else 1.0 + world.claims[Sex.FEMALE][cell]
        apart = world.distance_squared(cell, centre)
        border[cell] = (wish / (1.0 + apart / (largest / math.pi)), offer)


def covers_a_female(world: World, cells: list[int]) -> bool:
    """Whether any of the cells belongs to a female's range."""
    return any(world.claims[Sex.FEMALE][cell] > 0 for cell in cells)


def hold(world: World, animal: Animal, cells: list[int]) -> None:
    """Take up a range."""
    animal.range = cells
    animal.status = Status.RESIDENT
    for cell in cells:
        world.claims[animal.sex][cell] += 1


def release(world: World, animal: Animal) -> None:
    """Give back a range."""
    for cell in animal.range:
        world.claims[animal.sex][cell] -= 1
    animal.range = []


def depart(world: World, animal: Animal) -> None:
    """Having lost its range, start to disperse from its centre."""
    animal.status = Status.DISPERSER
    animal.since = world.tick
    animal.heading = NO_HEADING
