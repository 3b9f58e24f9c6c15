"""Tigers by block: once a year they grow to what prey carries, are poached and spread; they kill a few leopards."""

import math
from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.codes import Cause, Life, Prey, Stream
from orientalis.engine.food_web import KINDS, FoodState, FoodWeb
from orientalis.engine.kernel import kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Land, Ranges, Slots, Words
from orientalis.engine.surroundings import Blocks, Fields

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_CAUSE = int(Cause.TIGER)
_STREAM = int(Stream.TIGERS)
_SMALL = int(Prey.SMALL)
_EAST, _SOUTH = 2, 4


@kernel
def live_year(fields: Fields, web: FoodWeb, state: FoodState, rates: Rates, blocks: Blocks) -> None:
    """T adults of a block grow to K = carried * kg of ungulates and lose a share to poachers.

    T <- K T / (T + (K - T) exp(-r)) * exp(-poaching * (1 + e c0) / (1 + e c)), with c the patrols remembered there and
    c0 those at the start, where there are patrols. Leaves K in state.ratio for `spread_tigers`.
    """
    has_patrols = fields.patrol.shape[1] > 0
    for r in range(fields.tigers.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        for b in range(web.per_km2.shape[0]):
            mass = 0.0
            for k in range(KINDS):
                if k != _SMALL:
                    mass += fields.prey[r, k, b]
            capacity = web.carried[row, b] * mass
            state.ratio[b] = capacity
            tigers = fields.tigers[r, b]
            if tigers <= 0.0:
                continue
            values = rates.values[row, blocks.zone[b]]
            poaching = values[p.TIGER_POACHING]
            if has_patrols:
                effect = values[p.TIGER_PATROL]
                poaching = poaching * (1.0 + effect * state.patrol[r, b]) / (1.0 + effect * fields.patrol[r, b])
            grown = capacity * tigers / (tigers + (capacity - tigers) * math.exp(-values[p.TIGER_GROWTH]))
            fields.tigers[r, b] = grown * math.exp(-poaching)
        spread_tigers(fields, web, state, rates.values[row, 0, p.TIGER_SPREAD] * 0.25, blocks, r)


@kernel
def spread_tigers(fields: Fields, web: FoodWeb, state: FoodState, part: float, blocks: Blocks, r: int) -> None:
    """Tigers move between blocks that share a side: part * min(K_i, K_j) * (T_i / K_i - T_j / K_j) adults.

    Pair after pair, in the order of the blocks, the eastern neighbour first: nothing falls below 0, mass is kept.
    """
    here = fields.tigers[r]
    for b in range(web.per_km2.shape[0]):
        for heading in (_EAST, _SOUTH):
            near = blocks.near[b, heading]
            if near < 0 or state.ratio[b] <= 0.0 or state.ratio[near] <= 0.0:
                continue
            least = min(state.ratio[b], state.ratio[near])
            moved = part * least * (here[b] / state.ratio[b] - here[near] / state.ratio[near])
            here[b] -= moved
            here[near] += moved


def step(world: "World") -> None:
    """A year of tigers."""
    state = world.food_state
    if world.fields.patrol.shape[1] > 0 and state.patrol.shape[1] == 0:
        world.food_state = state = state._replace(patrol=world.fields.patrol.copy())
    live_year(world.fields, world.inputs.food_web, state, world.rates, world.inputs.blocks)


@kernel
def attack(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    keys: Words,
    clock: Clock,
    fields: Fields,
    web: FoodWeb,
    blocks: Blocks,
) -> None:
    """Each living animal may be killed by a tiger.

    Hazard = leopard_hazard * adults per km2 of the block where it is / their mean where animals may start.
    """
    part = clock.months / 12.0
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        if web.tiger_mean[row] <= 0.0:
            continue
        scale = part / web.tiger_mean[row]
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            cell = ranges.cell[r, s]
            b = blocks.of_cell[cell]
            density = fields.tigers[r, b] * web.per_km2[b]
            hazard = rates.values[row, land.zone[cell], p.TIGER_HAZARD] * density * scale
            u = uniform(keys[r, 1], animals.uid[r, s], clock.tick, _STREAM, 0)
            if u < hazard and u < 1.0 - math.exp(-hazard):  # the first is cheap and all but always settles it
                animals.life[r, s] = _DIED
                animals.cause[r, s] = _CAUSE


def step_attacks(world: "World") -> None:
    """One tick of attacks."""
    attack(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        world.inputs.keys,
        world.clock,
        world.fields,
        world.inputs.food_web,
        world.inputs.blocks,
    )


TIGERS = Process(
    name="tigers",
    summary="Once a year tigers grow by block to what prey carries, are poached, and spread.",
    cadence="year_start",
    reads=("fields.prey", "fields.patrol", "rates.values"),
    writes=("fields.tigers", "food_state"),
    streams=(),
    parameters=("tigers.growth", "tigers.poaching", "tigers.patrol_effect", "tigers.spread", "tigers.prey_per_adult"),
    step=step,
    is_on=lambda world: world.settings.has_tigers,
)

TIGER_ATTACKS = Process(
    name="tiger_attacks",
    summary="Tigers kill animals at a hazard that goes with their density in the block.",
    cadence="tick",
    reads=("animals.life", "animals.uid", "ranges.cell", "fields.tigers", "rates.values"),
    writes=("animals.life", "animals.cause"),
    streams=(Stream.TIGERS,),
    parameters=("tigers.leopard_hazard",),
    step=step_attacks,
    is_on=lambda world: world.settings.has_tigers,
)
