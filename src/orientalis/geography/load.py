"""Load a landscape of the catalogue by its name, or one's own by the path of its folder."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from orientalis.core.errors import InputError, nearest_name
from orientalis.geography.area import check_area
from orientalis.geography.landscape import Landscape
from orientalis.geography.manifest import Manifest, read_manifest
from orientalis.geography.raster import Raster, read_raster

CATALOGUE: Final = Path(__file__).parents[1] / "catalogue" / "landscapes"
_RANGES: Final = {
    "land": (0.0, 1.0),
    "habitat": (0.0, 1.0),
    "people": (0.0, 1.0),
    "open_edge": (0.0, 1.0),
    "potential_habitat": (0.0, 1.0),
    "prey": (0.0, 1e6),
}
_DTYPES: Final = {"land": "uint8", "open_edge": "uint8", "habitat": "float32", "people": "float32", "prey": "float32"}


def landscape_names() -> tuple[str, ...]:
    """Names of the landscapes in the catalogue."""
    return tuple(sorted(path.parent.name for path in CATALOGUE.glob("*/manifest.json")))


def landscape_folder(name_or_path: str | Path) -> Path:
    """Folder of a landscape: an existing folder wins only when it is written as a path, else the catalogue's name."""
    text = str(name_or_path)
    if not isinstance(name_or_path, Path) and text in landscape_names():
        return CATALOGUE / text
    path = Path(name_or_path).expanduser()
    if path.name == "manifest.json":
        path = path.parent
    if path.is_dir():
        return path
    names = landscape_names()
    raise InputError(
        "unknown landscape",
        value=text,
        expected="a folder with a manifest.json, or one of " + ", ".join(names),
        nearest=nearest_name(text, names),
    )


def load_landscape(name_or_path: str | Path) -> Landscape:
    """Load and check a landscape.

    Every checksum in the manifest is checked, all layers must lie on one grid in metres, and what the engine needs must
    be there and in range. Missing values (nodata, NaN) are allowed on water alone and read as 0. Raises `InputError`.
    """
    folder = landscape_folder(name_or_path)
    manifest, raw, digest = read_manifest(folder / "manifest.json")
    rasters = {entry.name: read_raster(folder / entry.file, entry.sha256) for entry in manifest.layers}
    own = {zone.name: read_raster(folder / zone.file) for zone in manifest.zones if zone.file is not None}
    land = rasters["land"]
    check_same_grid([*rasters.values(), *own.values()], land)
    if folder.parent != CATALOGUE:  # those of the catalogue are tested once, not at every load
        check_area(land.path, land.crs, land.transform, land.values.shape)
    values = {name: _values(name, raster, land) for name, raster in rasters.items()}
    size_x = land.transform[0]
    return Landscape(
        name=manifest.name,
        shape=(land.values.shape[0], land.values.shape[1]),
        cell_km=size_x / 1000.0,
        crs=land.crs,
        transform=land.transform,
        layers={name: _frozen(v) for name, v in values.items() if name != "zones"},
        zones=_zones(manifest, values, own),
        layer_class={entry.name: entry.layer_class for entry in manifest.layers},
        sha256=_checksum(manifest, digest, {**rasters, **{f"zone {name}": raster for name, raster in own.items()}}),
        manifest=raw,
        threshold=manifest.habitat_threshold,
        folder=folder,
    )


def _checksum(manifest: Manifest, digest: str, rasters: Mapping[str, Raster]) -> str:
    """Checksum of the manifest; of it and the files together where it does not give the checksum of each."""
    if all(entry.sha256 for entry in manifest.layers) and all(zone.file is None for zone in manifest.zones):
        return digest
    return sha256(
        "\n".join([digest, *(f"{name} {rasters[name].sha256}" for name in sorted(rasters))]).encode()
    ).hexdigest()


def check_same_grid(rasters: list[Raster], land: Raster) -> None:
    """Refuse rasters of another shape, coordinate system or transform than the layer `land`."""
    for raster in rasters:
        for what, found, wanted in (
            ("shape", raster.values.shape, land.values.shape),
            ("coordinate system", raster.crs, land.crs),
            ("transform", tuple(round(v, 3) for v in raster.transform), tuple(round(v, 3) for v in land.transform)),
        ):
            if found != wanted:
                raise InputError(
                    f"two layers lie on different grids: the {what} differs",
                    file=raster.path,
                    value=found,
                    expected=f"{wanted}, as in {land.path.name}",
                )


def _values(name: str, raster: Raster, land: Raster) -> NDArray[Any]:
    """Values of a layer with missing ones on water set to 0; checks its range."""
    is_land = (land.values == 1) & ~land.is_missing
    if name != "land" and bool((raster.is_missing & is_land).any()):
        count = int((raster.is_missing & is_land).sum())
        raise InputError(
            f'the layer "{name}" has no value on land', file=raster.path, value=f"{count} cells", expected="a value"
        )
    values = np.where(raster.is_missing, 0, raster.values)
    low, high = _RANGES.get(name, (-np.inf, np.inf))
    if values.size and not (low <= float(values.min()) and float(values.max()) <= high):
        raise InputError(
            f'the layer "{name}" has values outside its range',
            file=raster.path,
            value=f"{float(values.min()):g} to {float(values.max()):g}",
            expected=f"{low:g} to {high:g}",
        )
    return values.astype(_DTYPES.get(name, values.dtype))


def _zones(
    manifest: Manifest, values: Mapping[str, NDArray[Any]], own: Mapping[str, Raster]
) -> dict[str, NDArray[np.bool_]]:
    masks: dict[str, NDArray[np.bool_]] = {}
    for zone in manifest.zones:
        if zone.bit is not None:
            mask = (values["zones"].astype(np.uint32) >> np.uint32(zone.bit)) & np.uint32(1) == 1
        else:
            mask = (own[zone.name].values == 1) & ~own[zone.name].is_missing
        masks[zone.name] = _frozen(np.asarray(mask))
    return masks


def _frozen(values: NDArray[Any]) -> NDArray[Any]:
    values = np.ascontiguousarray(values)
    values.flags.writeable = False
    return values
