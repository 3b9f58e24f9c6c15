"""Villages, what lies within reach of them, and the posts of ranger teams: read off the map at compile time."""

from typing import Any

import numpy as np
import numpy.typing as npt

from orientalis.core.errors import InputError
from orientalis.engine.codes import Cell
from orientalis.engine.people import Villages
from orientalis.engine.surroundings import SIDE, Blocks
from orientalis.scenario.map import Map

LEAST_PEOPLE = 0.3
"""Mean index of people on the land of a block from which it counts as a village [assumed]."""
REACH_KM = 30.0
"""Distance between centres of blocks over which hunters go out [assumed]."""
WITHIN = 0.4
"""Mean way inside a block, in sides of a block."""
POSTS = 12
"""Most posts that are chosen where the map has none."""
POSTS_APART_KM = 20.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


def villages_of(ground: Map, start_cells: Ints, *, has_rangers: bool) -> Villages:
    """The villages of a map: blocks whose people index averages 0.3 or more on land, and the blocks within 30 km.

    `start_cells`: where animals start, to which habitat, game and exposures are relative. Posts: those of the layer
    `posts`, else the up to 12 villages with most of the start's land within reach, 20 km apart or more.
    InputError for a map without villages, and for a post that is not on land.
    """
    blocks = ground.blocks
    has_land = blocks.size > 0
    people = _mean(blocks, ground.people)
    homes = np.nonzero(has_land & (people >= LEAST_PEOPLE))[0].astype(np.int32)
    if len(homes) == 0:
        raise InputError(
            "poaching needs villages: the map has no block where the index of people averages 0.3 or more",
            key="threats.poaching",
            value=round(float(people.max(initial=0.0)), 3),
            expected=f"a layer `people` with {LEAST_PEOPLE:g} or more over {SIDE} x {SIDE} cells, or poaching = false",
        )
    first, place, ring, km = _reach(blocks, homes, ground.cell_km)
    start = np.bincount(blocks.of_cell[start_cells], minlength=len(blocks.size)) / len(start_cells)
    road = _mean(blocks, ground.roads)
    on_road = _mean(blocks, (ground.roads > 0).astype(np.float64))
    suitability = np.where(ground.suitability > 255, 0, ground.suitability).astype(np.float64)
    posts = np.zeros(0, np.int32)
    if has_rangers:
        posts = _posts_given(ground) if ground.posts.any() else _posts_chosen(ground, homes, first, place, start)
    return Villages(
        block=homes,
        zone=blocks.zone[homes].astype(np.int32),
        first=first,
        place=place,
        ring=ring,
        km=km,
        people=people,
        habitat=_relative(_mean(blocks, suitability), start),
        game=_relative(_mean(blocks, ground.prey), start),
        road=road,
        track=np.minimum(1.0, on_road * SIDE),
        area=np.maximum(blocks.size, 1) * ground.cell_km2,
        start=start,
        posts=posts,
    )


def _mean(blocks: Blocks, layer: npt.NDArray[Any]) -> Floats:
    """Mean of a layer [cell] over the land of each block; 0 without land."""
    total = np.where(blocks.cells >= 0, layer[blocks.cells], 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(blocks.size, 1), np.float64)


def _relative(values: Floats, start: Floats) -> Floats:
    """Values [block] over their mean where animals start; as they are where that is 0."""
    mean = float((values * start).sum())
    return values / mean if mean > 0.0 else values


def _reach(blocks: Blocks, homes: Ints, cell_km: float) -> tuple[Ints, Ints, Ints, Floats]:
    """First pair of each village, and block and ring of each pair; km of each ring."""
    side = SIDE * cell_km
    row, column = np.arange(len(blocks.size)) // blocks.columns, np.arange(len(blocks.size)) % blocks.columns
    places, squares = [], []
    for home in homes.tolist():
        apart = (row - row[home]) ** 2 + (column - column[home]) ** 2
        near = np.nonzero((apart * (side * side) <= REACH_KM * REACH_KM) & (blocks.size > 0))[0]
        places.append(near)
        squares.append(apart[near])
    rings, ring = np.unique(np.concatenate(squares), return_inverse=True)
    first = np.concatenate([[0], np.cumsum([len(near) for near in places])]).astype(np.int32)
    km = np.where(rings == 0, WITHIN * side, np.sqrt(rings) * side)
    return first, np.concatenate(places).astype(np.int32), ring.astype(np.int32).ravel(), km.astype(np.float64)


def _posts_given(ground: Map) -> Ints:
    """The posts of the map's layer, which must lie on land."""
    cells = np.nonzero(ground.posts)[0].astype(np.int32)
    wet = cells[ground.kind[cells] != Cell.LAND]
    if len(wet):
        row, column = int(wet[0] >> ground.shift) - 1, int(wet[0] & ((1 << ground.shift) - 1)) - 1
        raise InputError(
            "a patrol post lies in the sea, a lake or off the map",
            key="layer posts",
            value=f"row {row}, column {column}",
            expected="posts on land",
        )
    return cells


def _posts_chosen(ground: Map, homes: Ints, first: Ints, place: Ints, start: Floats) -> Ints:
    """Cells of the posts: in the villages with most of the start's land in reach, the most peopled cell of each."""
    blocks = ground.blocks
    worth = np.add.reduceat(start[place], first[:-1])
    apart = POSTS_APART_KM / (SIDE * ground.cell_km)
    chosen: list[int] = []
    for index in np.argsort(-worth, kind="stable").tolist():
        home = int(homes[index])
        if len(chosen) == POSTS or (chosen and worth[index] <= 0.0):
            break
        row, column = divmod(home, blocks.columns)
        if all((row - c // blocks.columns) ** 2 + (column - c % blocks.columns) ** 2 >= apart**2 for c in chosen):
            chosen.append(home)
    cells = [blocks.cells[home, : blocks.size[home]] for home in chosen]
    return np.array([land[ground.people[land].argmax()] for land in cells], np.int32)
