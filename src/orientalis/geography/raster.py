"""Read one raster of a landscape and check it. The only module that opens rasters."""

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from orientalis.core.errors import InputError


@dataclass(frozen=True)
class Raster:
    """One band: values [ny, nx], coordinate system (PROJ string), transform, missing cells, checksum of the file."""

    path: Path
    values: NDArray[Any]
    crs: str
    transform: tuple[float, float, float, float, float, float]
    is_missing: NDArray[np.bool_]
    sha256: str


def read_raster(path: Path, sha256: str | None = None) -> Raster:
    """Read the first band of `path`. Raises `InputError`: missing, empty, changed, unreadable, without a system."""
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    found = check_file(path, sha256)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path) as source:
                values = source.read(1)
                mask = source.read_masks(1) == 0
                crs, transform = source.crs, source.transform
    except RasterioError as error:
        raise InputError("the file cannot be read as a raster", file=path, expected="a whole GeoTIFF") from error
    if not crs:
        raise InputError(
            "the raster has no coordinate system", file=path, expected="an equal-area system in metres, such as Albers"
        )
    if np.issubdtype(values.dtype, np.floating):
        mask = mask | ~np.isfinite(values)
    check_system(path, crs, transform)
    a, b, c, d, e, f = tuple(transform)[:6]
    return Raster(path, values, system_text(crs), (a, b, c, d, e, f), mask, found)


def system_text(crs: Any) -> str:
    """A coordinate system as a PROJ string, or as WKT when PROJ has no words for it."""
    parts = crs.to_dict()
    words = [f"+{key}" if value is True else f"+{key}={value}" for key, value in parts.items()]
    return " ".join(words) if "proj" in parts or "init" in parts else str(crs.to_wkt())


def check_system(path: Path, crs: Any, transform: Any) -> None:
    """Refuse degrees, oblong cells and maps that are not north-up."""
    if crs.is_geographic:
        raise InputError(
            "the raster is in degrees, so its cells differ in area",
            file=path,
            expected="an equal-area system in metres",
        )
    if abs(crs.linear_units_factor[1] - 1.0) > 1e-9:
        raise InputError("the raster is not in metres", file=path, value=crs.linear_units, expected="metres")
    if transform.b != 0 or transform.d != 0 or transform.a <= 0 or transform.e >= 0:
        raise InputError("the raster is not north-up", file=path, expected="row 0 in the north, no rotation")
    if abs(transform.a + transform.e) > 1e-6 * transform.a:
        raise InputError("the raster's cells are not square", file=path, value=(transform.a, -transform.e))


def check_file(path: Path, sha256: str | None) -> str:
    """Refuse a file that is missing, empty, or not the one of the checksum `sha256`; return its checksum."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "a file of the landscape cannot be read", file=path, expected="the file named by its manifest"
        ) from error
    if not data:
        raise InputError("a file of the landscape is empty", file=path, expected="a whole file")
    found = hashlib.sha256(data).hexdigest()
    if sha256 is not None and found != sha256:
        raise InputError(
            "a file of the landscape is not the one its manifest describes (changed, truncated or damaged)",
            file=path,
            key="sha256",
            value=found,
            expected=sha256,
        )
    return found
