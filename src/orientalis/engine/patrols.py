"""The walk of a ranger team over the grid, from its post and back to nowhere in particular: a keyed random walk."""

import numpy as np

from orientalis.engine.codes import Cell, Domain, Stream
from orientalis.engine.kernel import kernel
from orientalis.engine.people import KM, Villages
from orientalis.engine.rng import thing_uid, uniform
from orientalis.engine.state import Floats, Land
from orientalis.engine.surroundings import Blocks

_LAND = int(Cell.LAND)
_TEAM = int(Domain.TEAM)
_STREAM = int(Stream.RANGERS)
_DIGITS = 16
_ROOT_TWO = 1.4142135623730951


@kernel
def walk_team(
    villages: Villages,
    blocks: Blocks,
    land: Land,
    key: np.uint64,
    team: int,
    tick: int,
    km: float,
    walked: Floats,
    rest: Floats,
) -> None:
    """One tick's walk of `km` from post team modulo their number; km add to walked [block] and rest [zone, KM].

    Headings are the digits of uniforms to the base 8, sixteen of each, the first uniform at index 0. Where the next
    cell is no land the team turns back, and stays if there is none behind it either; the way is walked all the same.
    """
    cell = villages.posts[team % villages.posts.shape[0]]
    uid = thing_uid(_TEAM, team)
    left = km
    number = 0
    u = 0.0
    while left > 0.0:
        if number % _DIGITS == 0:
            u = uniform(key, uid, tick, _STREAM, number // _DIGITS)
        number += 1
        heading = int(u * 8.0)
        u = u * 8.0 - heading
        length = land.cell_km
        if heading % 2 == 1:
            length = length * _ROOT_TWO
        if length > left:
            length = left
        left -= length
        near = cell + land.offsets[heading]
        if land.kind[near] != _LAND:
            near = cell + land.offsets[(heading + 4) % 8]
        if land.kind[near] == _LAND:
            cell = near
        walked[blocks.of_cell[cell]] += length
        rest[land.zone[cell], KM] += length
