"""Names on the map, none over another: first come, first served; a name without room is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orientalis.evidence import Place
from orientalis_site.charts import letters, svg
from orientalis_site.charts.place_names import place_name

Box = tuple[float, float, float, float]
SIZES = {"country": 13.0, "reserve": 12.3, "settlement": 12.5}
SMALL_SIZES = {"country": 12.2, "reserve": 12.2, "settlement": 12.2}
DOT = 2.2


WIDEST = 0.34
"""Of a phone's map: the part of its width that a name may take."""


@dataclass(frozen=True)
class Ground:
    """The part of the drawing that the map fills: its size in pixels and pixels a tenth of a cell."""

    width: float
    height: float
    per_tenth: float
    is_wide: bool


def map_names(places: Sequence[Place], ground: Ground, taken: Sequence[Box]) -> str:
    """Countries, the largest towns, reserves (not on a phone), other towns; `taken` boxes stay clear."""
    towns = sorted((one for one in places if one.kind == "settlement"), key=lambda one: -one.population)
    towns = towns[: 24 if ground.is_wide else 8]
    reserves = [one for one in places if one.kind == "reserve"] if ground.is_wide else []
    wanted = [*(one for one in places if one.kind == "country"), *towns[:4], *reserves, *towns[4:]]
    dots = {one: _dot(one, ground) for one in towns[:12]}
    boxes = list(taken)
    parts = []
    for place in wanted:
        others = [dot for town, dot in dots.items() if town is not place]
        placed = _placed(place, ground, [*boxes, *others])
        if placed:
            mark, box = placed
            boxes += [box, *([_dot(place, ground)] if place.kind == "settlement" else [])]
            parts.append(mark)
    return svg.group("names", *parts)


def _placed(place: Place, ground: Ground, taken: Sequence[Box]) -> tuple[str, Box] | None:
    """A name at the first free spot around its point."""
    if place.kind == "settlement" and any(_overlap(_dot(place, ground), other) for other in taken):
        return None
    size = (SIZES if ground.is_wide else SMALL_SIZES)[place.kind]
    lines = _lines(place, size)
    wide = max(letters.width(line, size, is_bold=place.kind == "country") for line in lines)
    if place.kind == "country":
        wide += 0.06 * size * max(len(line) for line in lines)
    if not ground.is_wide and wide > WIDEST * ground.width:
        return None
    tall = size * 1.15 * len(lines)
    x, y = place.x * ground.per_tenth, place.y * ground.per_tenth
    for dx, dy, anchor in _spots(place.kind, wide, tall):
        middle = x + dx
        box = (middle - wide / 2 - 3, y + dy - tall / 2, middle + wide / 2 + 3, y + dy + tall / 2)
        is_inside = box[0] >= 3 and box[1] >= 3 and box[2] <= ground.width - 3 and box[3] <= ground.height - 3
        if is_inside and not any(_overlap(box, other) for other in taken):
            at = {None: middle - wide / 2, "middle": middle, "end": middle + wide / 2}[anchor]
            base = y + dy - tall / 2 + size * 0.92
            words = "".join(
                svg.text(at, base + size * 1.15 * index, line, None, anchor) for index, line in enumerate(lines)
            )
            dot = svg.element("circle", {"cx": x, "cy": y, "r": DOT, "data-place": place_name(place.name)})
            return svg.group(place.kind, dot if place.kind == "settlement" else "", words), box
    return None


def _dot(place: Place, ground: Ground) -> Box:
    x, y = place.x * ground.per_tenth, place.y * ground.per_tenth
    return x - DOT, y - DOT, x + DOT, y + DOT


def _lines(place: Place, size: float) -> list[str]:
    name = place_name(place.name)
    if place.kind == "reserve":
        return letters.wrap(name, size, 15.5 * size)
    return [name.upper()] if place.kind == "country" else [name]


def _spots(kind: str, wide: float, tall: float) -> list[tuple[float, float, str | None]]:
    """Where the middle of a name may lie, seen from its point, and how its text is anchored there."""
    if kind == "settlement":
        aside = wide / 2 + 5.5
        corners: list[tuple[float, float, str | None]] = [
            (side * aside, shift * tall, None if side > 0 else "end") for shift in (-0.6, 0.6) for side in (1, -1)
        ]
        return [(aside, 0.0, None), (-aside, 0.0, "end"), (0.0, -tall, "middle"), (0.0, tall, "middle"), *corners]
    steps = [0.0] + [sign * step * 14.0 for step in range(1, 6) for sign in (-1, 1)]
    return [(across, down, "middle") for across in (0.0, -50.0, 50.0) for down in steps]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
