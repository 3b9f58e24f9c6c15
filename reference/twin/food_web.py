"""Prey, tigers and hunger: block by block, animal by animal."""

import math
from typing import Any

from orientalis.engine.codes import PREY, PREY_EATEN, TIGER_ADULTS, Cause, Domain, Plants, Prey, Stream
from orientalis.engine.food_web import UNIT
from orientalis.engine.processes.ungulates import AUTUMN, SPRING, SUMMER, WINTER
from reference.twin.chance import normal_quantile, thing_uid, uniform
from reference.twin.people import people_of
from reference.twin.rates import MONTHS
from reference.twin.world import Animal, World

PLANTS = [plants.name.lower() for plants in Plants]
KEYS = [prey.name.lower() for prey in Prey]
DEER = (Prey.SIKA, Prey.ROE, Prey.RED_DEER)
SNOW, FEVER = range(2)
ENDS = {2: WINTER, 5: SPRING, 8: SUMMER, 11: AUTUMN}
EAST, SOUTH = 2, 4


class Pasture:
    """The blocks of one replicate: kg of each kind of prey, tigers, and kg eaten since the last census."""

    def __init__(self, world: World) -> None:
        inputs = world.inputs
        web, blocks = inputs.food_web, inputs.blocks
        row = 0 if len(web.start) == 1 else world.index
        self.start: list[list[float]] = web.start[row].tolist()
        self.capacity: list[list[float]] = web.capacity[row].tolist()
        self.weight: list[float] = web.weight.tolist()
        self.per_km2: list[float] = web.per_km2.tolist()
        self.carried: list[float] = web.carried[row].tolist()
        self.tiger_mean = float(web.tiger_mean[row])
        self.zone: list[int] = blocks.zone.tolist()
        self.near: list[list[int]] = blocks.near.tolist()
        self.cells = [[cell for cell in cells if cell >= 0] for cells in blocks.cells.tolist()]
        self.of_cell: list[int] = blocks.of_cell.tolist()
        self.prey = [list(amounts) for amounts in self.start]
        self.tigers: list[float] = web.tigers[row].tolist()
        self.eaten = [0.0] * len(self.per_km2)
        self.room = [1.0] * len(self.per_km2)
        self.share = self.weight
        self.patrol: list[float] = []


def begin(world: World) -> None:
    """Put prey and tigers on the map, and food on its cells."""
    if world.inputs.settings.has_ungulates:
        world.pasture = Pasture(world)
        for cell, mass in enumerate(world.prey):
            crop_share = world.rates.of_zone[world.zone[cell]]["prey.crop_share"]
            world.food[cell] = mass * world.is_habitat[cell] * crop_share


def ungulates(world: World) -> None:
    """Prey lives the quarter that ends with this tick, or all four of a yearly tick."""
    if world.months > 1:
        quarters = [WINTER, SPRING, SUMMER, AUTUMN]
    else:
        quarters = [ENDS[world.month]] if world.month in ENDS else []
    for quarter in quarters:
        if quarter == WINTER:
            if world.inputs.settings.has_forest:
                _follow_cover(world)
            _spread(world)
        _live(world, quarter)
        _feed(world)


def _follow_cover(world: World) -> None:
    """What each block carries, and which of its cells hold the prey, after what has become of their cover."""
    pasture: Any = world.pasture
    woods: Any = world.woods
    pasture.share = list(pasture.weight)
    for block, cells in enumerate(pasture.cells):
        total = 0.0
        for cell in cells:
            numbers = world.rates.of_zone[world.zone[cell]]
            before, now = (numbers[f"ungulates.cover_{PLANTS[at[cell]]}"] for at in (woods.first, woods.plants))
            pasture.share[cell] = pasture.weight[cell] * (now / before if before > 0.0 else 1.0)
            total += pasture.share[cell]
        pasture.room[block] = total
        for cell in cells:
            if total > 0.0:
                pasture.share[cell] /= total


def _spread(world: World) -> None:
    """Prey moves from the fuller to the emptier of two blocks that share a side."""
    pasture: Any = world.pasture
    part = world.rates.of_zone[0]["ungulates.dispersal"] * 0.25
    if part <= 0.0:
        return
    for start, here in zip(pasture.start, pasture.prey, strict=True):
        fullness = [amount / first if first > 0.0 else 0.0 for amount, first in zip(here, start, strict=True)]
        for block, near in enumerate(pasture.near):
            for other in (near[EAST], near[SOUTH]):
                if other >= 0:
                    moved = part * min(start[block], start[other]) * (fullness[block] - fullness[other])
                    here[block] -= moved
                    here[other] += moved


def _mouths(world: World) -> list[int]:
    """How many eat in each block, in millionths of an animal."""
    pasture: Any = world.pasture
    mouths = [0] * len(pasture.per_km2)
    for animal in world.living():
        if animal.mother is None:
            cells = animal.range if animal.is_resident else [animal.cell]
            for cell in cells:
                mouths[pasture.of_cell[cell]] += UNIT // len(cells)
    return mouths


def _hazard(world: World, numbers: dict[str, float], kind: Prey, quarter: int) -> float:
    """Hazard in the quarter of what kills a share of a kind of prey."""
    key = kind.name.lower()
    if quarter == WINTER:
        return numbers[f"ungulates.winter_{key}"] * _snow(world, numbers)
    if quarter == AUTUMN:
        return numbers[f"ungulates.quota_{key}"]
    if quarter == SUMMER and kind == Prey.BOAR and _year_draw(world, FEVER) < numbers["ungulates.swine_fever"]:
        return -math.log(1.0 - numbers["ungulates.swine_fever_death"])
    return 0.0


def _snow(world: World, numbers: dict[str, float]) -> float:
    """The year's snow."""
    spread = numbers["ungulates.snow_variation"]
    variance = math.log(1.0 + spread * spread)
    z = normal_quantile(_year_draw(world, SNOW))
    return numbers["ungulates.snow"] * math.exp(math.sqrt(variance) * z - 0.5 * variance)


def _year_draw(world: World, index: int) -> float:
    return uniform(world.environment_key, thing_uid(Domain.YEAR, 0), world.year, Stream.UNGULATES, index)


def _live(world: World, quarter: int) -> None:
    """Prey of every block grows, meets what kills a share, is eaten and poached."""
    pasture: Any = world.pasture
    mouths = _mouths(world)
    kept = [[math.exp(-_hazard(world, numbers, kind, quarter)) for kind in Prey] for numbers in world.rates.of_zone]
    for block, per_km2 in enumerate(pasture.per_km2):
        if per_km2 <= 0.0:
            continue
        numbers = world.rates.of_zone[pasture.zone[block]]
        held = []
        for kind in Prey:
            amount = pasture.prey[kind][block]
            if amount > 0.0:
                capacity = pasture.capacity[kind][block] * pasture.room[block]
                decay = math.exp(-numbers[f"ungulates.growth_{KEYS[kind]}"] * 0.25)
                amount = capacity * amount / (amount + (capacity - amount) * decay)
                amount = amount * kept[pasture.zone[block]][kind]
            held.append(amount)
        own = _bite(numbers, "ungulates", held, per_km2, mouths[block], UNIT)
        tiger = [0.0] * len(held)
        if world.inputs.settings.has_tigers:
            tiger = _bite(numbers, "tigers", held, per_km2, pasture.tigers[block], 1)
        eaten = 0.0
        hunting = people_of(world).hunting[block] if world.inputs.settings.has_poaching else 1.0
        for kind, amount in zip(Prey, held, strict=True):
            poached = numbers["ungulates.poaching"] * 0.25 if kind in DEER else 0.0
            left = amount / (1.0 + (own[kind] + tiger[kind] + poached * hunting))
            eaten += left * own[kind]
            pasture.prey[kind][block] = left
        pasture.eaten[block] += eaten


def _bite(
    numbers: dict[str, float], section: str, held: list[float], per_km2: float, mouths: float, unit: int
) -> list[float]:
    """Hazard in a quarter of each kind of prey of being eaten by these: response of the third type, exponent 1.5."""
    half = numbers[f"{section}.half"]
    tastes = [numbers[f"{section}.taste_{key}"] for key in KEYS]
    level = half * math.sqrt(half)
    for taste, amount in zip(tastes, held, strict=True):
        density = amount * per_km2
        level += taste * (density * math.sqrt(density))
    intake = numbers[f"{section}.intake"] * 0.25
    if unit > 1:
        intake = intake / unit
    strength = mouths * intake * per_km2 / level
    return [strength * taste * math.sqrt(amount * per_km2) for taste, amount in zip(tastes, held, strict=True)]


def _feed(world: World) -> None:
    """Food of each cell that is habitat: its share of its block's prey, and of that what can be taken."""
    pasture: Any = world.pasture
    for block, cells in enumerate(pasture.cells):
        mass = 0.0
        for amounts in pasture.prey:
            mass += amounts[block]
        for cell in cells:
            crop_share = world.rates.of_zone[world.zone[cell]]["prey.crop_share"]
            world.food[cell] = mass * pasture.share[cell] * crop_share if world.is_habitat[cell] else 0.0


def hunger(world: World) -> None:
    """A female whose range yields less than she needs suffers, and the young with her."""
    for animal in world.living():
        animal.hunger = animal.fed = 1.0
        owner = animal if animal.mother is None else animal.mother
        if not owner.is_female or not owner.is_resident:
            continue
        numbers = world.at(owner)
        missing = _lack(world, owner)
        if animal.mother is not None:
            animal.hunger = 1.0 + numbers["ungulates.hunger_cubs"] * missing
        else:
            animal.hunger = 1.0 + numbers["ungulates.hunger_adults"] * missing
            animal.fed = max(1.0 - numbers["ungulates.hunger_conception"] * missing, 0.0)


def _lack(world: World, owner: Animal) -> float:
    """Share of her need that her range does not yield."""
    total = 0.0
    for cell in owner.range:
        total += world.food[cell]
    need = world.at(owner)["territory.female_need"]
    return 0.0 if total >= need else 1.0 - total / need


def tigers(world: World) -> None:
    """Tigers of every block grow to what prey carries and are poached; then they spread."""
    pasture: Any = world.pasture
    if world.inputs.settings.has_rangers and not pasture.patrol:
        pasture.patrol = list(people_of(world).patrol)
    room = []
    for block, carried in enumerate(pasture.carried):
        mass = 0.0
        for kind in Prey:
            if kind != Prey.SMALL:
                mass += pasture.prey[kind][block]
        room.append(carried * mass)
        there = pasture.tigers[block]
        if there > 0.0:
            numbers = world.rates.of_zone[pasture.zone[block]]
            poaching = numbers["tigers.poaching"]
            if world.inputs.settings.has_rangers:
                effect = numbers["tigers.patrol_effect"]
                patrol = people_of(world).patrol[block]
                poaching = poaching * (1.0 + effect * pasture.patrol[block]) / (1.0 + effect * patrol)
            grown = room[block] * there / (there + (room[block] - there) * math.exp(-numbers["tigers.growth"]))
            pasture.tigers[block] = grown * math.exp(-poaching)
    part = world.rates.of_zone[0]["tigers.spread"] * 0.25
    for block, near in enumerate(pasture.near):
        for other in (near[EAST], near[SOUTH]):
            if other >= 0 and room[block] > 0.0 and room[other] > 0.0:
                apart = pasture.tigers[block] / room[block] - pasture.tigers[other] / room[other]
                moved = part * min(room[block], room[other]) * apart
                pasture.tigers[block] -= moved
                pasture.tigers[other] += moved


def tiger_attacks(world: World) -> None:
    """Every animal may be killed by a tiger, likelier where tigers are many."""
    pasture: Any = world.pasture
    if pasture.tiger_mean <= 0.0:
        return
    for animal in world.living():
        block = pasture.of_cell[animal.cell]
        density = pasture.tigers[block] * pasture.per_km2[block]
        scale = world.months / MONTHS / pasture.tiger_mean
        hazard = world.at(animal)["tigers.leopard_hazard"] * density * scale
        if world.uniform(animal.uid, world.tick, Stream.TIGERS) < 1.0 - math.exp(-hazard):
            animal.cause = Cause.TIGER


def weigh(world: World) -> None:
    """Prey alive and eaten, and tigers, by zone."""
    pasture: Any = world.pasture
    columns = [*pasture.prey, pasture.eaten, pasture.tigers]
    items = [*(PREY + kind for kind in Prey), PREY_EATEN, TIGER_ADULTS]
    for column, item in zip(columns, items, strict=True):
        sums = [0.0] * len(world.rates.of_zone)
        for block, amount in enumerate(column):
            sums[pasture.zone[block]] += amount
        for zone, amount in enumerate(sums):
            if item == TIGER_ADULTS:
                amount = 100.0 * amount
            world.count(zone, item, int(amount + 0.5))
    pasture.eaten = [0.0] * len(pasture.eaten)
