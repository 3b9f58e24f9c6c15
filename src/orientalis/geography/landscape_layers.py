"""A landscape of the catalogue as map layers in kilometres."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from orientalis.geography.map_layers import LINE_COLUMNS, PLACE_COLUMNS, SIMPLIFY_KM, MapLayers, lines_of

if TYPE_CHECKING:
    from orientalis.geography.landscape import Landscape

COUNTRY_NAMES = {"russia": "RUSSIA", "china": "CHINA", "north_korea": "NORTH KOREA"}


def map_layers(landscape: Landscape, vectors: Mapping[str, Any], simplify_km: float = SIMPLIFY_KM) -> MapLayers:
    """Lines, names and classes of a landscape; a made-up one has its grid alone. Lines keep to within `simplify_km`."""
    size, _, west, _, _, north = landscape.transform
    lines = [
        _lines(vectors[name], name, landscape, simplify_km)
        for name in ("coast", "lakes", "rivers", "borders")
        if name in vectors
    ]
    labels: list[tuple[str, str, str, float, float]] = []
    if "reserves" in vectors:
        frame = vectors["reserves"]
        lines.append(_lines(frame, "reserves", landscape, simplify_km))
        for name, text, geometry in zip(frame["name"], frame["title"], frame.geometry, strict=True):
            point = geometry.representative_point()
            labels.append(("reserve", str(name), str(text), point.x / 1000, point.y / 1000))
    for name, text in COUNTRY_NAMES.items():
        if name in landscape.zones and landscape.zones[name].any():
            row, column = _heart(np.asarray(landscape.zones[name]))
            x, y = (west + (column + 0.5) * size) / 1000, (north - (row + 0.5) * size) / 1000
            labels.append(("country", name, text, x, y))
    grid, marks = _graticule(landscape)
    found = [table for table in [*lines, grid] if len(table)]
    return MapLayers(
        shape=landscape.shape,
        cell_km=landscape.cell_km,
        west=west / 1000,
        north=north / 1000,
        land=np.asarray(landscape.layers["land"] == 1),
        lines=pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=LINE_COLUMNS),
        places=_places(vectors.get("settlements")),
        marks=marks,
        labels=pd.DataFrame(labels, columns=["kind", "name", "label", "x", "y"]),
        classes=_classes(landscape, vectors),
        attribution=str(landscape.manifest.get("attribution", "")),
    )


def _lines(frame: Any, layer: str, landscape: Landscape, simplify_km: float) -> pd.DataFrame:
    """All lines and outlines of a GeoDataFrame, metres to km, without those that only follow the map's edge."""
    from shapely import box, geometrycollections, transform

    size, _, west, _, _, north = landscape.transform
    edge = box(west, north - landscape.shape[0] * size, west + landscape.shape[1] * size, north).boundary.buffer(
        0.2 * size
    )
    shapes = [one.boundary if "Polygon" in one.geom_type else one for one in frame.geometry]
    drawn = geometrycollections([one.difference(edge) for one in shapes])
    return lines_of(transform(drawn, lambda xy: xy / 1000), layer, simplify_km=simplify_km)


def _heart(mask: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[int, int]:
    """The cell of a zone that is farthest from its edge."""
    from scipy.ndimage import distance_transform_edt

    depth = distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(depth.argmax()), mask.shape)
    return int(row), int(column)


def _places(frame: Any) -> pd.DataFrame:
    """Settlements with a known population, largest first."""
    if frame is None or not len(frame):
        return pd.DataFrame(columns=PLACE_COLUMNS)
    points = frame.geometry
    table = pd.DataFrame(
        {
            "name": frame["name"].astype(str),
            "population": frame["population"].astype(float),
            "x": points.x / 1000,
            "y": points.y / 1000,
        }
    )
    return table[table["population"] > 0].sort_values("population", ascending=False, ignore_index=True)


def _classes(landscape: Landscape, vectors: Mapping[str, Any]) -> dict[str, str]:
    """The class of every layer that is drawn, and of what the model rests on."""
    held = {str(entry["name"]): str(entry["class"]) for entry in landscape.manifest.get("vectors", [])}
    drawn = {
        name: held.get(name, "derived")
        for name in ("coast", "lakes", "rivers", "borders", "settlements", "reserves")
        if name in vectors
    }
    rest = {
        name: kind
        for name, kind in landscape.layer_class.items()
        if name in ("habitat", "prey", "people", "roads", "land", "zones")
    }
    return {**drawn, **rest}


def _graticule(landscape: Landscape) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Whole degrees as lines, and their labels at the west and south edge."""
    marks = pd.DataFrame(columns=["label", "x", "y", "side"])
    if not landscape.crs:
        return pd.DataFrame(columns=LINE_COLUMNS), marks
    from pyproj import Transformer

    size, _, west, _, _, north = landscape.transform
    east, south = west + landscape.shape[1] * size, north - landscape.shape[0] * size
    back = Transformer.from_crs(landscape.crs, "EPSG:4326", always_xy=True)
    there = Transformer.from_crs("EPSG:4326", landscape.crs, always_xy=True)
    edge_x = np.concatenate([np.linspace(west, east, 50)] * 2 + [np.full(50, west), np.full(50, east)])
    edge_y = np.concatenate([np.full(50, north), np.full(50, south), *[np.linspace(south, north, 50)] * 2])
    lon, lat = back.transform(edge_x, edge_y)
    rows: list[pd.DataFrame] = []
    names: list[dict[str, object]] = []
    lines = [
        ("E", degree, np.full(60, float(degree)), np.linspace(lat.min(), lat.max(), 60))
        for degree in range(ceil(lon.min()), floor(lon.max()) + 1)
    ]
    lines += [
        ("N", degree, np.linspace(lon.min(), lon.max(), 60), np.full(60, float(degree)))
        for degree in range(ceil(lat.min()), floor(lat.max()) + 1)
    ]
    for part, (kind, degree, longitudes, latitudes) in enumerate(lines):
        x, y = there.transform(longitudes, latitudes)
        inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        if inside.sum() < 2:
            continue
        x, y = x[inside] / 1000, y[inside] / 1000
        rows.append(pd.DataFrame({"layer": "graticule", "part": part, "order": range(len(x)), "x": x, "y": y}))
        names.append(
            {
                "label": f"{degree}°{kind}",
                "x": x[0] if kind == "E" else west / 1000,
                "y": south / 1000 if kind == "E" else y[0],
                "side": "south" if kind == "E" else "west",
            }
        )
    return pd.concat(rows, ignore_index=True), pd.DataFrame(names)
