"""Fire: lit mostly by people in the dry weeks of spring and autumn, it runs through grass and young oak.

A season has the number 2 (year + PAST) + (0 spring, 1 autumn), which takes the tick's place in every address; all is
drawn under key_environment. At (domain YEAR, 0): dryness (index 0) and wind (1) of the season. At (domain BLOCK,
block): how many fires are tried there (0), and a word of 64 bits for the i-th, i from 0 (1 + i): its upper half says
where, its lower half whether it takes. At (domain CELL, cell): two words of 64 bits, one for the headings 0-3, one for
4-7, 16 bits each, the lowest first: does fire pass from this cell that way. One draw for each way out of each cell, so
that no order of burning matters (bond percolation).
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.burning import memory_of, remember
from orientalis.engine.codes import LAND_BURNT, Cell, Domain, Plants, Stream
from orientalis.engine.grid import HEADINGS
from orientalis.engine.ground import SLOPES, Ground, Tinder
from orientalis.engine.kernel import inline_kernel, kernel
from orientalis.engine.parameters import Rates
from orientalis.engine.poisson import how_many
from orientalis.engine.process import Process
from orientalis.engine.rng import bits, normal_quantile, thing_uid, uniform
from orientalis.engine.state import Ints, Land, Words
from orientalis.engine.surroundings import Blocks, Cover

if TYPE_CHECKING:
    from orientalis.engine.world import World

APRIL, OCTOBER = 3, 9
PAST = 6
"""Years of fire before the start, so that it begins with the burns of the years before."""
_STREAM = int(Stream.FIRE)
_YEAR, _CELL, _BLOCK = int(Domain.YEAR), int(Domain.CELL), int(Domain.BLOCK)
_LAND = int(Cell.LAND)
_KINDS = len(Plants)
_MASK = np.uint64(0xFFFF)
_LOW = np.uint64(0xFFFFFFFF)
_S16 = np.uint64(16)
_S32 = np.uint64(32)
_WIDTH = 65536.0
_WIDE = 4294967296.0
_HALF_ROOT_TWO = 0.7071067811865476
COSINES = (1.0, _HALF_ROOT_TWO, 0.0, -_HALF_ROOT_TWO, -1.0, -_HALF_ROOT_TWO, 0.0, _HALF_ROOT_TWO)


@kernel
def prepare(tinder: Tinder, rates: Rates, row: int, dryness: float, wind: int) -> None:
    """Chances of spread: 1 / (1 + exp(-x)), x = spread + fuel_effect (fuel - 1) + dryness + wind cos + slope class.

    Of the target's class of cover and slope; cos of the angle between the way and the wind. No fuel, no chance.
    """
    values = rates.values[row, 0]
    for kind in range(_KINDS):
        fuel = values[p.FIRE_FUEL + kind]
        for heading in range(HEADINGS):
            for slope in range(SLOPES):
                x = values[p.FIRE_SPREAD] + values[p.FIRE_FUEL_EFFECT] * (fuel - 1.0) + dryness
                x = x + values[p.FIRE_WIND] * COSINES[(heading - wind) & 7]
                x = x + values[p.FIRE_SLOPE] * (slope / (SLOPES - 1.0))
                chance = 1.0 / (1.0 + math.exp(-x)) if fuel > 0.0 else 0.0
                tinder.chance[(kind * HEADINGS + heading) * SLOPES + slope] = chance
    for zone in range(rates.values.shape[1]):
        values = rates.values[row, zone]
        tinder.keep[zone] = (1.0 - values[p.FIRE_CREWS]) * (1.0 - values[p.FIRE_FIREBREAKS])
    values = rates.values[row, 0]
    tinder.watched[0] = 1.0
    tinder.watched[1] = 1.0 - values[p.FIRE_GUARD]
    tinder.watched[2] = 1.0 - values[p.FIRE_SUPPRESSION]
    tinder.stamp[0] += 1


@inline_kernel
def half(word: np.uint64) -> float:
    """A uniform from 32 bits."""
    return (np.float64(np.int64(word)) + 0.5) / _WIDE


@inline_kernel
def place_of(blocks: Blocks, ground: Ground, b: int, x: float, lit: float, other: float) -> int:
    """Cell where the fire at `x` of a block's weight starts: by nearness below `lit`, else any, each `other` wide."""
    last = blocks.size[b] - 1
    place = 0
    if x < lit:
        aim = x * ground.near[b, last] / lit
        while place < last and ground.near[b, place] <= aim:
            place += 1
    else:
        place = int((x - lit) / other)
        if place > last:
            place = last
    return blocks.cells[b, place]


@kernel
def light(
    cover: Cover,
    tinder: Tinder,
    land: Land,
    ground: Ground,
    blocks: Blocks,
    rates: Rates,
    key: np.uint64,
    season: int,
    driest: float,
    r: int,
) -> int:
    """Light the season's fires: the cells are left in tinder.queue, their number is returned.

    Fires tried on a cell of nearness h, at fuel 1: ignitions * driest * (share of people * h / mean h + the rest). One
    takes with the chance fuel * (1 - crews), less permits for those of people, less what the watch on the cell stops.
    """
    row = r if rates.values.shape[0] > 1 else 0
    count = 0
    share = rates.values[row, 0, p.FIRE_PEOPLE_SHARE]
    for b in range(len(blocks.size)):
        if blocks.size[b] == 0:
            continue
        lit = share * ground.near[b, blocks.size[b] - 1] / ground.mean_near
        weight = lit + (1.0 - share) * blocks.size[b]
        mean = rates.values[row, blocks.zone[b], p.FIRE_IGNITIONS] * driest * weight
        uid = thing_uid(_BLOCK, b)
        for i in range(how_many(uniform(key, uid, season, _STREAM, 0), mean)):
            word = bits(key, uid, np.uint64(season), _STREAM, 1 + i)
            x = half(word >> _S32) * weight
            cell = place_of(blocks, ground, b, x, lit, 1.0 - share)
            values = rates.values[row, land.zone[cell]]
            chance = values[p.FIRE_FUEL + cover.kind[r, cell]] * (1.0 - values[p.FIRE_CREWS])
            if x < lit:
                chance = chance * (1.0 - values[p.FIRE_PERMITS])
            chance = chance * tinder.watched[ground.watch[cell]]
            if half(word & _LOW) < chance and tinder.mark[cell] != tinder.stamp[0]:
                tinder.mark[cell] = tinder.stamp[0]
                tinder.queue[count] = cell
                count += 1
    return count


@kernel
def spread(
    cover: Cover, tinder: Tinder, land: Land, ground: Ground, key: np.uint64, season: int, r: int, lit: int
) -> int:
    """Let the `lit` fires at the head of tinder.queue run; returns how many cells burn, each once."""
    count = lit
    stamp = tinder.stamp[0]
    done = 0
    while done < count:
        cell = tinder.queue[done]
        done += 1
        uid = thing_uid(_CELL, cell)
        word = bits(key, uid, np.uint64(season), _STREAM, 0)
        for heading in range(HEADINGS):
            if heading == 4:
                word = bits(key, uid, np.uint64(season), _STREAM, 1)
            u = (np.float64(np.int64(word & _MASK)) + 0.5) / _WIDTH
            word = word >> _S16
            near = cell + land.offsets[heading]
            chance = tinder.chance[(cover.kind[r, near] * HEADINGS + heading) * SLOPES + ground.slope[near]]
            if u >= chance or land.kind[near] != _LAND or tinder.mark[near] == stamp:  # the likeliest first
                continue
            if u < chance * tinder.keep[land.zone[near]] * tinder.watched[ground.watch[near]]:
                tinder.mark[near] = stamp
                tinder.queue[count] = near
                count += 1
    return count


@kernel
def scorch(
    cover: Cover, tinder: Tinder, land: Land, tally: Ints, r: int, count: int, tick: int, new_year: int, gap: int
) -> None:
    """Mark the burnt cells of tinder.queue: tick of the fire; years with fire, from 1 anew after a longer `gap`.

    A cell that burnt since `new_year`, the year's first tick, counts only once; no year before the start is tallied.
    """
    for i in range(count):
        cell = tinder.queue[i]
        last = cover.burnt[r, cell]
        cover.burnt[r, cell] = tick
        if last >= new_year:
            continue
        if tick - last > gap:
            cover.fires[r, cell] = 1
        elif cover.fires[r, cell] < 255:
            cover.fires[r, cell] += 1
        if tick >= 0:
            tally[r, land.zone[cell], LAND_BURNT] += 1


@kernel
def burn(
    cover: Cover,
    tinder: Tinder,
    land: Land,
    ground: Ground,
    blocks: Blocks,
    rates: Rates,
    keys: Words,
    tally: Ints,
    year: int,
    autumn: int,
    tick: int,
    months: int,
) -> None:
    """One season of fire in every replicate."""
    season = 2 * (year + PAST) + autumn
    new_year = year * (12 // months)
    for r in range(cover.kind.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        values = rates.values[row, 0]
        key = keys[r, 0]
        weather = thing_uid(_YEAR, 0)
        spell = values[p.FIRE_DRYNESS]
        dryness = spell * normal_quantile(uniform(key, weather, season, _STREAM, 0))
        wind = int(8.0 * uniform(key, weather, season, _STREAM, 1))
        part = 1.0 - values[p.FIRE_SPRING_SHARE] if autumn else values[p.FIRE_SPRING_SHARE]
        prepare(tinder, rates, row, dryness, wind)
        driest = part * math.exp(dryness - 0.5 * spell * spell)
        lit = light(cover, tinder, land, ground, blocks, rates, key, season, driest, r)
        count = spread(cover, tinder, land, ground, key, season, r, lit)
        _, gap = memory_of(rates, row, months)
        scorch(cover, tinder, land, tally, r, count, tick, new_year, gap)


def _burn(world: "World", year: int, autumn: int, tick: int) -> None:
    burn(
        world.cover,
        world.tinder,
        world.land,
        world.inputs.ground,
        world.inputs.blocks,
        world.rates,
        world.inputs.keys,
        world.tally,
        year,
        autumn,
        tick,
        world.settings.months_a_tick,
    )


def burn_past(world: "World") -> None:
    """The seasons of the years before the start, so that it has what burnt lately; what they burn is not counted."""
    if not world.settings.has_fire:
        return
    months = world.settings.months_a_tick
    for year in range(-PAST, 0):
        for autumn, month in enumerate((APRIL, OCTOBER)):
            _burn(world, year, autumn, (12 * year + month) // months)
    remember(world.cover, world.rates, months)


def step(world: "World") -> None:
    """The season that falls into the tick: April, October, or both in a tick of a year."""
    clock = world.clock
    for autumn, month in enumerate((APRIL, OCTOBER)):
        if clock.month <= month < clock.month + clock.months:
            _burn(world, clock.year, autumn, clock.tick)


FIRE = Process(
    name="fire",
    summary="In spring and autumn people light fires, which run through grass and young oak with dryness and wind.",
    cadence="tick",
    reads=("cover.kind", "land.kind", "land.zone", "rates.values"),
    writes=("cover.burnt", "cover.fires", "tally", "tinder"),
    streams=(Stream.FIRE,),
    parameters=("fire", "forest.memory"),
    step=step,
    is_on=lambda world: world.settings.has_fire,
)
