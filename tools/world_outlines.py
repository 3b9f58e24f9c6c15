"""Make the world's outlines for the map of supporters from Natural Earth, as the npm package world-atlas packs it.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python -m tools.world_outlines package

Writes src/orientalis_site/charts/world/world.json: outlines on the Equal Earth projection by ISO code, from the map at
1 : 110 million; countries that are too small for it as points, from the map at 1 : 50 million. Antarctica is left out.
Land without an ISO code of its own is kept as land without a code: it is drawn, never shaded. The same input gives the
same bytes.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

from babel.core import get_global

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "orientalis_site.settings")

from orientalis_site.charts.simplify import Point, simplified  # noqa: E402 - needs the settings
from orientalis_site.charts.svg import steps  # noqa: E402

OUT = Path(__file__).resolve().parent.parent / "src" / "orientalis_site" / "charts" / "world" / "world.json"
WIDTH = 1000
MOST_BYTES = 40_000
TOLERANCE = 0.7
SMALLEST = 6.0
"""Islands below so many square units are left out, unless they are the largest part of their country."""
NORTH, SOUTH = 84.0, -56.5
ANTARCTICA = "AQ"
MIDDLE = 11.0
"""The meridian in the middle: the map is cut through the Bering Strait, so that no country is."""
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
Place = tuple[float, float]


def equal_earth(longitude: float, latitude: float) -> Place:
    """The Equal Earth projection (Šavrič, Patterson and Jenny, 2018) on a sphere of radius one; north is up."""
    angle = asin(sqrt(3) / 2 * sin(radians(latitude)))
    squared = angle * angle
    sixth = squared**3
    slope = 3 * (9 * A4 * sixth * squared + 7 * A3 * sixth + 3 * A2 * squared + A1)
    x = 2 * sqrt(3) * radians(longitude) * cos(angle) / slope
    return x, angle * (A1 + A2 * squared + sixth * (A3 + A4 * squared))


def to_units(longitude: float, latitude: float) -> Place:
    """A place in units of the drawing: 0 … WIDTH from west to east, down from the northern edge."""
    east, _ = equal_earth(180.0, 0.0)
    _, top = equal_earth(0.0, NORTH)
    x, y = equal_earth((longitude - MIDDLE + 180.0) % 360.0 - 180.0, latitude)
    per_unit = WIDTH / (2 * east)
    return (x + east) * per_unit, (top - y) * per_unit


def arcs(topology: dict[str, Any]) -> list[list[Place]]:
    """The arcs of a TopoJSON file in degrees."""
    (across, down), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        places = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            places.append((x * across + west, y * down + south))
        found.append(places)
    return found


def thinned(arc: list[Place]) -> list[Point]:
    """An arc in whole units with fewer points; its ends stay, so that neighbours still meet."""
    rounded = [(round(x), round(y)) for x, y in (to_units(*place) for place in arc)]
    points = [point for index, point in enumerate(rounded) if not index or point != rounded[index - 1]]
    return simplified(points, TOLERANCE) if len(points) > 2 else points


def rings(geometry: dict[str, Any], held: list[list[Any]]) -> list[list[Any]]:
    """The outer rings of a country, stitched from its arcs."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    found = []
    for polygon in polygons:
        ring: list[Any] = []
        for index in polygon[0]:
            arc = held[index] if index >= 0 else held[~index][::-1]
            ring += arc[1:] if ring else arc
        found.append(ring)
    return found


def area(ring: list[Any]) -> float:
    """The area of a ring, whichever way it turns."""
    ends = ring[1:] + ring[:1]
    return float(abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ends, strict=True)))) / 2


def is_cut(ring: list[Any], code: str) -> bool:
    """Whether the edge of the map cuts a small island, which is left out then. SystemExit where it cuts more."""
    cut = any(abs(a[0] - b[0]) > WIDTH / 2 for a, b in zip(ring, ring[1:], strict=False))
    if cut and len(ring) > 12:
        raise SystemExit(f"the edge of the map cuts {code or 'land without a code'}")
    return cut


def code_of(geometry: dict[str, Any]) -> str:
    """The ISO code by two letters; "" for land that has none."""
    aliases = get_global("territory_aliases").get(str(geometry.get("id", "")).zfill(3), [])
    return str(aliases[0]) if aliases else ""


def room(ring: list[Any]) -> tuple[int, int, int]:
    """Where a name has most room within a ring: the middle of it, and how wide it is there."""
    best = (0.0, 0.0, 0.0)
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    for step in range(1, 24):
        y = low + (high - low) * step / 24
        # Both edges of a line of text must be inside: half a line above and below count as well.
        spans = [inside(ring, y + shift) for shift in (-5.0, 0.0, 5.0)]
        for left, right in spans[1]:
            for above, below in ((a, b) for a in spans[0] for b in spans[2]):
                first, last = max(left, above[0], below[0]), min(right, above[1], below[1])
                if last - first > best[0]:
                    best = (last - first, (first + last) / 2, y)
    return round(best[1]), round(best[2]), round(best[0])


def inside(ring: list[Any], y: float) -> list[Place]:
    """The stretches of a level that lie within a ring."""
    cuts = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y):
            cuts.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    cuts.sort()
    return list(zip(cuts[::2], cuts[1::2], strict=True))


def outlines(topology: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The outline of each country, and where its name has room."""
    held = [thinned(arc) for arc in arcs(topology)]
    found: dict[str, list[list[Point]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        if code != ANTARCTICA:
            found.setdefault(code, []).extend(rings(geometry, held))
    written: dict[str, dict[str, Any]] = {}
    for code, parts in sorted(found.items()):
        parts = sorted((ring for ring in parts if not is_cut(ring, code)), key=area, reverse=True)
        kept = [ring for index, ring in enumerate(parts) if area(ring) >= SMALLEST or (not index and area(ring) > 0)]
        if kept:
            path = "".join(steps(ring[:-1] if ring[0] == ring[-1] else ring, is_closed=True) for ring in kept)
            written[code] = {"outline": path, "room": room(kept[0])}
    return written


def points(topology: dict[str, Any], known: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The middle of each country that has no outline."""
    held: list[list[Any]] = list(arcs(topology))
    found: dict[str, tuple[int, int]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        if code and code not in known and code != ANTARCTICA and "arcs" in geometry:
            ring = max(rings(geometry, held), key=area)
            places = [to_units(*place) for place in ring]
            middle = [(min(side) + max(side)) / 2 for side in zip(*places, strict=True)]
            found[code] = (round(middle[0]), round(middle[1]))
    return dict(sorted(found.items()))


def main(arguments: list[str] | None = None) -> int:
    """Write the file and say how large it is; exit status 1 where it is too large."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("package", type=Path, help="the unpacked folder of world-atlas")
    folder = parser.parse_args(arguments).package
    coarse, fine = (json.loads((folder / f"countries-{scale}m.json").read_text()) for scale in (110, 50))
    countries = outlines(coarse)
    held = {
        "width": WIDTH,
        "height": round(to_units(0.0, SOUTH)[1]),
        "land": countries.pop("")["outline"],
        "countries": countries,
        "points": points(fine, countries),
    }
    text = json.dumps(held, separators=(",", ":"), sort_keys=True) + "\n"
    print(f"{len(text)} bytes, {len(countries)} countries, {len(held['points'])} points")
    if len(text) > MOST_BYTES:
        print(f"at most {MOST_BYTES} bytes are allowed", file=sys.stderr)
        return 1
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
