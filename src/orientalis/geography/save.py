"""Write a landscape as a folder of one's own: a manifest and one GeoTIFF a layer."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from orientalis.core.errors import InputError
from orientalis.geography.landscape import Landscape


def write_landscape(landscape: Landscape, folder: Path, *, crs: str | None = None) -> Path:
    """Write `landscape` so that `load_landscape(folder)` reads it back; a synthetic one needs a `crs` in metres.

    Zones become bits of `zones.tif`, at most 32. Vectors are not written. Raises `InputError` without a system.
    """
    from rasterio.transform import Affine

    system = crs or landscape.crs
    if not system:
        raise InputError("the landscape has no coordinate system to write", key="crs", expected="a system in metres")
    if len(landscape.zones) > 32:
        raise InputError("too many zones to write", value=len(landscape.zones), expected="32 or fewer")
    folder.mkdir(parents=True, exist_ok=True)
    arrays = dict(landscape.layers)
    if landscape.zones:
        bits = np.zeros(landscape.shape, dtype=np.uint32)
        for bit, mask in enumerate(landscape.zones.values()):
            bits |= mask.astype(np.uint32) << np.uint32(bit)
        arrays["zones"] = bits
    for name, values in arrays.items():
        _write(folder / f"{name}.tif", values, system, Affine(*landscape.transform))
    manifest = {
        "schema_version": 1,
        "name": landscape.name,
        "habitat_threshold": landscape.threshold,
        "layers": [
            {
                "name": name,
                "file": f"{name}.tif",
                "class": landscape.layer_class.get(name, "synthetic"),
                "sha256": hashlib.sha256((folder / f"{name}.tif").read_bytes()).hexdigest(),
            }
            for name in arrays
        ],
        "zones": [{"name": name, "bit": bit} for bit, name in enumerate(landscape.zones)],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return folder


def _write(path: Path, values: Any, crs: str, transform: Any) -> None:
    import rasterio

    height, width = values.shape
    with rasterio.open(path, "w", driver="GTiff", width=width, height=height, count=1, dtype=values.dtype, crs=crs,
                       transform=transform, compress="deflate") as target:  # fmt: skip
        target.write(values, 1)
