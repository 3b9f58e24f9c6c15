"""`orientalis doctor`: is everything here that a run needs?"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import typer

from orientalis.cli.arguments import AsJson
from orientalis.cli.output import say, say_json, size

_PACKAGES = (
    *("altair", "geopandas", "jinja2", "numba", "numpy", "pandas", "pyarrow", "pydantic", "pyproj", "rasterio"),
    *("rich", "scipy", "shapely", "typer", "vl_convert", "xarray"),
)
_LITTLE_DISK = 500e6


class Finding(NamedTuple):
    """One thing looked at: its name, "ok", "note" or "wrong", and what was found."""

    name: str
    state: str
    detail: str


def doctor(as_json: AsJson = False) -> None:
    """Look at the machine and the installation.

    Exit status 1 when something is wrong.
    """
    found = [finding for check in _CHECKS for finding in check()]
    if as_json:
        say_json([finding._asdict() for finding in found])
    else:
        for name, state, detail in found:
            say(f"{state:5}  {name}: {detail}")
    if any(finding.state == "wrong" for finding in found):
        raise typer.Exit(1)


def _versions() -> Iterator[Finding]:
    from orientalis.core.provenance import versions

    state = "ok" if sys.version_info >= (3, 11) else "wrong"
    yield Finding("versions", state, ", ".join(f"{name} {value}" for name, value in versions().items()))


def _packages() -> Iterator[Finding]:
    from importlib.util import find_spec

    missing = [name for name in _PACKAGES if find_spec(name) is None]
    yield Finding("packages", "wrong" if missing else "ok", f"missing: {', '.join(missing)}" if missing else "all here")
    has_dask = find_spec("distributed") is not None
    yield Finding("dask", "ok", "here" if has_dask else "not installed: only --cluster needs it")


def _machine() -> Iterator[Finding]:
    from orientalis.run import usable_processors

    yield Finding("processors", "ok", f"{usable_processors()} to use")
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        yield Finding("memory", "ok", size(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")))


def _disk() -> Iterator[Finding]:
    here = Path.cwd()
    free = shutil.disk_usage(here).free
    yield Finding("disk", "ok" if free > _LITTLE_DISK else "note", f"{size(free)} free in {here}")
    yield Finding("this folder", "ok" if os.access(here, os.W_OK) else "note", _can(os.access(here, os.W_OK)))
    try:
        with tempfile.NamedTemporaryFile():
            yield Finding("temporary folder", "ok", tempfile.gettempdir())
    except OSError as error:
        yield Finding("temporary folder", "note", str(error))


def _kernels() -> Iterator[Finding]:
    from orientalis.engine.cache import FOLDER

    if FOLDER is None:
        yield Finding("compiled kernels", "note", "no folder can be written: each run compiles anew")
    else:
        yield Finding("compiled kernels", "ok", f"kept in {FOLDER}")


def _catalogue() -> Iterator[Finding]:
    from orientalis.catalogue import load_species, species_names
    from orientalis.core.errors import OrientalisError
    from orientalis.geography import landscape_names, load_landscape

    entries: list[tuple[str, str, Callable[[str], object]]] = []
    entries += [("species", name, load_species) for name in species_names()]
    entries += [("landscape", name, load_landscape) for name in landscape_names()]
    for kind, name, load in entries:
        try:
            load(name)
            yield Finding(f"{kind} {name}", "ok", "whole")
        except OrientalisError as error:
            yield Finding(f"{kind} {name}", "wrong", str(error))


def _terminal() -> Iterator[Finding]:
    encoding = getattr(sys.stdout, "encoding", None) or "unknown"
    kind = "a terminal" if sys.stdout.isatty() else "a pipe or a file"
    colour = "no colours (NO_COLOR)" if os.environ.get("NO_COLOR") else f"TERM={os.environ.get('TERM', 'not set')}"
    yield Finding("output", "ok", f"{kind}, {encoding}, {colour}")


def _can(is_writable: bool) -> str:
    return "can be written" if is_writable else "cannot be written: give --out another folder"


_CHECKS = (_versions, _packages, _machine, _disk, _kernels, _catalogue, _terminal)
