"""The map of a bundle: lines, places and classes of layers on the landscape's grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from orientalis.evidence.records import Landscape as LandscapeRecord
from orientalis.evidence.records import LayerClass, Lines, Place, Raster
from orientalis.publish.ranges import mask_raster

if TYPE_CHECKING:
    from orientalis.geography import Landscape
    from orientalis.geography.map_layers import MapLayers

SIMPLIFY_CELLS = 0.3
TENTHS = 10
SETTLEMENTS = 25
DRAWN = ("coast", "lakes", "rivers", "borders", "reserves", "graticule")


def landscape_record(landscape: Landscape) -> LandscapeRecord:
    """The landscape as it is drawn: simplified, clipped to the grid, in tenths of a cell from the upper left corner."""
    from orientalis.geography import load_vectors
    from orientalis.geography.landscape_layers import map_layers

    layers = map_layers(landscape, load_vectors(landscape), SIMPLIFY_CELLS * landscape.cell_km)
    classes = {**layers.classes, "graticule": "derived", "occupancy": "modelled", "potential_habitat": "modelled"}
    return LandscapeRecord(
        name=landscape.name,
        rows=landscape.shape[0],
        columns=landscape.shape[1],
        cell_km=landscape.cell_km,
        crs=landscape.crs,
        attribution=attribution(landscape),
        lines=tuple(
            Lines(id=name, layer_class=cast(LayerClass, classes.get(name, "derived")), parts=parts)
            for name in DRAWN
            if (parts := _parts(layers, name))
        ),
        places=_places(layers),
        classes=cast(dict[str, LayerClass], classes),
    )


def attribution(landscape: Landscape) -> str:
    """Whom to thank for the layers, in one line."""
    credits = [str(one.get("credit", "")) for one in landscape.manifest.get("packages", ())]
    return str(landscape.manifest.get("attribution") or "; ".join(credit for credit in credits if credit))


def ground_rasters(landscape: Landscape) -> list[Raster]:
    """Land, and the habitat that the model rests on."""
    from orientalis.geography import potential_habitat

    kinds = cast(dict[str, LayerClass], dict(landscape.layer_class))
    land = mask_raster("land", landscape.layers["land"] == 1, kinds.get("land", "observed"))
    habitat = mask_raster("potential_habitat", potential_habitat(landscape), kinds.get("habitat", "modelled"))
    return [land, habitat]


def _parts(layers: MapLayers, name: str) -> tuple[tuple[int, ...], ...]:
    """The lines of one layer, cut at the edge of the grid; parts that shrink to a point are left out."""
    from shapely import LineString, box, get_parts

    grid = box(0, 0, layers.shape[1] * TENTHS, layers.shape[0] * TENTHS)
    found = []
    rows = layers.lines[layers.lines["layer"] == name]
    for _, part in rows.groupby("part", sort=True):
        part = part.sort_values("order")
        x, y = _on_grid(layers, part["x"].to_numpy(), part["y"].to_numpy())
        for piece in get_parts(LineString(np.column_stack([x, y])).intersection(grid)):
            if piece.geom_type != "LineString":
                continue
            points = np.rint(np.asarray(piece.coords)).astype(int)
            kept = points[np.concatenate(([True], (points[1:] != points[:-1]).any(axis=1)))]
            if len(kept) > 1:
                found.append(tuple(int(value) for value in kept.ravel()))
    return tuple(sorted(found))


def _on_grid(layers: MapLayers, x: Any, y: Any) -> tuple[Any, Any]:
    """Kilometres to tenths of a cell from the upper left corner."""
    scale = TENTHS / layers.cell_km
    return (x - layers.west) * scale, (layers.north - y) * scale


def _places(layers: MapLayers) -> tuple[Place, ...]:
    """Countries by the name of their zone, reserves by their title, the largest settlements of known population."""
    found = []
    for _, row in layers.labels.iterrows():
        name = row["name"] if row["kind"] == "country" else row["label"]
        found.append((str(row["kind"]), str(name), row["x"], row["y"], 0))
    for _, row in layers.places.head(SETTLEMENTS).iterrows():
        found.append(("settlement", str(row["name"]), row["x"], row["y"], int(row["population"])))
    places = []
    for kind, name, km_x, km_y, population in found:
        x, y = (int(round(float(value))) for value in _on_grid(layers, km_x, km_y))
        if 0 <= x <= layers.shape[1] * TENTHS and 0 <= y <= layers.shape[0] * TENTHS:
            places.append(Place.model_validate({"name": name, "kind": kind, "x": x, "y": y, "population": population}))
    return tuple(places)
