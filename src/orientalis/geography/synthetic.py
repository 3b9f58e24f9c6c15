"""Made-up landscapes for tests, theory and small examples: uniform, or with one part water."""

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orientalis.core.errors import InputError
from orientalis.geography.landscape import Landscape


def synthetic(
    shape: tuple[int, int],
    *,
    habitat: float | NDArray[Any] = 1.0,
    prey: float | NDArray[Any] = 160.0,
    people: float | NDArray[Any] = 0.0,
    land: float | NDArray[Any] = 1,
    roads: float | NDArray[Any] | None = None,
    posts: float | NDArray[Any] | None = None,
    is_open: bool = False,
    zones: Mapping[str, NDArray[Any]] | None = None,
    cell_km: float = 2.0,
    name: str = "synthetic",
) -> Landscape:
    """Build a landscape from numbers or arrays [ny, nx].

    `habitat` and `people` lie in 0..1, `prey` is kg per km2, `land` 1 or 0; `roads`, where given, is the class of road
    (0 none, 1 minor, 2 main), and `posts` is 1 in the cells where rangers have a post, else 0. With `is_open` the
    land on the rim of the map is an open edge, else it reflects. Raises `InputError` for an array of another shape or a
    value out of range.
    """
    if min(shape) < 1:
        raise InputError("a landscape needs at least one cell", key="shape", value=shape, expected="1 or more each")
    given = {"land": (land, 1.0), "habitat": (habitat, 1.0), "prey": (prey, 1e6), "people": (people, 1.0)}
    layers = {key: _filled(key, value, shape, high) for key, (value, high) in given.items()}
    is_land = layers["land"] > 0
    rim = np.ones(shape, dtype=bool)
    rim[1:-1, 1:-1] = False
    arrays: dict[str, NDArray[Any]] = {
        "land": is_land.astype(np.uint8),
        "habitat": np.where(is_land, layers["habitat"], 0).astype(np.float32),
        "prey": np.where(is_land, layers["prey"], 0).astype(np.float32),
        "people": np.where(is_land, layers["people"], 0).astype(np.float32),
        "open_edge": (rim & is_land & is_open).astype(np.uint8),
    }
    if roads is not None:
        arrays["roads"] = np.where(is_land, _filled("roads", roads, shape, 2.0), 0).astype(np.uint8)
    if posts is not None:
        arrays["posts"] = _filled("posts", posts, shape, 1.0).astype(np.uint8)
    masks = {key: _filled(key, mask, shape, 1.0) > 0 for key, mask in (zones or {}).items()}
    return Landscape(
        name=name,
        shape=shape,
        cell_km=cell_km,
        crs="",
        transform=(cell_km * 1000.0, 0.0, 0.0, 0.0, -cell_km * 1000.0, shape[0] * cell_km * 1000.0),
        layers=arrays,
        zones=masks,
        layer_class=dict.fromkeys(arrays, "synthetic"),
        sha256=_digest(cell_km, {**arrays, **masks}),
        manifest={"name": name, "title": "A made-up map", "layers": [], "zones": []},
    )


def _filled(key: str, value: Any, shape: tuple[int, int], high: float) -> NDArray[Any]:
    array = np.asarray(value, dtype=float)
    if array.ndim and array.shape != shape:
        raise InputError(
            "an array has another shape than the landscape", key=key, value=array.shape, expected=str(shape)
        )
    if not (np.isfinite(array).all() and 0.0 <= float(array.min()) and float(array.max()) <= high):
        raise InputError("a value is out of range", key=key, expected=f"0 to {high:g}")
    return np.broadcast_to(array, shape).copy()


def _digest(cell_km: float, arrays: Mapping[str, NDArray[Any]]) -> str:
    digest = hashlib.sha256(repr(cell_km).encode())
    for key in sorted(arrays):
        digest.update(key.encode() + repr(arrays[key].shape).encode() + arrays[key].tobytes())
    return digest.hexdigest()
