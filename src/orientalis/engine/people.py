"""People around the animals: villages and what lies within their reach, who poaches there, and what that does.

`Villages` is the same in all replicates. Arrays have length 0 where poaching is off. Blocks: see `surroundings.Blocks`.
"""

from typing import NamedTuple

import numpy as np

from orientalis.engine.state import Floats, Ints

TRADE, CHANCE, SNARES, RETALIATION, ACCIDENT = range(5)
"""Channels by which people kill; the first three are ways to hunt."""
CHANNELS = 5
WAYS = 3
DAYS, SET, FOUND_SNARES, KM, MET, ARRESTS = range(6)
"""What is counted whole although it comes in fractions: the rest waits in `Poachers.rest`."""
COUNTED = 6


class Villages(NamedTuple):
    """Where hunters set out, what lies around, and where patrols have their posts.

    block, zone [village]; first [village + 1]: where its blocks begin among place [pair], blocks with land in reach;
    ring [pair]: index of their distance in km [ring]. By block: people: mean index on its land; habitat: mean
    suitability, game: standing prey a km2, both relative to where animals start; road: mean class of road, track:
    how open it is to those who come by car, 0-1; area: km2 of land; start: share of the cells where animals start.
    posts [post]: cells.
    """

    block: Ints
    zone: Ints
    first: Ints
    place: Ints
    ring: Ints
    km: Floats
    people: Floats
    habitat: Floats
    game: Floats
    road: Floats
    track: Floats
    area: Floats
    start: Floats
    posts: Ints


class Poachers(NamedTuple):
    """Effort and danger by block, and what they were at the reference state.

    effort [replicate, way, block]: hunter-days a month; snares [replicate, block]: how many stand; danger [replicate,
    block, channel]: hazard relative to that of all channels at the reference state, summed up to the channel; peak
    [replicate]: the largest; game [replicate, block] relative to where animals start; game_then [replicate, block]: kg
    at the first tick; walked [replicate, block]: km walked there this tick; rest [replicate, zone, counted]. Reference
    state, [row]: scale, flat [row, channel]: danger = flat + scale * exposure; take [row, block]: deer taken;
    snares_then [row, block]; patrol_then [row, block]: km a month. Working memory: weight [way + 1, block], inside
    [block], fall [zone, ring], exposure [channel, block].
    """

    effort: Floats
    snares: Floats
    danger: Floats
    peak: Floats
    game: Floats
    game_then: Floats
    walked: Floats
    rest: Floats
    scale: Floats
    flat: Floats
    take: Floats
    snares_then: Floats
    patrol_then: Floats
    weight: Floats
    inside: Floats
    fall: Floats
    exposure: Floats


def no_villages() -> Villages:
    """The villages of studies without poaching."""
    none = np.zeros(0, np.int32)
    real = np.zeros(0)
    return Villages(none, none, none, none, none, real, real, real, real, real, real, real, real, none)


def empty_poachers(villages: Villages, replicates: int, rows: int, zones: int) -> Poachers:
    """Nobody hunts yet; `rows` of parameters."""
    blocks, rings = len(villages.people), len(villages.km)
    return Poachers(
        effort=np.zeros((replicates, WAYS, blocks)),
        snares=np.zeros((replicates, blocks)),
        danger=np.zeros((replicates, blocks, CHANNELS)),
        peak=np.zeros(replicates),
        game=np.tile(villages.game, (replicates, 1)),
        game_then=np.zeros((replicates, blocks)),
        walked=np.zeros((replicates, blocks)),
        rest=np.zeros((replicates, zones, COUNTED)),
        scale=np.zeros((rows, CHANNELS)),
        flat=np.zeros((rows, CHANNELS)),
        take=np.zeros((rows, blocks)),
        snares_then=np.zeros((rows, blocks)),
        patrol_then=np.zeros((rows, blocks)),
        weight=np.zeros((WAYS + 1, blocks)),
        inside=np.zeros(blocks),
        fall=np.zeros((zones, rings)),
        exposure=np.zeros((CHANNELS, blocks)),
    )
