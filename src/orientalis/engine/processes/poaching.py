"""Killing by people for reasons: for the trade, by chance, in snares, in revenge, on the roads; each counted apart.

Hunters decide each quarter (`hunting`), which sets effort, snares and the danger of each block; month by month an
animal dies with the chance 1 - exp(-killing of its stage and zone * danger of its block). Draws of an animal, by
index: 0 death, 1 channel, 2 whether the death becomes known.
"""

import math
from typing import TYPE_CHECKING

from orientalis.engine import scalars as p
from orientalis.engine.codes import FOUND, Cause, Life, Stream
from orientalis.engine.hunting import choose, deer_taken, expose, weigh
from orientalis.engine.kernel import kernel
from orientalis.engine.life import stage_of, zone_at
from orientalis.engine.parameters import Rates
from orientalis.engine.people import CHANCE, CHANNELS, DAYS, FOUND_SNARES, SET, SNARES, WAYS, Poachers, Villages
from orientalis.engine.process import Process
from orientalis.engine.rng import uniform
from orientalis.engine.state import Animals, Clock, Floats, Ints, Land, Ranges, Slots, Words
from orientalis.engine.surroundings import Blocks
from orientalis.engine.today import QUARTER, snares_kept, span_of
from orientalis.engine.whole import count_whole

if TYPE_CHECKING:
    from orientalis.engine.world import World

_LIVING = int(Life.LIVING)
_DIED = int(Life.DIED)
_FIRST_CAUSE = int(Cause.TRADE)
_STREAM = int(Stream.POACHING)
_DEATH, _CHANNEL, _KNOWN = range(3)
_LAST = CHANNELS - 1
_STAGES = 4


@kernel
def meet_game(blocks: Blocks, villages: Villages, poachers: Poachers, prey: Floats, tick: int) -> None:
    """Game of each block now, from prey [replicate, species, block]: at the first tick what the map says."""
    for r in range(prey.shape[0]):
        for b in range(blocks.size.shape[0]):
            total = 0.0
            for k in range(prey.shape[1]):
                total += prey[r, k, b]
            if tick == 0:
                poachers.game_then[r, b] = total
            then = poachers.game_then[r, b]
            poachers.game[r, b] = villages.game[b]
            if then > 0.0:
                poachers.game[r, b] = villages.game[b] * total / then


@kernel
def decide(
    villages: Villages,
    poachers: Poachers,
    blocks: Blocks,
    rates: Rates,
    patrol: Floats,
    hunting: Floats,
    tally: Ints,
    span: int,
    is_new: bool,
) -> None:
    """Hunters choose for `span` months, snares are set and lost; `is_new`: whether what they go by may have changed."""
    for r in range(poachers.effort.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        table, effort, rest = rates.values[row], poachers.effort[r], poachers.rest[r]
        if is_new:
            weigh(villages, poachers, blocks, table, poachers.game[r], patrol[r])
            choose(villages, poachers, table, effort)
        for b in range(blocks.size.shape[0]):
            if blocks.size[b] == 0:
                continue
            zone = blocks.zone[b]
            values = table[zone]
            placed = values[p.POACHING_SNARES_A_DAY] * effort[SNARES, b] * span
            poachers.snares[r, b] = poachers.snares[r, b] * snares_kept(values, span) + placed
            rest[zone, SET] += placed
            for way in range(WAYS):
                rest[zone, DAYS] += effort[way, b] * span
            take = poachers.take[row, b]
            if take > 0.0:
                now = deer_taken(values, effort[CHANCE, b], effort[SNARES, b], poachers.game[r, b])
                hunting[r, b] = now / take
        count_whole(rest, tally[r], DAYS, FOUND_SNARES)
        expose(villages, blocks, table, effort, poachers.snares[r], patrol[r], poachers.exposure)
        endanger(blocks, poachers, row, r)


@kernel
def endanger(blocks: Blocks, poachers: Poachers, row: int, r: int) -> None:
    """Danger of each block, summed up over the channels, from the exposures; and the largest."""
    peak = 0.0
    for b in range(blocks.size.shape[0]):
        total = 0.0
        for channel in range(CHANNELS):
            total += poachers.flat[row, channel] + poachers.scale[row, channel] * poachers.exposure[channel, b]
            poachers.danger[r, b, channel] = total
        if total > peak:
            peak = total
    poachers.peak[r] = peak


@kernel
def poach(
    animals: Animals,
    slots: Slots,
    ranges: Ranges,
    land: Land,
    rates: Rates,
    blocks: Blocks,
    poachers: Poachers,
    keys: Words,
    clock: Clock,
    tally: Ints,
) -> None:
    """Each living animal may be killed, at the hazard of its stage and zone times the danger of its block."""
    part = clock.months / 12.0
    for r in range(animals.life.shape[0]):
        row = r if rates.values.shape[0] > 1 else 0
        key = keys[r, 1]
        most = 0.0
        for zone in range(rates.values.shape[1]):
            for stage in range(_STAGES):
                if rates.values[row, zone, p.KILLING + stage] > most:
                    most = rates.values[row, zone, p.KILLING + stage]
        most = most * part * poachers.peak[r]
        for s in range(slots.high[r]):
            if animals.life[r, s] != _LIVING:
                continue
            uid = animals.uid[r, s]
            u = uniform(key, uid, clock.tick, _STREAM, _DEATH)
            if u >= most:  # no chance is above its hazard
                continue
            zone = zone_at(ranges, land, r, s)
            danger = poachers.danger[r, blocks.of_cell[ranges.cell[r, s]]]
            stage = stage_of(animals, rates, clock.months, row, r, s)
            hazard = rates.values[row, zone, p.KILLING + stage] * part * danger[_LAST]
            if u >= 1.0 - math.exp(-hazard):
                continue
            lot = uniform(key, uid, clock.tick, _STREAM, _CHANNEL) * danger[_LAST]
            channel = 0
            while channel < _LAST and lot >= danger[channel]:
                channel += 1
            animals.life[r, s] = _DIED
            animals.cause[r, s] = _FIRST_CAUSE + channel
            if uniform(key, uid, clock.tick, _STREAM, _KNOWN) < rates.values[row, zone, p.POACHING_FOUND_SHARE]:
                tally[r, zone, FOUND] += 1


def step(world: "World") -> None:
    """One tick of poaching; hunters decide in January, April, July and October."""
    inputs, poachers, clock = world.inputs, world.poachers, world.clock
    if clock.month % QUARTER == 0:
        has_prey = world.settings.has_ungulates
        if has_prey:
            meet_game(inputs.blocks, inputs.villages, poachers, world.fields.prey, clock.tick)
        decide(
            inputs.villages,
            poachers,
            inputs.blocks,
            world.rates,
            world.fields.patrol,
            world.fields.hunting,
            world.tally,
            span_of(clock.months),
            clock.month == 0 or has_prey or world.settings.has_rangers,
        )
    poach(
        world.animals,
        world.slots,
        world.ranges,
        world.land,
        world.rates,
        inputs.blocks,
        poachers,
        inputs.keys,
        clock,
        world.tally,
    )


POACHING = Process(
    name="poaching",
    summary="People kill animals for the trade, by chance, in snares, in revenge and on roads, where and as it pays.",
    cadence="tick",
    reads=("animals.life", "animals.age", "animals.uid", "ranges.cell", "rates.values", "fields.prey", "fields.patrol"),
    writes=("animals.life", "animals.cause", "poachers", "fields.hunting", "tally"),
    streams=(Stream.POACHING,),
    parameters=("poaching", "killing"),
    step=step,
    is_on=lambda world: world.settings.has_poaching,
)
