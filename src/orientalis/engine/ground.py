"""What forest and fire find on the map and never change, and the scratch that a fire needs."""

import math
from typing import NamedTuple

import numpy as np

from orientalis.engine.codes import Plants
from orientalis.engine.state import Bytes, Floats, Ints

SLOPES = 8
"""Classes of slope, 0 level."""
LEVELS = 1024
"""Length of the table from logit to suitability."""
FARTHEST = 8.0
"""Logits are held within plus and minus this."""
CHANCES = len(Plants) * 8 * SLOPES


class Ground(NamedTuple):
    """The ground of a map, [cell] unless said otherwise; of length 0 where forest is off.

    plants: class of cover at the start; slope: class, 0 level; nearness: to people and roads, 0-1; is_leased: may be
    logged, outside reserves; watch: 0 nobody's, 1 a guarded reserve's, 2 that of a country that
    fights every fire; logit: of the suitability at the start;
    may_be_habitat: where the study lets animals live; near [block, 25]: nearness of its land, summed up
    to each; mean_near: mean
    nearness of all land; threshold: logit of potential habitat; level [LEVELS]: suitability 0-255 by logit.
    """

    plants: Bytes
    slope: Bytes
    nearness: Floats
    is_leased: Bytes
    watch: Bytes
    logit: Floats
    may_be_habitat: Bytes
    near: Floats
    mean_near: float
    threshold: float
    level: Bytes


class Tinder(NamedTuple):
    """Scratch of a season's fires.

    queue, mark [cell]: the cells that burn, and whether they do (mark equal to stamp [1]); keep [zone]: share of the
    spread into a zone that crews and firebreaks leave; watched [watch]: share that the watch leaves; chance: of
    spread, by class of cover, heading and slope.
    """

    queue: Ints
    mark: Ints
    stamp: Ints
    keep: Floats
    watched: Floats
    chance: Floats


def no_ground() -> Ground:
    """The ground of studies without forest."""
    none = np.zeros(0, np.uint8)
    return Ground(none, none, np.zeros(0), none, none, np.zeros(0), none, np.zeros((0, 0)), 1.0, 0.0, levels())


def levels() -> Bytes:
    """Suitability 0-255 in the middle of each slice of the logit from -FARTHEST to FARTHEST."""
    slices = (FARTHEST * (2.0 * (i + 0.5) / LEVELS - 1.0) for i in range(LEVELS))
    return np.array([round(255.0 / (1.0 + math.exp(-logit))) for logit in slices], np.uint8)


def empty_tinder(cells: int, zones: int) -> Tinder:
    """Scratch for a map of `cells`."""
    queue, mark, stamp = (np.zeros(length, np.int32) for length in (cells, cells, 1))
    return Tinder(queue, mark, stamp, np.zeros(zones), np.zeros(3), np.zeros(CHANCES))
