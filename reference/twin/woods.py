"""Forest and fire, cell by cell, and the habitat that follows from them."""

import math

from orientalis.engine.codes import LAND_BURNT, LAND_HABITAT, LAND_LOGGED, LAND_PLANTS, Cell, Domain, Plants, Stream
from reference.twin.chance import bits, normal_quantile, thing_uid, uniform
from reference.twin.rates import COSINES, MONTHS
from reference.twin.world import World

NEVER = -1200
PAST = 6
APRIL, OCTOBER = 3, 9
MOST = 40
LOGGING = 1000
ROAD_YEARS = 10
FUELS = ("fuel_field", "fuel_grass", "fuel_young_oak", "fuel_oak", "fuel_conifer")
CLIMBS = {Plants.GRASS: "grass_years", Plants.YOUNG_OAK: "young_oak_years", Plants.OAK: "oak_years"}


class Woods:
    """Cover of one replicate, by cell."""

    def __init__(self, world: World) -> None:
        ground = world.inputs.ground
        self.plants: list[int] = ground.plants.tolist()
        self.first = list(self.plants)
        self.years = [255] * len(self.plants)
        self.fires = [0] * len(self.plants)
        self.road = [0] * len(self.plants)
        self.burnt = [NEVER] * len(self.plants)
        self.was_burnt = [False] * len(self.plants)
        self.slope: list[int] = ground.slope.tolist()
        self.nearness: list[float] = ground.nearness.tolist()
        self.is_leased: list[int] = ground.is_leased.tolist()
        self.watch: list[int] = ground.watch.tolist()
        self.logit: list[float] = ground.logit.tolist()
        self.may_be_habitat: list[int] = ground.may_be_habitat.tolist()
        self.level: list[int] = ground.level.tolist()
        rows: list[list[int]] = world.inputs.blocks.cells.tolist()
        self.blocks = [[cell for cell in row if cell >= 0] for row in rows]
        self.near: list[float] = [row[-1] for row in ground.near.tolist()]
        self.block_zone: list[int] = world.inputs.blocks.zone.tolist()
        self.first_habitat = list(world.is_habitat)
        self.first_suitability = list(world.suitability)


def begin(world: World) -> None:
    """The land at the start: its cover, and where fire is on the burns of the years before."""
    world.woods = Woods(world)
    if not world.inputs.settings.has_fire:
        return
    for year in range(-PAST, 0):
        for autumn, month in enumerate((APRIL, OCTOBER)):
            burn(world, year, autumn, (MONTHS * year + month) // world.months)
    woods = world.woods
    woods.was_burnt = [burns_regularly(world, cell, 0) for cell in range(len(woods.plants))]


def poisson(u: float, mean: float) -> int:
    """The smallest number whose cumulative probability is above `u`."""
    number = 0
    term = total = math.exp(-mean)
    while u >= total and number < MOST:
        number += 1
        term = term * mean / number
        total += term
    return number


def burns_regularly(world: World, cell: int, tick: int) -> bool:
    """Whether the forest remembers as many years with fire as make a cell one that burns regularly."""
    numbers = world.rates.of_zone[0]
    gap = int(numbers["forest.memory"] * 12.0) // world.months
    woods = world.woods
    return woods.fires[cell] >= int(numbers["forest.fires"]) and tick - woods.burnt[cell] <= gap


def fire(world: World) -> None:
    """The seasons that fall into the tick."""
    for autumn, month in enumerate((APRIL, OCTOBER)):
        if world.month <= month < world.month + world.months:
            burn(world, world.year, autumn, world.tick)


def burn(world: World, year: int, autumn: int, tick: int) -> None:
    """One season: what is lit, where it runs, what it leaves."""
    season = 2 * (year + PAST) + autumn
    numbers = world.rates.of_zone[0]
    spell = numbers["fire.dryness"]
    dryness = spell * normal_quantile(_draw(world, Domain.YEAR, 0, season, 0))
    wind = int(8.0 * _draw(world, Domain.YEAR, 0, season, 1))
    part = 1.0 - numbers["fire.spring_share"] if autumn else numbers["fire.spring_share"]
    alight = _lit(world, season, part * math.exp(dryness - 0.5 * spell * spell))
    burning = set(alight)
    while alight:
        cell = alight.pop()
        for heading, offset in enumerate(world.neighbours):
            near = cell + offset
            if world.kind[near] != Cell.LAND or near in burning:
                continue
            word = bits(world.environment_key, thing_uid(Domain.CELL, cell), season, Stream.FIRE, heading // 4)
            u = ((word >> (16 * (heading % 4)) & 0xFFFF) + 0.5) / 65536.0
            if u < _passing(world, near, heading, dryness, wind):
                burning.add(near)
                alight.append(near)
    for cell in burning:
        _scorch(world, cell, tick, year * (MONTHS // world.months))


def _lit(world: World, season: int, driest: float) -> list[int]:
    woods, inputs = world.woods, world.inputs
    share = world.rates.of_zone[0]["fire.people_share"]
    found: list[int] = []
    for block, cells in enumerate(woods.blocks):
        if not cells:
            continue
        of_people = share * woods.near[block] / inputs.ground.mean_near
        weight = of_people + (1.0 - share) * len(cells)
        mean = world.rates.of_zone[woods.block_zone[block]]["fire.ignitions"] * driest * weight
        for i in range(poisson(_draw(world, Domain.BLOCK, block, season, 0), mean)):
            word = bits(world.environment_key, thing_uid(Domain.BLOCK, block), season, Stream.FIRE, 1 + i)
            x = ((word >> 32) + 0.5) / 4294967296.0 * weight
            cell = _place(world, block, cells, x, of_people, 1.0 - share)
            numbers = world.rates.of_zone[world.zone[cell]]
            chance = numbers[f"fire.{FUELS[woods.plants[cell]]}"] * (1.0 - numbers["fire.crews"])
            if x < of_people:
                chance = chance * (1.0 - numbers["fire.permits"])
            chance = chance * _left(world, cell)
            if cell not in found and ((word & 0xFFFFFFFF) + 0.5) / 4294967296.0 < chance:
                found.append(cell)
    return found


def _place(world: World, block: int, cells: list[int], x: float, of_people: float, other: float) -> int:
    if x >= of_people:
        return cells[min(int((x - of_people) / other), len(cells) - 1)]
    aim = x * world.woods.near[block] / of_people
    total = 0.0
    for cell in cells:
        total += world.woods.nearness[cell]
        if total > aim:
            return cell
    return cells[-1]


def _left(world: World, cell: int) -> float:
    numbers = world.rates.of_zone[0]
    return (1.0, 1.0 - numbers["fire.guard"], 1.0 - numbers["fire.suppression"])[world.woods.watch[cell]]


def _passing(world: World, near: int, heading: int, dryness: float, wind: int) -> float:
    whole, here = world.rates.of_zone[0], world.rates.of_zone[world.zone[near]]
    fuel = whole[f"fire.{FUELS[world.woods.plants[near]]}"]
    if fuel <= 0.0:
        return 0.0
    x = whole["fire.spread"] + whole["fire.fuel_effect"] * (fuel - 1.0) + dryness
    x = x + whole["fire.wind"] * COSINES[(heading - wind) % 8]
    x = x + whole["fire.slope"] * (world.woods.slope[near] / 7.0)
    keep = (1.0 - here["fire.crews"]) * (1.0 - here["fire.firebreaks"])
    return 1.0 / (1.0 + math.exp(-x)) * keep * _left(world, near)


def _scorch(world: World, cell: int, tick: int, new_year: int) -> None:
    woods = world.woods
    last, woods.burnt[cell] = woods.burnt[cell], tick
    if last >= new_year:
        return
    gap = int(world.rates.of_zone[0]["forest.memory"] * 12.0) // world.months
    woods.fires[cell] = 1 if tick - last > gap else min(woods.fires[cell] + 1, 255)
    if tick >= 0:
        world.count(world.zone[cell], LAND_BURNT)


def forest(world: World) -> None:
    """January: what burnt may fall a class, what rests may climb one, some is logged."""
    woods = world.woods
    ticks = MONTHS // world.months
    for cell in range(len(woods.plants)):
        if world.kind[cell] != Cell.LAND:
            continue
        woods.years[cell] = min(woods.years[cell] + 1, 255)
        woods.road[cell] = max(woods.road[cell] - 1, 0)
        is_burnt = woods.burnt[cell] >= world.tick - ticks and woods.plants[cell] >= Plants.YOUNG_OAK
        if is_burnt and woods.fires[cell] >= int(world.rates.of_zone[0]["forest.fires"]):
            u = uniform(world.environment_key, thing_uid(Domain.CELL, cell), world.year, Stream.FOREST, 0)
            if u < world.rates.of_zone[world.zone[cell]]["forest.loss"]:
                _become(world, cell, woods.plants[cell] - 1)
    for block, cells in enumerate(woods.blocks):
        if cells:
            _climb(world, block, cells)
    for block, cells in enumerate(woods.blocks):
        if cells:
            _log(world, block, cells)


def _become(world: World, cell: int, plants: int) -> None:
    world.woods.plants[cell] = plants
    world.woods.years[cell] = 0


def _climb(world: World, block: int, cells: list[int]) -> None:
    numbers = world.rates.of_zone[world.woods.block_zone[block]]
    years = {plants: numbers[f"forest.{key}"] for plants, key in CLIMBS.items()}
    rates = {plants: 1.0 / y if y > 0.0 else 0.0 for plants, y in years.items()}
    most = max(rates.values())
    rest = int(numbers["forest.rest"] * 12.0) // world.months
    for cell, u in _tries(world, block, cells, most * len(cells), 0):
        rate = rates.get(Plants(world.woods.plants[cell]), 0.0)
        if world.tick - world.woods.burnt[cell] >= rest and u * most < rate:
            _become(world, cell, world.woods.plants[cell] + 1)


def _log(world: World, block: int, cells: list[int]) -> None:
    woods = world.woods
    rate = world.rates.of_zone[woods.block_zone[block]]["forest.logging"] * len(cells)
    for cell, _ in _tries(world, block, cells, rate, LOGGING):
        if woods.plants[cell] >= Plants.OAK and woods.is_leased[cell]:
            _become(world, cell, Plants.YOUNG_OAK)
            woods.road[cell] = ROAD_YEARS
            world.count(world.zone[cell], LAND_LOGGED)


def _tries(world: World, block: int, cells: list[int], mean: float, first: int) -> list[tuple[int, float]]:
    """Cells of a block that something may befall this year, each with a uniform that says whether it does."""

    def draw(index: int) -> float:
        return uniform(world.environment_key, thing_uid(Domain.BLOCK, block), world.year, Stream.FOREST, first + index)

    number = poisson(draw(0), mean)
    return [(cells[int(draw(1 + 2 * i) * len(cells))], draw(2 + 2 * i)) for i in range(number)]


def habitat(world: World) -> None:
    """Suitability and habitat after what changed since the start; what stands on the land is counted."""
    woods = world.woods
    for cell in range(len(woods.plants)):
        if world.kind[cell] != Cell.LAND:
            continue
        numbers = world.rates.of_zone[world.zone[cell]]
        climbed = float(woods.plants[cell]) - float(woods.first[cell])
        burning = float(burns_regularly(world, cell, world.tick)) - float(woods.was_burnt[cell])
        shift = numbers["forest.cover_effect"] * climbed + numbers["forest.burning_effect"] * burning
        shift = shift + numbers["forest.road_effect"] * (1.0 if woods.road[cell] > 0 else 0.0)
        world.is_habitat[cell], world.suitability[cell] = woods.first_habitat[cell], woods.first_suitability[cell]
        if shift != 0.0:
            logit = woods.logit[cell] + shift
            world.is_habitat[cell] = int(woods.may_be_habitat[cell] and logit >= world.inputs.ground.threshold)
            place = int((min(max(logit, -8.0), 8.0) + 8.0) * 64.0)
            world.suitability[cell] = woods.level[min(place, 1023)]
        world.count(world.zone[cell], LAND_PLANTS + woods.plants[cell])
        if world.is_habitat[cell]:
            world.count(world.zone[cell], LAND_HABITAT)
        elif world.inputs.settings.has_ungulates:
            world.food[cell] = 0.0


def _draw(world: World, domain: Domain, index: int, season: int, draw: int) -> float:
    return uniform(world.environment_key, thing_uid(domain, index), season, Stream.FIRE, draw)
