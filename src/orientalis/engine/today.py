"""The reference state of people: where they hunt and patrol today, before any change, and what danger that makes.

Each channel's danger is its share times exposure over the mean exposure where animals start: 1 there on average, all
channels together, so that the constant form of killing and the explicit one agree.
"""

import math
from typing import TYPE_CHECKING

import numpy as np

from orientalis.engine import scalars as p
from orientalis.engine.hunting import choose, deer_taken, expose, weigh
from orientalis.engine.kernel import kernel
from orientalis.engine.patrols import walk_team
from orientalis.engine.people import ACCIDENT, CHANCE, CHANNELS, RETALIATION, SNARES, TRADE, Poachers, Villages
from orientalis.engine.state import Floats
from orientalis.engine.surroundings import Blocks

if TYPE_CHECKING:
    from orientalis.engine.world import World

TICKS = 120
"""Ticks of patrols from which those of the reference state are the mean."""
QUARTER = 3
"""Months for which hunters decide."""
_TEAM_OF_FOUR = 4.0


def span_of(months: int) -> int:
    """Months for which hunters decide, with ticks of that many months."""
    return max(QUARTER, months)


@kernel
def snares_left(values: Floats, km: float) -> float:
    """Share of the snares of a block that patrols of `km` in all leave: exp(-find * persons / 4 * km)."""
    return math.exp(-values[p.RANGERS_FIND] * values[p.RANGERS_PERSONS] / _TEAM_OF_FOUR * km)


@kernel
def snares_kept(values: Floats, months: int) -> float:
    """Share of the snares that still stand after some months: exp(-decay * years)."""
    return math.exp(-values[p.POACHING_SNARE_DECAY] * months / 12.0)


@kernel
def snares_at_rest(blocks: Blocks, table: Floats, effort: Floats, patrol: Floats, span: int, snares: Floats) -> None:
    """Snares [block] at which those set in `span` months make up for those lost and found: set / (1 - kept * left)."""
    for b in range(blocks.size.shape[0]):
        if blocks.size[b] == 0:
            continue
        values = table[blocks.zone[b]]
        stay = snares_kept(values, span)
        if patrol.shape[0] > 0:
            stay = stay * snares_left(values, patrol[b] * span)
        snares[b] = values[p.POACHING_SNARES_A_DAY] * effort[SNARES, b] * span / (1.0 - stay)


@kernel
def compare(villages: Villages, poachers: Poachers, blocks: Blocks, table: Floats, effort: Floats, row: int) -> None:
    """Set scale, flat [channel] from the shares and the mean exposure where animals start, and the deer taken [block].

    A channel that nobody is exposed to there is laid on all animals alike.
    """
    rest = 1.0
    for channel in range(CHANNELS):
        mean = 0.0
        for b in range(blocks.size.shape[0]):
            mean += villages.start[b] * poachers.exposure[channel, b]
        share = 0.0
        if channel == TRADE:
            share = table[0, p.POACHING_TRADE_SHARE]
        elif channel == SNARES:
            share = table[0, p.POACHING_SNARE_SHARE]
        elif channel == RETALIATION:
            share = table[0, p.POACHING_RETALIATION_SHARE]
        elif channel == ACCIDENT:
            share = table[0, p.POACHING_ACCIDENT_SHARE]
        rest -= share
        poachers.flat[row, channel] = mean  # until the shares are known
        poachers.scale[row, channel] = share
    poachers.scale[row, CHANCE] = rest if rest > 0.0 else 0.0
    for channel in range(CHANNELS):
        mean = poachers.flat[row, channel]
        share = poachers.scale[row, channel]
        poachers.flat[row, channel] = share if mean <= 0.0 else 0.0
        poachers.scale[row, channel] = share / mean if mean > 0.0 else 0.0
    for b in range(blocks.size.shape[0]):
        values = table[blocks.zone[b]]
        poachers.take[row, b] = deer_taken(values, effort[CHANCE, b], effort[SNARES, b], villages.game[b])


def settle_people(world: "World") -> None:
    """Bring hunters, snares and the memory of patrols to their reference state, by rows of parameters."""
    inputs = world.inputs
    villages, blocks, poachers, months = inputs.villages, inputs.blocks, world.poachers, world.clock.months
    none = np.zeros(0)
    rows, replicates = inputs.values.shape[0], world.settings.replicates
    for row in range(min(rows, replicates)):
        table = inputs.values[row]
        patrol = none
        if world.settings.has_rangers:
            patrol = poachers.patrol_then[row]
            _patrol_today(world, table, patrol)
        effort = poachers.effort[row]
        weigh(villages, poachers, blocks, table, villages.game, patrol)
        choose(villages, poachers, table, effort)
        snares_at_rest(blocks, table, effort, patrol, span_of(months), poachers.snares_then[row])
        expose(villages, blocks, table, effort, poachers.snares_then[row], patrol, poachers.exposure)
        compare(villages, poachers, blocks, table, effort, row)
    if rows == 1:
        poachers.effort[:] = poachers.effort[0]
    poachers.snares[:] = poachers.snares_then[:replicates]
    if world.settings.has_rangers:
        world.fields.patrol[:] = poachers.patrol_then[:replicates]


def _patrol_today(world: "World", table: Floats, patrol: Floats) -> None:
    """Mean km a month [block] that the teams of the reference state walk, over many ticks under a key of their own."""
    months = world.clock.months
    teams = int(table[0, p.RANGERS_TEAMS] + 0.5)
    km = table[0, p.RANGERS_KM] * table[0, p.RANGERS_QUALITY] * months
    rest = np.zeros((world.settings.zones, world.poachers.rest.shape[2]))
    patrol[:] = 0.0
    for tick in range(TICKS):
        for team in range(teams):
            walk_team(
                world.inputs.villages, world.inputs.blocks, world.land, np.uint64(0), team, tick, km, patrol, rest
            )
    patrol /= TICKS * months
