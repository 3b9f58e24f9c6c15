"""The food web's own arrays: what it starts from, the same all run long, and what it works with.

Arrays of a threat that is off have length 0 in their last dimension. `row` is a row of the table of parameters.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from orientalis.engine.codes import Plants, Prey
from orientalis.engine.state import Bytes, Floats, Ints

if TYPE_CHECKING:
    from orientalis.engine.world import Inputs

KINDS = len(Prey)
"""Kinds of prey."""
PLANTS = len(Plants)
"""Classes of cover."""
UNIT = 1_000_000
"""What one animal's demand counts in the blocks where it eats: whole numbers, whose sum knows no order."""

DECAY, KEPT, TASTE, TIGER_TASTE, POACHED = (KINDS * block for block in range(5))
HALF, TIGER_HALF, INTAKE, TIGER_INTAKE = range(5 * KINDS, 5 * KINDS + 4)
COLUMNS = 5 * KINDS + 4
"""Columns of `FoodState.quarter`: five blocks by kind of prey, then four numbers."""


class FoodWeb(NamedTuple):
    """Prey and tigers at the reference state.

    start, capacity [row, kind, block]: kg at the start, and kg that the land carries; weight [cell]: share of its
    block's prey at the start, 0 where there is none; per_km2 [block]: 1 / area of its land, 0 without land; tigers
    [row, block]: adults at the start; carried [row, block]: adults that a kg of the block's ungulates carries;
    tiger_mean [row]: adults per km2 where animals may start.
    """

    start: Floats
    capacity: Floats
    weight: Floats
    per_km2: Floats
    tigers: Floats
    carried: Floats
    tiger_mean: Floats


class FoodState(NamedTuple):
    """What the food web works with.

    demand [replicate, block]: animals that eat there, in `UNIT`; eaten [replicate, block]: kg that they ate since the
    last census; with forest alone: cover [cell]: its class at the start, room [replicate, block]: factor on
    capacity, share [replicate, cell]: share of the block's prey; patrol [replicate, block]: patrols at the start.
    Working memory: quarter [zone, column], held, root [kind], ratio [block], sums [zone, item],
    carried [zone, class of cover, class]: prey that the second carries, relative to the first.
    """

    demand: Ints
    eaten: Floats
    cover: Bytes
    room: Floats
    share: Floats
    patrol: Floats
    quarter: Floats
    held: Floats
    root: Floats
    ratio: Floats
    sums: Floats
    carried: Floats


def no_food_web() -> FoodWeb:
    """The food web of studies without one."""
    wide, none = np.zeros((1, KINDS, 0)), np.zeros(0)
    return FoodWeb(wide, wide, none, none, np.zeros((1, 0)), np.zeros((1, 0)), np.zeros(1))


def empty_food_state(inputs: "Inputs") -> FoodState:
    """Nobody has eaten yet."""
    replicates, zones = inputs.settings.replicates, inputs.settings.zones
    blocks = inputs.food_web.start.shape[2]
    plants = inputs.ground.plants if blocks else inputs.ground.plants[:0]  # of length 0 without forest
    return FoodState(
        demand=np.zeros((replicates, blocks), np.int32),
        eaten=np.zeros((replicates, blocks)),
        cover=plants,
        room=np.zeros((replicates, blocks if len(plants) else 0)),
        share=np.zeros((replicates, len(plants))),
        patrol=np.zeros((replicates, 0)),
        quarter=np.zeros((zones, COLUMNS)),
        held=np.zeros(KINDS),
        root=np.zeros(KINDS),
        ratio=np.zeros(blocks),
        sums=np.zeros((zones, KINDS + 2)),
        carried=np.zeros((zones, PLANTS, PLANTS)),
    )


def first_prey(inputs: "Inputs") -> Floats:
    """Prey of every replicate at the start, [replicate, kind, block]."""
    start = inputs.food_web.start
    return np.array(np.broadcast_to(start, (inputs.settings.replicates, *start.shape[1:])), order="C")


def first_tigers(inputs: "Inputs") -> Floats:
    """Tigers of every replicate at the start, [replicate, block]."""
    tigers = inputs.food_web.tigers
    return np.array(np.broadcast_to(tigers, (inputs.settings.replicates, tigers.shape[1])), order="C")
