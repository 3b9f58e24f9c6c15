"""Who hunts where and how: hunters choose among blocks, ways to hunt and a paid job, by quantal response.

A choice of worth x (kUSD a day) has the weight exp(rationality * x); its share is its weight over the sum of all. So
with rationality 0 all choices are alike, and with a large one all take the best. Exponents are kept within 300.
"""

import math

from orientalis.engine import scalars as p
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.people import ACCIDENT, CHANCE, RETALIATION, SNARES, TRADE, WAYS, Poachers, Villages
from orientalis.engine.state import Floats
from orientalis.engine.surroundings import SIDE, Blocks

CELLS = float(SIDE * SIDE)
"""Cells of a block that is all land."""
_LIMIT = 300.0
WORKING_DAYS = 250.0
"""Days of wage that a year in prison costs."""


@inline_kernel
def weight_of(rationality: float, worth: float) -> float:
    """Weight of a choice: exp(rationality * worth), the exponent kept within 300 either way."""
    x = rationality * worth
    if x > _LIMIT:
        x = _LIMIT
    if x < -_LIMIT:
        x = -_LIMIT
    return math.exp(x)


@inline_kernel
def chance_met(values: Floats, km: float) -> float:
    """Chance that hunters in a block are met by patrols that walk `km` there in a month: 1 - exp(-meet * km)."""
    chance = 0.0
    if km > 0.0:
        chance = 1.0 - math.exp(-values[p.RANGERS_MEET] * km)
    return chance


@inline_kernel
def share_seized(values: Floats) -> float:
    """Share of the people met who are arrested: arrest * (1 - corruption)."""
    return values[p.RANGERS_ARREST] * (1.0 - values[p.RANGERS_CORRUPTION])


@inline_kernel
def penalty(values: Floats, way: int) -> float:
    """What an arrest costs on average, kUSD: conviction * (fine + prison), the prison for leopards alone.

    way: a channel but accidents. The fine for leopards holds for trade and retaliation, that for game for the others;
    a year in prison costs the wage of 250 days; all of it counts by `discount`, because it comes late.
    """
    cost = values[p.POACHING_GAME_FINE]
    if way == TRADE or way == RETALIATION:
        cost = values[p.POACHING_FINE] + values[p.POACHING_PRISON] * WORKING_DAYS * values[p.POACHING_WAGE]
    return values[p.POACHING_CONVICTION + way] * values[p.POACHING_DISCOUNT] * cost


@inline_kernel
def worth_of(values: Floats, way: int, habitat: float, game: float) -> float:
    """Mean value of a day's catch by a way to hunt, kUSD."""
    worth = values[p.POACHING_DEER_VALUE] * game
    if way == TRADE:
        animal = values[p.POACHING_SKIN_PRICE] + values[p.POACHING_BONE_PRICE]
        worth = animal * values[p.POACHING_TRADE_CHANCE] * habitat
    elif way == CHANCE:
        worth = worth * values[p.POACHING_GUN_CATCH]
    else:
        worth = worth * values[p.POACHING_SNARE_CATCH]
    return worth


@kernel
def weigh(villages: Villages, poachers: Poachers, blocks: Blocks, table: Floats, game: Floats, patrol: Floats) -> None:
    """Weight of each way to hunt in each block with land, and their sum, before the way there.

    A block with half its cells on land counts as half a choice. worth = catch - cost off the road - chance of arrest *
    penalty; chance of arrest = that of the way + chance met where patrols are remembered * share seized, at most 1.
    table [zone, parameter]; game [block]; patrol [block], of length 0 without rangers.
    """
    for b in range(blocks.size.shape[0]):
        poachers.weight[WAYS, b] = 0.0
        if blocks.size[b] == 0:
            continue
        values = table[blocks.zone[b]]
        met = 0.0
        if patrol.shape[0] > 0:
            met = chance_met(values, patrol[b]) * share_seized(values)
        open_to_cars = villages.track[b] * values[p.POACHING_ROADS_OPEN]
        walk = values[p.POACHING_OFFROAD_COST] * (1.0 - open_to_cars)
        total = 0.0
        for way in range(WAYS):
            arrest = values[p.POACHING_ARREST + way] + met
            if arrest > 1.0:
                arrest = 1.0
            worth = worth_of(values, way, villages.habitat[b], game[b]) - walk - arrest * penalty(values, way)
            weight = weight_of(values[p.POACHING_RATIONALITY], worth) * blocks.size[b] / CELLS
            poachers.weight[way, b] = weight
            total += weight
        poachers.weight[WAYS, b] = total


@kernel
def choose(villages: Villages, poachers: Poachers, table: Floats, effort: Floats) -> None:
    """Hunter-days a month, effort [way, block], from the weights: each village shares out the days of its hunters.

    Share of a choice = weight * exp(-rationality * cost of the way) / (that of the wage + the sum over its blocks).
    """
    for zone in range(poachers.fall.shape[0]):
        values = table[zone]
        for ring in range(villages.km.shape[0]):
            poachers.fall[zone, ring] = weight_of(
                values[p.POACHING_RATIONALITY], -values[p.POACHING_DISTANCE_COST] * villages.km[ring]
            )
    inside = poachers.inside
    inside[:] = 0.0
    for v in range(villages.block.shape[0]):
        home = villages.block[v]
        zone = villages.zone[v]
        values = table[zone]
        total = weight_of(values[p.POACHING_RATIONALITY], values[p.POACHING_WAGE])
        for at in range(villages.first[v], villages.first[v + 1]):
            total += poachers.weight[WAYS, villages.place[at]] * poachers.fall[zone, villages.ring[at]]
        hunters = values[p.POACHING_HOUSEHOLDS] * villages.people[home] * values[p.POACHING_ATTITUDE]
        part = hunters * values[p.POACHING_DAYS] / total
        for at in range(villages.first[v], villages.first[v + 1]):
            inside[villages.place[at]] += part * poachers.fall[zone, villages.ring[at]]
    for way in range(WAYS):
        for b in range(inside.shape[0]):
            effort[way, b] = poachers.weight[way, b] * inside[b]


@inline_kernel
def deer_taken(values: Floats, gun_days: float, snare_days: float, game: float) -> float:
    """Deer taken in a block in a month."""
    return (values[p.POACHING_GUN_CATCH] * gun_days + values[p.POACHING_SNARE_CATCH] * snare_days) * game


@inline_kernel
def vengeance(values: Floats, people: float, km: float) -> float:
    """How much people kill leopards for what these took: owners who would, times the chance that one does.

    people: index; chance = w / (1 + w), w = exp(rationality * (loss not paid - chance of arrest * penalty)).
    """
    arrest = values[p.POACHING_ARREST + RETALIATION] + chance_met(values, km) * share_seized(values)
    if arrest > 1.0:
        arrest = 1.0
    worth = values[p.POACHING_LOSS] * (1.0 - values[p.POACHING_COMPENSATION]) - arrest * penalty(values, RETALIATION)
    weight = weight_of(values[p.POACHING_RETALIATION_RATIONALITY], worth)
    return people * values[p.POACHING_ATTITUDE] * weight / (1.0 + weight)


@kernel
def expose(
    villages: Villages, blocks: Blocks, table: Floats, effort: Floats, snares: Floats, patrol: Floats, exposure: Floats
) -> None:
    """Exposure of an animal in each block to each channel, [channel, block], in units that only their ratios matter in.

    Trade, chance: hunter-days on a km2; snares: snares on a km2; retaliation: `vengeance`; accidents: open roads.
    """
    for b in range(blocks.size.shape[0]):
        if blocks.size[b] == 0:
            continue
        values = table[blocks.zone[b]]
        km = 0.0
        if patrol.shape[0] > 0:
            km = patrol[b]
        exposure[TRADE, b] = effort[TRADE, b] / villages.area[b]
        exposure[CHANCE, b] = effort[CHANCE, b] / villages.area[b]
        exposure[SNARES, b] = snares[b] / villages.area[b]
        exposure[RETALIATION, b] = vengeance(values, villages.people[b], km)
        exposure[ACCIDENT, b] = villages.road[b] * values[p.POACHING_ROADS_OPEN] * values[p.POACHING_TRAFFIC]
