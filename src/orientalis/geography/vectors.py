"""Coast, lakes, rivers, borders, settlements, reserves and roads, for maps."""

from typing import TYPE_CHECKING

from orientalis.core.errors import InputError
from orientalis.geography.landscape import Landscape
from orientalis.geography.manifest import Manifest
from orientalis.geography.raster import check_file

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def load_vectors(landscape: Landscape) -> "dict[str, GeoDataFrame]":
    """Read the landscape's vectors by name, in its coordinate system; empty for a landscape without any.

    Raises `InputError` for a file that is missing, changed, or not GeoParquet, or has another coordinate system.
    """
    if landscape.folder is None:
        return {}
    import geopandas
    import pyproj

    frames = {}
    for entry in Manifest.model_validate(dict(landscape.manifest)).vectors:
        path = landscape.folder / entry.file
        check_file(path, entry.sha256)
        try:
            frame = geopandas.read_parquet(path)
        except (ValueError, OSError) as error:
            raise InputError("the file cannot be read as vectors", file=path, expected="GeoParquet") from error
        if frame.crs is None:
            raise InputError("the vectors have no coordinate system", file=path, expected=landscape.crs)
        if frame.crs != pyproj.CRS(landscape.crs):
            frame = frame.to_crs(landscape.crs)
        frames[entry.name] = frame
    return frames
