"""Countries and borders from Natural Earth's provinces."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.ndimage import distance_transform_edt
from shapely.geometry import box, shape
from shapely.ops import transform, unary_union

from tools.landscape.grid import Array, Grid, to_metres

NAMES: Final = {"RUS": "russia", "CHN": "china", "PRK": "north_korea"}


@dataclass(frozen=True)
class Countries:
    """Masks of land by country [ny, nx] (they part the land), and border lines in metres."""

    masks: dict[str, Array]
    borders: list[Any]


def read_countries(path: Path, grid: Grid, land: Array) -> Countries:
    """Read `admin1.json`; a land cell outside every polygon (coasts differ) belongs to the nearest country."""
    window = box(*grid.degrees())
    parts: dict[str, list[Any]] = {name: [] for name in NAMES.values()}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        code = feature["properties"]["adm0_a3"]
        if code not in NAMES:
            continue
        polygon = shape(feature["geometry"])
        if polygon.intersects(window):
            parts[NAMES[code]].append(polygon.buffer(0).intersection(window))
    whole = {name: transform(to_metres, unary_union(polygons)) for name, polygons in parts.items()}
    shares = np.stack([grid.cover([whole[name]]) for name in parts])
    number = np.where(shares.max(axis=0) > 0, shares.argmax(axis=0), -1)
    nearest = distance_transform_edt(number < 0, return_distances=False, return_indices=True)
    number = number[tuple(nearest)]
    masks = {name: (number == i) & land for i, name in enumerate(parts)}
    names = list(whole)
    borders = [
        whole[a].boundary.intersection(whole[b].buffer(200.0)) for i, a in enumerate(names) for b in names[i + 1 :]
    ]
    return Countries(masks, [line for line in borders if not line.is_empty])
