"""What surrounds the animals and changes beside them: cover of the land, prey and tigers by block, what weighs on each.

Arrays of a threat that is off have length 0 in their last dimension. `Blocks` and what it holds is the same in all
replicates.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orientalis.engine.state import Bytes, Floats, Ints, Shorts

SIDE = 5
"""Cells along the side of a block."""


class Blocks(NamedTuple):
    """Squares of 5 x 5 cells on which prey, tigers, poachers and rangers live. The first holds the north-west corner.

    of_cell [cell]: block, -1 in the ring around the map; cells [block, 25]: its land, then -1; size [block]: cells of
    land; zone [block]: that of most of its land, the lowest of equals; near [block, 8]: the blocks around it, north
    first and on clockwise, -1 where there is none; columns: blocks in a row.
    """

    of_cell: Ints
    cells: Ints
    size: Ints
    zone: Shorts
    near: Ints
    columns: int


class Cover(NamedTuple):
    """What grows on each cell, [replicate, cell].

    kind: class of cover; years: years in that class, 255 or more; fires: years with fire, up to the last, with no gap
    as long as the memory; road: years that a logging road still lasts; was_burnt: whether it burnt regularly at the
    start; burnt: tick of the last fire, NEVER_BURNT before any.
    """

    kind: Bytes
    years: Bytes
    fires: Bytes
    road: Bytes
    was_burnt: Bytes
    burnt: Shorts


NEVER_BURNT = -1200
"""A tick a hundred years before the first, in months."""


class Fields(NamedTuple):
    """What threats leave for one another on the blocks.

    prey [replicate, species, block]: kg alive; tigers [replicate, block]: adults; hunting [replicate, block]: how much
    people hunt deer there, 1 at the reference state; patrol [replicate, block]: patrols remembered, km a month.
    """

    prey: Floats
    tigers: Floats
    hunting: Floats
    patrol: Floats


class Strain(NamedTuple):
    """What weighs on an animal besides the base hazard, [replicate, slot].

    hunger: factor on the base hazard, 1 at the reference state; load: hazard a tick that inbreeding adds, less than 0
    for those less inbred than the first animals; fed: factor on a female's chance to come into oestrus, 1 at the
    reference state.
    """

    hunger: Floats
    load: Floats
    fed: Floats


def first_cover(plants: Bytes, replicates: int) -> Cover:
    """The cover at the start, class of cover [cell] in every replicate: never burnt, no roads, as old as can be."""
    kinds = np.repeat(plants[None], replicates, axis=0)
    return Cover(
        kind=kinds,
        years=np.full(kinds.shape, 255, np.uint8),
        fires=np.zeros(kinds.shape, np.uint8),
        road=np.zeros(kinds.shape, np.uint8),
        was_burnt=np.zeros(kinds.shape, np.uint8),
        burnt=np.full(kinds.shape, NEVER_BURNT, np.int16),
    )


def empty_strain(replicates: int, slots: int) -> Strain:
    """Nothing weighs on anybody; slots 0 where no threat does."""
    shape = (replicates, slots)
    return Strain(np.ones(shape), np.zeros(shape), np.ones(shape))


def no_blocks() -> Blocks:
    """The blocks of studies without a map."""
    none = np.zeros(0, np.int32)
    wide = np.zeros((0, 0), np.int32)
    return Blocks(none, wide, none, none.astype(np.int16), wide, 0)


def blocks_of(kind: npt.NDArray[np.uint8], zone: npt.NDArray[np.int16], shift: int, columns: int) -> Blocks:
    """The blocks of a padded map: kind and zone [cell], rows of 2**shift cells of which `columns` are in use."""
    width = 1 << shift
    rows = len(kind) // width - 2
    wide, high = -(-(columns - 2) // SIDE), -(-rows // SIDE)
    of_cell = np.full(len(kind), -1, np.int32)
    cells = np.full((wide * high, SIDE * SIDE), -1, np.int32)
    size = np.zeros(wide * high, np.int32)
    zones = np.zeros(wide * high, np.int16)
    near = np.full((wide * high, 8), -1, np.int32)
    steps = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
    for block in range(wide * high):
        top, left = SIDE * (block // wide), SIDE * (block % wide)
        for y in range(top, min(top + SIDE, rows)):
            for x in range(left, min(left + SIDE, columns - 2)):
                cell = (y + 1) * width + x + 1
                of_cell[cell] = block
                if kind[cell] == 1:
                    cells[block, size[block]] = cell
                    size[block] += 1
        if size[block]:
            zones[block] = np.bincount(zone[cells[block, : size[block]]]).argmax()
        for heading, (down, across) in enumerate(steps):
            y, x = block // wide + down, block % wide + across
            if 0 <= y < high and 0 <= x < wide:
                near[block, heading] = y * wide + x
    return Blocks(of_cell, cells, size, zones, near, wide)
