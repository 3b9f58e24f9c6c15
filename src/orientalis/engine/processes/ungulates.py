"""Prey: each quarter the deer, boars and small prey of a block grow, meet winter, fever and hunters, and are eaten.

Quarters end in March (winter), June, September (swine fever) and December (the legal quota); a yearly tick lives them
one after another. In a quarter of length q, N kg of a kind in a block

1. grow to the land's capacity K: N <- K N / (N + (K - N) exp(-r q)), the closed form of logistic growth;
2. meet what kills a share: N <- N exp(-hazard), hazard = winter * snow of the year, fever, or quota;
3. are eaten and poached: N <- N / (1 + h), h = sum over predators of n q f / N + poaching q, with the intake of one
   predator f_k = I c_k x_k^1.5 / (H^1.5 + sum_j c_j x_j^1.5), x = N / area, that is a_k = I c_k / H^1.5 and h_j = 1 / I
   (a response of the third type with exponent 1.5; I: saturated intake, H: density of half of it, c: taste).

Draws of a year, under key_environment at (address of the domain YEAR, the year): 0 snow, log-normal with mean 1 and the
given standard deviation; 1 whether it is one of swine fever.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.codes import Domain, Life, Prey, Status, Stream
from orientalis.engine.food_web import (
    DECAY,
    HALF,
    INTAKE,
    KEPT,
    KINDS,
    PLANTS,
    POACHED,
    TASTE,
    TIGER_HALF,
    TIGER_INTAKE,
    TIGER_TASTE,
    UNIT,
    FoodState,
    FoodWeb,
)
from orientalis.engine.kernel import kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import normal_quantile, thing_uid, uniform
from orientalis.engine.state import Animals, Clock, Floats, Land, Ranges, Slots, Words
from orientalis.engine.surroundings import Blocks, Cover, Fields

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_RESIDENT = int(Status.RESIDENT)
_DISPERSER = int(Status.DISPERSER)
_STREAM = int(Stream.UNGULATES)
_YEAR = int(Domain.YEAR)
_BOAR = int(Prey.BOAR)
_SMALL = int(Prey.SMALL)
_QUARTER = 0.25
WINTER, SPRING, SUMMER, AUTUMN = range(4)
_SNOW, _FEVER = range(2)
_EAST, _SOUTH = 2, 4


@kernel
def snow_of(values: Floats, key: np.uint64, year: int) -> float:
    """The year's snow, 1 in a mean year: snow * exp(s z - s^2 / 2), s^2 = log(1 + variation^2); values [parameter]."""
    variance = math.log(1.0 + values[p.SNOW_VARIATION] * values[p.SNOW_VARIATION])
    z = normal_quantile(uniform(key, thing_uid(_YEAR, 0), year, _STREAM, _SNOW))
    return values[p.SNOW] * math.exp(math.sqrt(variance) * z - 0.5 * variance)


@kernel
def set_quarter(
    rates: Rates, state: FoodState, key: np.uint64, row: int, year: int, quarter: int, has_tigers: bool
) -> None:
    """Fill state.quarter [zone, column] for a replicate: what a block's zone alone decides."""
    fever = uniform(key, thing_uid(_YEAR, 0), year, _STREAM, _FEVER)
    for zone in range(state.quarter.shape[0]):
        values = rates.values[row, zone]
        found = state.quarter[zone]
        snow = snow_of(values, key, year) if quarter == WINTER else 0.0
        for k in range(KINDS):
            hazard = 0.0
            if quarter == WINTER:
                hazard = values[p.PREY_WINTER + k] * snow
            elif quarter == AUTUMN:
                hazard = values[p.PREY_QUOTA + k]
            elif quarter == SUMMER and k == _BOAR and fever < values[p.SWINE_FEVER]:
                hazard = -math.log(1.0 - values[p.SWINE_FEVER_DEATH])
            found[DECAY + k] = math.exp(-values[p.PREY_GROWTH + k] * _QUARTER)
            found[KEPT + k] = math.exp(-hazard)
            found[TASTE + k] = values[p.PREY_TASTE + k]
            found[TIGER_TASTE + k] = values[p.TIGER_TASTE + k]
            is_deer = k != _BOAR and k != _SMALL
            found[POACHED + k] = values[p.DEER_POACHING] * _QUARTER if is_deer else 0.0
        found[HALF] = values[p.LEOPARD_HALF] * math.sqrt(values[p.LEOPARD_HALF])
        found[INTAKE] = values[p.LEOPARD_INTAKE] * _QUARTER / UNIT
        found[TIGER_HALF] = 1.0
        found[TIGER_INTAKE] = 0.0
        if has_tigers:
            found[TIGER_HALF] = values[p.TIGER_HALF] * math.sqrt(values[p.TIGER_HALF])
            found[TIGER_INTAKE] = values[p.TIGER_INTAKE] * _QUARTER


@kernel
def count_mouths(animals: Animals, slots: Slots, ranges: Ranges, blocks: Blocks, state: FoodState) -> None:
    """Fill state.demand: an independent animal eats in equal parts on the cells of its range, or where it is."""
    for r in range(animals.life.shape[0]):
        for b in range(state.demand.shape[1]):
            state.demand[r, b] = 0
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            if ranges.status[r, s] == _DISPERSER:
                state.demand[r, blocks.of_cell[ranges.cell[r, s]]] += UNIT
            elif ranges.status[r, s] == _RESIDENT:
                part = UNIT // ranges.size[r, s]
                for place in range(ranges.size[r, s]):
                    state.demand[r, blocks.of_cell[ranges.cells[r, s, place]]] += part


@kernel
def live_quarter(
    fields: Fields, web: FoodWeb, state: FoodState, rates: Rates, blocks: Blocks, keys: Words, year: int, quarter: int
) -> None:
    """One quarter of all blocks: growth, what kills a share, and what is eaten (see the head of this file)."""
    has_tigers = fields.tigers.shape[1] > 0
    has_hunting = fields.hunting.shape[1] > 0
    held = state.held
    root = state.root
    for r in range(fields.prey.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        set_quarter(rates, state, keys[r, 0], row, year, quarter, has_tigers)
        for b in range(web.per_km2.shape[0]):
            inverse = web.per_km2[b]
            if inverse <= 0.0:
                continue
            q = state.quarter[blocks.zone[b]]
            room = state.room[r, b] if state.room.shape[1] > 0 else 1.0
            own = q[HALF]
            tiger = q[TIGER_HALF]
            for k in range(KINDS):
                n = fields.prey[r, k, b]
                if n > 0.0:
                    capacity = web.capacity[row, k, b] * room
                    n = capacity * n / (n + (capacity - n) * q[DECAY + k]) * q[KEPT + k]
                density = n * inverse
                held[k] = n
                root[k] = math.sqrt(density)
                own += q[TASTE + k] * (density * root[k])
                tiger += q[TIGER_TASTE + k] * (density * root[k])
            own = state.demand[r, b] * q[INTAKE] * inverse / own
            tiger = fields.tigers[r, b] * q[TIGER_INTAKE] * inverse / tiger if has_tigers else 0.0
            hunting = fields.hunting[r, b] if has_hunting else 1.0
            eaten = 0.0
            for k in range(KINDS):
                taken = own * q[TASTE + k] * root[k]
                lost = taken + tiger * q[TIGER_TASTE + k] * root[k] + q[POACHED + k] * hunting
                left = held[k] / (1.0 + lost)
                eaten += left * taken
                fields.prey[r, k, b] = left
            state.eaten[r, b] += eaten


@kernel
def spread_prey(fields: Fields, web: FoodWeb, state: FoodState, rates: Rates, blocks: Blocks) -> None:
    """Once a year a share d of prey moves between blocks that share a side, from the fuller to the emptier.

    Between blocks i and j go d / 4 * min(S_i, S_j) * (N_i / S_i - N_j / S_j) kg, S being the kg at the start: mass is
    kept, nothing falls below 0, and nothing moves at the reference state. d is that of zone 0.
    """
    for r in range(fields.prey.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        part = rates.values[row, 0, p.PREY_DISPERSAL] * 0.25
        if part <= 0.0:
            continue
        for k in range(KINDS):
            start = web.start[row, k]
            here = fields.prey[r, k]
            for b in range(start.shape[0]):
                state.ratio[b] = here[b] / start[b] if start[b] > 0.0 else 0.0
            for b in range(start.shape[0]):
                for heading in (_EAST, _SOUTH):
                    near = blocks.near[b, heading]
                    if near >= 0:
                        moved = part * min(start[b], start[near]) * (state.ratio[b] - state.ratio[near])
                        here[b] -= moved
                        here[near] += moved


@kernel
def share_out(fields: Fields, web: FoodWeb, state: FoodState, rates: Rates, blocks: Blocks, land: Land) -> None:
    """Food of each cell: crop share * its share of the block's prey, all kinds, * habitat, kg a year."""
    has_share = state.share.shape[1] > 0
    mass = state.ratio
    crop = state.sums[:, 0]
    for r in range(fields.prey.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        at = r if land.is_habitat.shape[0] > 1 else 0
        for zone in range(crop.shape[0]):
            crop[zone] = rates.values[row, zone, p.CROP_SHARE]
        for b in range(mass.shape[0]):
            total = 0.0
            for k in range(KINDS):
                total += fields.prey[r, k, b]
            mass[b] = total
        share = state.share[r] if has_share else web.weight
        is_habitat = land.is_habitat[at]
        food = land.food[r]
        for cell in range(food.shape[0]):  # cell by cell in order, which costs a third of going block by block
            b = blocks.of_cell[cell]
            if b >= 0:
                food[cell] = mass[b] * share[cell] * crop[land.zone[cell]] * is_habitat[cell]


@kernel
def follow_cover(cover: Cover, web: FoodWeb, state: FoodState, rates: Rates, blocks: Blocks, land: Land) -> None:
    """What the block can carry, and where its prey stands, after its cells' cover, relative to that at the start.

    A cell's weight at the start * carried by its class now / carried by that at the start; their sum is the factor on
    the block's capacity, and each cell's part of the sum its share of the prey.
    """
    for r in range(state.room.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for zone in range(state.carried.shape[0]):
            for first in range(PLANTS):
                for now in range(PLANTS):
                    state.carried[zone, first, now] = cover_factor(rates.values[row, zone], first, now)
        share = state.share[r]
        for b in range(web.per_km2.shape[0]):
            total = 0.0
            for place in range(blocks.size[b]):
                cell = blocks.cells[b, place]
                factor = state.carried[land.zone[cell], state.cover[cell], cover.kind[r, cell]]
                weight = web.weight[cell] * factor
                share[cell] = weight
                total += weight
            state.room[r, b] = total
            if total > 0.0:
                for place in range(blocks.size[b]):
                    share[blocks.cells[b, place]] /= total


@kernel
def cover_factor(values: Floats, first: int, now: int) -> float:
    """What a cell's cover carries now, relative to its class at the start; 1 where that carried nothing."""
    before = values[p.PREY_COVER + first]
    return values[p.PREY_COVER + now] / before if before > 0.0 else 1.0


def step(world: "World") -> None:
    """The quarter that ends with this tick, or all four of a yearly tick."""
    clock = world.clock
    quarters = range(4) if clock.months > 1 else range(clock.month // 3, clock.month // 3 + (clock.month % 3 == 2))
    for quarter in quarters:
        live(world, clock, quarter)


def live(world: "World", clock: Clock, quarter: int) -> None:
    """One quarter: cover and spread in winter, then prey, then food."""
    inputs, fields, rates = world.inputs, world.fields, world.rates
    web, blocks = inputs.food_web, inputs.blocks
    if quarter == WINTER:
        if world.food_state.share.shape[1] > 0:
            follow_cover(world.cover, web, world.food_state, rates, blocks, world.land)
        spread_prey(fields, web, world.food_state, rates, blocks)
    count_mouths(world.animals, world.slots, world.ranges, blocks, world.food_state)
    live_quarter(fields, web, world.food_state, rates, blocks, inputs.keys, clock.year, quarter)
    share_out(fields, web, world.food_state, rates, blocks, world.land)


UNGULATES = Process(
    name="ungulates",
    summary="Each quarter prey grows by block, meets winter, swine fever and hunters, is eaten, and feeds the cells.",
    cadence="tick",
    reads=("animals.life", "ranges.cell", "ranges.cells", "ranges.status", "land.is_habitat", "rates.values", "fields"),
    writes=("fields.prey", "food_state", "land.food"),
    streams=(Stream.UNGULATES,),
    parameters=("ungulates", "prey.crop_share"),
    step=step,
    is_on=lambda world: world.settings.has_ungulates,
)
