"""Forest: repeated burning pushes cover down a class, years without fire let it climb back, logging takes mature cells.

In January, in this order. All is drawn under key_environment with the year as tick: at (domain CELL, cell) whether a
burnt cell loses a class (index 0); at (domain BLOCK, block) how often a cell of the block may climb (0) and how often
one may be logged (1000); of the i-th, i from 0, which cell (that index + 1 + 2 i) and whether it does (+ 2 + 2 i).
"""

from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.codes import LAND_LOGGED, Domain, Plants, Stream
from orientalis.engine.ground import Ground
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.poisson import how_many
from orientalis.engine.process import Process
from orientalis.engine.rng import thing_uid, uniform
from orientalis.engine.state import Clock, Floats, Ints, Land, Words
from orientalis.engine.surroundings import Blocks, Cover

if TYPE_CHECKING:
    from orientalis.engine.world import World

ROAD_YEARS = 10
"""Years that a logging road lasts."""
_STREAM = int(Stream.FOREST)
_CELL, _BLOCK = int(Domain.CELL), int(Domain.BLOCK)
_GRASS, _YOUNG, _OAK = int(Plants.GRASS), int(Plants.YOUNG_OAK), int(Plants.OAK)
LOGGING = 1000


@inline_kernel
def climbing(values: Floats, kind: int) -> float:
    """Rate, 1/year, at which an unburnt cell of this class climbs to the next; 0 for fields and the highest class."""
    if kind < _GRASS or kind > _OAK:
        return 0.0
    years = values[p.FOREST_GRASS_YEARS + kind - _GRASS]
    return 1.0 / years if years > 0.0 else 0.0


@kernel
def degrade(cover: Cover, land: Land, rates: Rates, key: np.uint64, r: int, year: int, since: int) -> None:
    """A year passes for each cell: roads grow over; forest that burnt since tick `since`, not for the first time, may
    lose a class: with the chance forest.loss where forest.fires years with fire or more are remembered.
    """
    row = r if rates.values.shape[0] > 1 else 0
    fires = int(rates.values[row, 0, p.FOREST_FIRES])
    for cell in range(cover.kind.shape[1]):  # loops apart, so that each goes through many cells at once
        cover.years[r, cell] += cover.years[r, cell] < 255
    for cell in range(cover.kind.shape[1]):
        cover.road[r, cell] -= cover.road[r, cell] > 0
    for cell in range(cover.kind.shape[1]):
        if cover.burnt[r, cell] < since or cover.kind[r, cell] < _YOUNG or cover.fires[r, cell] < fires:
            continue
        loss = rates.values[row, land.zone[cell], p.FOREST_LOSS]
        if uniform(key, thing_uid(_CELL, cell), year, _STREAM, 0) < loss:
            cover.kind[r, cell] -= 1
            cover.years[r, cell] = 0


@kernel
def climb(
    cover: Cover, land: Land, blocks: Blocks, rates: Rates, key: np.uint64, r: int, year: int, tick: int, months: int
) -> None:
    """Cells without fire for forest.rest years climb a class at the rate of their class.

    Drawn for the block at the highest rate of the three, each then kept with its own rate over that one (thinning).
    """
    row = r if rates.values.shape[0] > 1 else 0
    for b in range(len(blocks.size)):
        if blocks.size[b] == 0:
            continue
        values = rates.values[row, blocks.zone[b]]
        most = max(climbing(values, _GRASS), climbing(values, _YOUNG), climbing(values, _OAK))
        rest = int(values[p.FOREST_REST] * 12.0) // months
        uid = thing_uid(_BLOCK, b)
        for i in range(how_many(uniform(key, uid, year, _STREAM, 0), most * blocks.size[b])):
            cell = blocks.cells[b, int(uniform(key, uid, year, _STREAM, 1 + 2 * i) * blocks.size[b])]
            if tick - cover.burnt[r, cell] < rest:
                continue
            if uniform(key, uid, year, _STREAM, 2 + 2 * i) * most < climbing(values, cover.kind[r, cell]):
                cover.kind[r, cell] += 1
                cover.years[r, cell] = 0


@kernel
def cut(
    cover: Cover,
    land: Land,
    ground: Ground,
    blocks: Blocks,
    rates: Rates,
    key: np.uint64,
    tally: Ints,
    r: int,
    year: int,
) -> None:
    """Mature cells of leased land are logged at the rate forest.logging: they become young oak and get a road."""
    row = r if rates.values.shape[0] > 1 else 0
    for b in range(len(blocks.size)):
        rate = rates.values[row, blocks.zone[b], p.FOREST_LOGGING] * blocks.size[b]
        if rate <= 0.0:
            continue
        uid = thing_uid(_BLOCK, b)
        for i in range(how_many(uniform(key, uid, year, _STREAM, LOGGING), rate)):
            at = uniform(key, uid, year, _STREAM, LOGGING + 1 + 2 * i)
            cell = blocks.cells[b, int(at * blocks.size[b])]
            if cover.kind[r, cell] >= _OAK and ground.is_leased[cell]:
                cover.kind[r, cell] = _YOUNG
                cover.years[r, cell] = 0
                cover.road[r, cell] = ROAD_YEARS
                tally[r, land.zone[cell], LAND_LOGGED] += 1


@kernel
def grow(
    cover: Cover,
    land: Land,
    ground: Ground,
    blocks: Blocks,
    rates: Rates,
    keys: Words,
    clock: Clock,
    tally: Ints,
) -> None:
    """A year of losing, climbing and logging in every replicate."""
    for r in range(cover.kind.shape[0]):
        key = keys[r, 0]
        degrade(cover, land, rates, key, r, clock.year, clock.tick - 12 // clock.months)
        climb(cover, land, blocks, rates, key, r, clock.year, clock.tick, clock.months)
        cut(cover, land, ground, blocks, rates, key, tally, r, clock.year)


def step(world: "World") -> None:
    """January."""
    grow(
        world.cover,
        world.land,
        world.inputs.ground,
        world.inputs.blocks,
        world.rates,
        world.inputs.keys,
        world.clock,
        world.tally,
    )


FOREST = Process(
    name="forest",
    summary="Each January repeated burning pushes cover down, rest lets it climb, and logging takes mature cells.",
    cadence="year_start",
    reads=("cover.burnt", "cover.fires", "land.kind", "land.zone", "rates.values"),
    writes=("cover.kind", "cover.years", "cover.road", "tally"),
    streams=(Stream.FOREST,),
    parameters=("forest",),
    step=step,
    is_on=lambda world: world.settings.has_forest,
)
