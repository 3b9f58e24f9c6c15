"""The ground of forest and fire from a landscape's layers: class of cover at the start, slope, nearness, reserves.

Rule of the classes, all assumed: field or settlement where the index of people is 0.5 or more and that of forest below
0.55; elsewhere by the index of forest: below 0.67 grass or shrub, then young oak up to 0.75, then mature oak and mixed
deciduous; conifer with broadleaf from 0.9 and 200 m upward. So 55 % of the surveyed area of 5,710 km2 is forest (WCS:
57 %). The index is the darkness of a picture of 7 km: the classes are no finer than that. A landscape without that
layer takes its habitat instead, with the limits of MADE.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from orientalis.core.errors import InputError
from orientalis.engine.codes import Cell, Plants
from orientalis.engine.ground import FARTHEST, SLOPES, Ground, levels
from orientalis.geography import Landscape
from orientalis.scenario.map import EVERYWHERE, Map


class Limits(NamedTuple):
    """Index of forest below which a cell may be field, is grass, is young oak, is oak even high up."""

    field: float
    grass: float
    young_oak: float
    oak: float


MAPPED = Limits(0.55, 0.67, 0.75, 0.9)
MADE = Limits(0.45, 0.45, 0.6, 0.9)
FIELD_PEOPLE = 0.5
CONIFER_ELEVATION = 1
"""Class of elevation, of 200 m each, from which conifers stand."""
FADING = 0.8
"""Nearness to people falls by this factor with each cell of distance."""
ROAD_NEARNESS = 0.3
RESERVES = ("kedrovaya_pad", "land_of_the_leopard", "hunchun", "northeast_china_park")
"""Zones in which nothing is logged."""
GUARDED = ("kedrovaya_pad",)
"""Zones with a firebreak around them and guards against fire in the years of the published figures."""

FOUGHT = ("china",)
"""Zones of a country that bans fire and fights each."""


def ground_of(landscape: Landscape | None, options: Mapping[str, Any], ground: Map) -> Ground:
    """The ground of a map; `options` are those of the scenario's `land`. InputError without a landscape."""
    if landscape is None:
        raise InputError("the threat forest needs a map", key="landscape", value="none", expected="a landscape")
    layers = landscape.layers
    height, width = landscape.shape
    right = (1 << ground.shift) - width - 1

    def padded(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.ascontiguousarray(np.pad(array, ((1, 1), (1, right))).ravel())

    is_land = padded(layers["land"] > 0) & (ground.kind == Cell.LAND)
    near = padded(nearness(layers)) * is_land
    if not near.any():
        near = is_land.astype(np.float64)
    threshold = landscape.threshold if options["threshold"] is None else options["threshold"]
    allowed = landscape.zone(options["within"]) if options["within"] != EVERYWHERE else layers["land"] > 0
    rugged = layers.get("ruggedness", np.zeros(landscape.shape))
    cells = ground.blocks.cells
    return Ground(
        plants=padded(plants_of(landscape)) * is_land.astype(np.uint8),
        slope=padded(np.minimum(rugged * SLOPES, SLOPES - 1).astype(np.uint8)),
        nearness=near,
        is_leased=padded(~_within(landscape, RESERVES)).astype(np.uint8),
        watch=padded(np.where(_within(landscape, GUARDED), 1, 2 * _within(landscape, FOUGHT)).astype(np.uint8)),
        logit=padded(_logit(layers["habitat"].astype(np.float64))),
        may_be_habitat=(padded(allowed) & is_land).astype(np.uint8),
        near=np.cumsum(np.where(cells >= 0, near[cells], 0.0), axis=1),
        mean_near=float(near[is_land].mean()),
        threshold=float(_logit(np.array([threshold], np.float64))[0]),
        level=levels(),
    )


def plants_of(landscape: Landscape) -> npt.NDArray[np.uint8]:
    """Class of cover [ny, nx] at the start by the rule above; 0 on water too."""
    layers = landscape.layers
    is_mapped = "forest" in layers
    limits = MAPPED if is_mapped else MADE
    index = layers["forest" if is_mapped else "habitat"]
    is_high = layers.get("elevation_class", np.full(landscape.shape, CONIFER_ELEVATION)) >= CONIFER_ELEVATION
    plants = np.full(landscape.shape, Plants.GRASS, np.uint8)
    plants[index >= limits.grass] = Plants.YOUNG_OAK
    plants[index >= limits.young_oak] = Plants.OAK
    plants[(index >= limits.oak) & is_high] = Plants.CONIFER
    plants[(layers["people"] >= FIELD_PEOPLE) & (index < limits.field)] = Plants.FIELD
    plants[layers["land"] == 0] = Plants.FIELD
    return plants


def nearness(layers: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.float64]:
    """Nearness 0-1 to people and roads [ny, nx]: the index of people, or a road's, fading by the cell of distance."""
    near = layers["people"].astype(np.float64)
    if "roads" in layers:
        near = np.maximum(near, np.where(layers["roads"] > 0, ROAD_NEARNESS, 0.0))
    for _ in range(20):
        wide = np.pad(near, 1)
        height, width = near.shape
        shifted = [wide[y : y + height, x : x + width] for y in range(3) for x in range(3)]
        near = np.maximum(near, FADING * np.max(shifted, axis=0))
    return near


def _within(landscape: Landscape, names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Cells of any of the zones that the landscape has."""
    inside = np.zeros(landscape.shape, np.bool_)
    for name in names:
        if name in landscape.zones:
            inside |= landscape.zones[name]
    return inside


def _logit(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logit, held within the range of the table of levels."""
    least = 1.0 / (1.0 + np.exp(FARTHEST))
    held = np.clip(share, least, 1.0 - least)
    return np.asarray(np.log(held / (1.0 - held)))
