"""The outlines of the world: by ISO code, in units of a drawing that is `width` by `height`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "world" / "world.json"


@dataclass(frozen=True)
class Country:
    """An outline as a path, and where its name has room: x, y of its middle and how wide the land is there."""

    outline: str
    room: tuple[float, float, float]


@dataclass(frozen=True)
class World:
    """`land` is land without a code; `points` are the middles of countries that are too small for an outline."""

    width: float
    height: float
    land: str
    countries: Mapping[str, Country]
    points: Mapping[str, tuple[float, float]]


@cache
def world() -> World:
    """The outlines that are shipped: Natural Earth, public domain (`world/README.md`)."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    countries = {code: Country(one["outline"], tuple(one["room"])) for code, one in held["countries"].items()}
    points = {code: (x, y) for code, (x, y) in held["points"].items()}
    return World(held["width"], held["height"], held["land"], countries, points)
