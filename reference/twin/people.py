"""Villages, hunters and rangers, block by block."""

import math
from typing import Any

from orientalis.engine.codes import (
    ARRESTS,
    FOUND,
    PATROL_KM,
    PEOPLE_MET,
    POACHING_DAYS,
    SNARES_FOUND,
    SNARES_SET,
    Cause,
    Cell,
    Domain,
    Stream,
)
from reference.twin.chance import thing_uid, uniform
from reference.twin.rates import MONTHS, STAGES, Rates
from reference.twin.world import Animal, World

WAYS = ("trade", "chance", "snares")
CAUSES = (Cause.TRADE, Cause.CHANCE, Cause.SNARE, Cause.RETALIATION, Cause.ACCIDENT)
DEATH, CHANNEL, KNOWN = range(3)
REFERENCE_TICKS = 120
Numbers = dict[str, float]


def weight_of(rationality: float, worth: float) -> float:
    """Weight of a choice in a quantal response."""
    return math.exp(max(-300.0, min(300.0, rationality * worth)))


class People:
    """Who hunts and patrols in one replicate; lists by block.

    effort [way][block]: hunter-days a month; danger [block][channel]: summed up to the channel.
    """

    def __init__(self, world: World) -> None:
        inputs = world.inputs
        self.has_rangers = inputs.settings.has_rangers
        self.months = world.months
        self.span = max(3, world.months)
        self.village = {name: array.tolist() for name, array in inputs.villages._asdict().items()}
        self.zone: list[int] = inputs.blocks.zone.tolist()
        self.size: list[int] = inputs.blocks.size.tolist()
        self.of_cell: list[int] = inputs.blocks.of_cell.tolist()
        self.blocks = range(len(self.size))
        self.with_land = [block for block in self.blocks if self.size[block] > 0]
        self.rest: dict[tuple[int, int], float] = {}
        self.game: list[float] = self.village["game"]
        self.game_then = [0.0] * len(self.size)
        self.hunting = [1.0] * len(self.size)
        self.patrol = [0.0] * len(self.size)
        rates = Rates(inputs, world.index, -1)  # before any change: no year that a change covers is negative
        self._settle(world, rates)

    def _settle(self, world: World, rates: Rates) -> None:
        """The reference state."""
        table, numbers = rates.of_zone, rates.of_zone[0]
        if self.has_rangers:
            teams = int(numbers["rangers.teams"] + 0.5)
            km = numbers["rangers.km"] * numbers["rangers.quality"] * self.months
            for tick in range(REFERENCE_TICKS):
                for team in range(teams):
                    for block, _, length in walk(self, world, 0, team, tick, km):
                        self.patrol[block] += length
            self.patrol = [km / (REFERENCE_TICKS * self.months) for km in self.patrol]
        self.effort = self.chosen(table)
        self.snares = [0.0] * len(self.size)
        for block in self.with_land:
            here = table[self.zone[block]]
            stay = kept(here, self.span)
            if self.has_rangers:
                stay = stay * left(here, self.patrol[block] * self.span)
            self.snares[block] = here["poaching.snares_a_day"] * self.effort[2][block] * self.span / (1.0 - stay)
        exposure = self.exposed(table)
        names = ("trade", "", "snare", "retaliation", "accident")
        shares = [numbers[f"poaching.{name}_share"] if name else 0.0 for name in names]
        rest = 1.0
        for share in shares:
            rest -= share
        shares[1] = max(rest, 0.0)
        self.flat, self.scale = [], []
        for channel, share in enumerate(shares):
            mean = 0.0
            for block in self.blocks:
                mean += self.village["start"][block] * exposure[channel][block]
            self.flat.append(share if mean <= 0.0 else 0.0)
            self.scale.append(share / mean if mean > 0.0 else 0.0)
        self.take = [
            deer_taken(table[self.zone[b]], self.effort[1][b], self.effort[2][b], self.village["game"][b])
            for b in self.blocks
        ]

    def chosen(self, table: list[Numbers]) -> list[list[float]]:
        """Hunter-days a month by way and block."""
        village = self.village
        weights = [[0.0] * len(self.size) for _ in WAYS]
        sums = [0.0] * len(self.size)
        for block in self.with_land:
            here = table[self.zone[block]]
            met = met_by(here, self.patrol[block]) * seized(here)
            walk_cost = here["poaching.offroad_cost"] * (1.0 - village["track"][block] * here["poaching.roads_open"])
            for index, way in enumerate(WAYS):
                arrest = min(here[f"poaching.arrest_{way}"] + met, 1.0)
                catch = catch_of(here, way, village["habitat"][block], self.game[block])
                worth = catch - walk_cost - arrest * penalty(here, way)
                weights[index][block] = weight_of(here["poaching.rationality"], worth) * self.size[block] / 25.0
                sums[block] += weights[index][block]
        inside = [0.0] * len(self.size)
        for index, home in enumerate(village["block"]):
            here = table[village["zone"][index]]
            rationality = here["poaching.rationality"]
            pairs = range(village["first"][index], village["first"][index + 1])
            fall = [weight_of(rationality, -here["poaching.distance_cost"] * km) for km in village["km"]]
            total = weight_of(rationality, here["poaching.wage"])
            for at in pairs:
                total += sums[village["place"][at]] * fall[village["ring"][at]]
            hunters = here["poaching.households"] * village["people"][home] * here["poaching.attitude"]
            part = hunters * here["poaching.days"] / total
            for at in pairs:
                inside[village["place"][at]] += part * fall[village["ring"][at]]
        return [[weight * share for weight, share in zip(way, inside, strict=True)] for way in weights]

    def exposed(self, table: list[Numbers]) -> list[list[float]]:
        """Exposure by channel and block."""
        village = self.village
        found = [[0.0] * len(self.size) for _ in CAUSES]
        for block in self.with_land:
            here, area = table[self.zone[block]], village["area"][block]
            found[0][block] = self.effort[0][block] / area
            found[1][block] = self.effort[1][block] / area
            found[2][block] = self.snares[block] / area
            arrest = min(here["poaching.arrest_retaliation"] + met_by(here, self.patrol[block]) * seized(here), 1.0)
            worth = here["poaching.loss"] * (1.0 - here["poaching.compensation"])
            worth -= arrest * penalty(here, "retaliation")
            weight = weight_of(here["poaching.retaliation_rationality"], worth)
            found[3][block] = village["people"][block] * here["poaching.attitude"] * weight / (1.0 + weight)
            found[4][block] = village["road"][block] * here["poaching.roads_open"] * here["poaching.traffic"]
        return found

    def gather(self, zone: int, item: int, amount: float) -> None:
        """Add to a count that comes in fractions."""
        self.rest[zone, item] = self.rest.get((zone, item), 0.0) + amount

    def count_whole(self, world: World, items: tuple[int, ...]) -> None:
        """Hand what is whole to the tally."""
        for (zone, item), amount in self.rest.items():
            if item in items and int(amount) > 0:
                world.tally[zone, item] = world.tally.get((zone, item), 0) + int(amount)
                self.rest[zone, item] = amount - int(amount)


def met_by(here: Numbers, km: float) -> float:
    """Chance that hunters of a block are met by patrols of `km` a month."""
    return 1.0 - math.exp(-here["rangers.meet"] * km) if km > 0.0 else 0.0


def seized(here: Numbers) -> float:
    """Share of the people met who are arrested."""
    return here["rangers.arrest"] * (1.0 - here["rangers.corruption"])


def kept(here: Numbers, months: int) -> float:
    """Share of the snares that still stand after some months."""
    return math.exp(-here["poaching.snare_decay"] * months / MONTHS)


def left(here: Numbers, km: float) -> float:
    """Share of the snares that patrols of `km` leave."""
    return math.exp(-here["rangers.find"] * here["rangers.persons"] / 4.0 * km)


def penalty(here: Numbers, way: str) -> float:
    """What an arrest costs on average, kUSD."""
    cost = here["poaching.game_fine"]
    if way in ("trade", "retaliation"):
        cost = here["poaching.fine"] + here["poaching.prison"] * 250.0 * here["poaching.wage"]
    return here[f"poaching.conviction_{way}"] * here["poaching.discount"] * cost


def catch_of(here: Numbers, way: str, habitat: float, game: float) -> float:
    """Mean value of a day's catch, kUSD."""
    if way == "trade":
        animal = here["poaching.skin_price"] + here["poaching.bone_price"]
        return animal * here["poaching.trade_chance"] * habitat
    taken = here["poaching.gun_catch" if way == "chance" else "poaching.snare_catch"]
    return here["poaching.deer_value"] * game * taken


def deer_taken(here: Numbers, gun_days: float, snare_days: float, game: float) -> float:
    """Deer taken in a block in a month."""
    return (here["poaching.gun_catch"] * gun_days + here["poaching.snare_catch"] * snare_days) * game


def walk(people: People, world: World, key: int, team: int, tick: int, km: float) -> list[tuple[int, int, float]]:
    """The steps of a team in a tick: block, zone and km of each."""
    posts = people.village["posts"]
    cell = posts[team % len(posts)]
    steps = []
    number = 0
    u = 0.0
    while km > 0.0:
        if number % 16 == 0:
            u = uniform(key, thing_uid(Domain.TEAM, team), tick, Stream.RANGERS, number // 16)
        number += 1
        heading = int(u * 8.0)
        u = u * 8.0 - heading
        length = min(world.cell_km * 1.4142135623730951 if heading % 2 == 1 else world.cell_km, km)
        km -= length
        for turned in (heading, (heading + 4) % 8):
            near = cell + world.neighbours[turned]
            if world.kind[near] == Cell.LAND:
                cell = near
                break
        steps.append((people.of_cell[cell], world.zone[cell], length))
    return steps


def rangers(world: World) -> None:
    """Teams walk; snares are found, hunters met; hunters remember."""
    people, table = people_of(world), world.rates.of_zone
    numbers = table[0]
    walked = [0.0] * len(people.size)
    km = numbers["rangers.km"] * numbers["rangers.quality"] * world.months
    for team in range(int(numbers["rangers.teams"] + 0.5)):
        for block, zone, length in walk(people, world, world.environment_key, team, world.tick, km):
            walked[block] += length
            people.gather(zone, PATROL_KM, length)
    keep = math.exp(-world.months / numbers["rangers.memory"])
    for block, way in enumerate(walked):
        a_month = way / world.months
        people.patrol[block] = keep * people.patrol[block] + (1.0 - keep) * a_month
        if way <= 0.0:
            continue
        zone = people.zone[block]
        here = table[zone]
        found = people.snares[block] * (1.0 - left(here, way))
        people.snares[block] -= found
        people.gather(zone, SNARES_FOUND, found)
        days = 0.0
        for effort in people.effort:
            days += effort[block] * world.months
        met = days * met_by(here, a_month)
        people.gather(zone, PEOPLE_MET, met)
        people.gather(zone, ARRESTS, met * seized(here))
    people.count_whole(world, (SNARES_FOUND, PATROL_KM, PEOPLE_MET, ARRESTS))


def poaching(world: World) -> None:
    """Hunters decide each quarter; each month animals are killed."""
    people = people_of(world)
    if world.month % 3 == 0:
        _decide(world, people)
    part = world.months / MONTHS
    for animal in world.living():
        danger = people.danger[people.of_cell[animal.cell]]
        here = world.at(animal)
        hazard = here[f"killing.{STAGES[world.stage_of(animal)]}"] * part * danger[-1]
        if _draw(world, animal, DEATH) >= 1.0 - math.exp(-hazard):
            continue
        lot = _draw(world, animal, CHANNEL) * danger[-1]
        animal.cause = next((cause for cause, sum_ in zip(CAUSES, danger, strict=True) if lot < sum_), CAUSES[-1])
        if _draw(world, animal, KNOWN) < here["poaching.found_share"]:
            world.count(world.zone_of(animal), FOUND)


def _meet_game(world: World, people: People) -> None:
    """Game of each block, as prey has changed there since the first tick."""
    pasture: Any = world.pasture
    people.game = []
    for block in people.blocks:
        total = 0.0
        for amounts in pasture.prey:
            total += amounts[block]
        if world.tick == 0:
            people.game_then[block] = total
        then = people.game_then[block]
        game = people.village["game"][block]
        people.game.append(game * total / then if then > 0.0 else game)


def _decide(world: World, people: People) -> None:
    table, span = world.rates.of_zone, people.span
    if world.inputs.settings.has_ungulates:
        _meet_game(world, people)
    people.effort = people.chosen(table)
    for block in people.with_land:
        zone = people.zone[block]
        here = table[zone]
        placed = here["poaching.snares_a_day"] * people.effort[2][block] * span
        people.snares[block] = people.snares[block] * kept(here, span) + placed
        people.gather(zone, SNARES_SET, placed)
        for effort in people.effort:
            people.gather(zone, POACHING_DAYS, effort[block] * span)
        if people.take[block] > 0.0:
            now = deer_taken(here, people.effort[1][block], people.effort[2][block], people.game[block])
            people.hunting[block] = now / people.take[block]
    people.count_whole(world, (POACHING_DAYS, SNARES_SET))
    exposure = people.exposed(table)
    people.danger = []
    for block in people.blocks:
        total = 0.0
        summed = []
        for channel in range(len(CAUSES)):
            total += people.flat[channel] + people.scale[channel] * exposure[channel][block]
            summed.append(total)
        people.danger.append(summed)


def people_of(world: World) -> People:
    """The people of a world, at their reference state when first asked for."""
    if world.people_around is None:
        world.people_around = People(world)
    return world.people_around


def _draw(world: World, animal: Animal, index: int) -> float:
    return world.uniform(animal.uid, world.tick, Stream.POACHING, index)
