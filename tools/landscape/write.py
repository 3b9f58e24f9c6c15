"""Write layers as cloud-optimised GeoTIFF, vectors as GeoParquet, and the manifest with checksums."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import rasterio

from tools.landscape import assumptions as a
from tools.landscape.download import PACKAGES, sha256
from tools.landscape.grid import CRS, WINDOW, Array, Grid
from tools.landscape.layers import LAYERS, VECTORS


def write_raster(path: Path, values: Array, grid: Grid, dtype: str, digits: int) -> None:
    """Write one band; floats are rounded to `digits` decimals, so that they compress."""
    data = np.round(values, digits).astype(dtype) if dtype.startswith("float") else values.astype(dtype)
    options: dict[str, Any] = {"compress": "deflate", "level": 9, "blocksize": 256, "overviews": "none"}
    options["predictor"] = "YES"
    with rasterio.open(path, "w", driver="COG", width=grid.nx, height=grid.ny, count=1, dtype=dtype, crs=CRS,
                       transform=grid.transform(), **options) as target:  # fmt: skip
        target.write(data, 1)


def write_vector(path: Path, frame: geopandas.GeoDataFrame) -> None:
    """Write a GeoParquet file in the grid's coordinates, to the nearest metre."""
    frame = frame.set_crs(CRS, allow_override=True)
    frame["geometry"] = frame.geometry.set_precision(1.0)
    frame[~frame.geometry.is_empty].to_parquet(path, compression="zstd", index=False)


def write_manifest(folder: Path, grid: Grid, zones: Mapping[str, str], areas: Any) -> None:
    """Write `manifest.json` for the files that lie in `folder`."""
    manifest: dict[str, Any] = {
        "schema_version": 1,
        "name": folder.name,
        "title": "South-west Primorye and neighbouring Jilin and Heilongjiang",
        "crs": CRS,
        "cell_km": 2.0,
        "shape": [grid.ny, grid.nx],
        "transform": list(grid.transform())[:6],
        "window_degrees": list(WINDOW),
        "habitat_threshold": a.HABITAT_THRESHOLD,
        "layers": [_layer_entry(folder, name) for name in LAYERS],
        "zones": [
            {"name": n, "bit": i, "class": zone_class(n), "description": d} for i, (n, d) in enumerate(zones.items())
        ],
        "vectors": [_vector_entry(folder, name) for name in VECTORS],
        "packages": [_package_entry(name) for name in PACKAGES],
        "missing": NOT_TO_BE_HAD,
        "assumptions": {key: value for key, value in sorted(vars(a).items()) if key.isupper()},
        "areas_km2": areas,
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


NOT_TO_BE_HAD = [
    "roads (synthetic links are shipped)",
    "fine land cover",
    "burned area",
    "boundaries of protected areas (schematic shapes are shipped)",
    "prey maps",
    "fine elevation",
]


def zone_class(name: str) -> str:
    """Class of a zone: countries are observed, today's range is modelled, all else schematic."""
    if name in ("russia", "china", "north_korea"):
        return "observed"
    return "modelled" if name == "range_today" else "schematic"


def _layer_entry(folder: Path, name: str) -> dict[str, Any]:
    info = LAYERS[name]
    return {
        "name": name,
        "file": f"{name}.tif",
        "sha256": sha256(folder / f"{name}.tif"),
        "class": info.kind,
        "unit": info.unit,
        "native_resolution": info.resolution,
        "source": [PACKAGES[p].label for p in info.packages],
        "licence": "; ".join(dict.fromkeys(PACKAGES[p].licence for p in info.packages)),
        "description": info.description,
    }


def _vector_entry(folder: Path, name: str) -> dict[str, Any]:
    kind, packages, description = VECTORS[name]
    return {
        "name": name,
        "file": f"{name}.parquet",
        "sha256": sha256(folder / f"{name}.parquet"),
        "class": kind,
        "source": [PACKAGES[p].label for p in packages],
        "licence": "; ".join(dict.fromkeys(PACKAGES[p].licence for p in packages)) or "Apache-2.0",
        "description": description,
    }


def _package_entry(name: str) -> dict[str, Any]:
    package = PACKAGES[name]
    return {
        "name": name,
        "version": package.version,
        "registry": package.registry,
        "archive": package.archive,
        "sha256": package.sha256,
        "licence": package.licence,
        "credit": package.credit,
    }
