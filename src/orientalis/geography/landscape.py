"""The landscape as the rest of the program sees it: arrays on one grid, named zones, and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from orientalis.core.errors import InputError, nearest_name

REQUIRED_LAYERS: Final = ("land", "habitat", "prey", "people", "open_edge")
CLASSES: Final = ("observed", "derived", "modelled", "synthetic", "schematic")


@dataclass(frozen=True, eq=False)
class Landscape:
    """A map of equal square cells; row 0 is north, column 0 west.

    Attributes:
        name: Name in the catalogue, or of the folder.
        shape: (ny, nx).
        cell_km: Side of a cell, km.
        crs: Coordinate system as a PROJ string; empty for a synthetic map.
        transform: (a, b, c, d, e, f) of x = a col + b row + c, y = d col + e row + f, metres, at the cells' corners.
        layers: Arrays [ny, nx]. Always `land` (uint8), `habitat` and `people` (float32, 0..1), `prey` (float32, kg of
            standing biomass per km2) and `open_edge` (uint8); more may be there for maps.
        zones: Boolean masks [ny, nx] by name; zones may overlap.
        layer_class: observed, derived, modelled, synthetic or schematic, for each layer.
        sha256: Checksum of the manifest, which holds those of the files (and of the files, where it lacks them).
        manifest: The manifest as it was read.
        threshold: Suitability at or above which a cell is potential habitat.
        folder: Where the files lie; None for a synthetic map.
    """

    name: str
    shape: tuple[int, int]
    cell_km: float
    crs: str
    transform: tuple[float, float, float, float, float, float]
    layers: Mapping[str, NDArray[Any]] = field(repr=False)
    zones: Mapping[str, NDArray[np.bool_]] = field(repr=False)
    layer_class: Mapping[str, str] = field(repr=False)
    sha256: str
    manifest: Mapping[str, Any] = field(repr=False)
    threshold: float = 0.5
    folder: Path | None = None

    @property
    def cell_km2(self) -> float:
        """Area of a cell, km2."""
        return self.cell_km * self.cell_km

    def layer(self, name: str) -> NDArray[Any]:
        """The layer `name`; `InputError` with the nearest name when there is none."""
        if name not in self.layers:
            raise _unknown("layer", name, self.name, self.layers)
        return self.layers[name]

    def zone(self, name: str) -> NDArray[np.bool_]:
        """The mask of the zone `name`; `everywhere` is all land."""
        if name in self.zones:
            return self.zones[name]
        if name == "everywhere":
            return np.asarray(self.layers["land"] == 1)
        raise _unknown("zone", name, self.name, [*self.zones, "everywhere"])

    def cell_of(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Row and column of a place in degrees (WGS 84); `InputError` when it lies off the map."""
        from pyproj import Transformer

        if not self.crs:
            raise InputError("a synthetic landscape has no places", key="crs", expected="a landscape with coordinates")
        x, y = Transformer.from_crs("EPSG:4326", self.crs, always_xy=True).transform(longitude, latitude)
        size_x, _, west, _, size_y, north = self.transform
        row, column = int((y - north) // size_y), int((x - west) // size_x)
        if not (0 <= row < self.shape[0] and 0 <= column < self.shape[1]):
            place = f"{latitude} N {longitude} E"
            raise InputError(f"a place lies off the map of {self.name}", value=place, expected="a place on the map")
        return row, column


def _unknown(what: str, name: str, landscape: str, known: Any) -> InputError:
    names = sorted(known)
    return InputError(
        f"the landscape {landscape} has no {what} of this name",
        value=name,
        expected="one of " + ", ".join(names),
        nearest=nearest_name(name, names),
    )
