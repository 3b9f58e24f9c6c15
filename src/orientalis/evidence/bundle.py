"""Reading a bundle: nothing is taken in before every file has the size and the checksum that the manifest says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError
from orientalis.evidence.records import (
    BUNDLE_FORMAT,
    Claim,
    Count,
    Figure,
    File,
    Finding,
    Landscape,
    Manifest,
    Raster,
    Run,
    Series,
    Source,
)

MANIFEST = "manifest.json"
LARGEST_FILE = 64 * 1024 * 1024
REMEDY = "the bundle as `orientalis publish` wrote it"
Item = TypeVar("Item", bound=BaseModel)


class BundleError(InputError):
    """A bundle that is not whole, was changed, or has a format that this version cannot read."""


@dataclass(frozen=True)
class Bundle:
    """A verified bundle. `hash` is the SHA-256 of its manifest, which holds those of all files."""

    folder: Path
    hash: str
    manifest: Manifest
    findings: Mapping[str, Finding] = field(repr=False)
    series: Mapping[str, Series] = field(repr=False)
    rasters: Mapping[str, Raster] = field(repr=False)
    figures: Mapping[str, Figure] = field(repr=False)
    counts: Mapping[str, Count] = field(repr=False)
    claims: Mapping[str, Claim] = field(repr=False)
    sources: Mapping[str, Source] = field(repr=False)
    runs: Mapping[str, Run] = field(repr=False)
    landscape: Landscape | None = field(repr=False)

    @cached_property
    def files(self) -> Mapping[str, File]:
        """The files by path."""
        return {file.path: file for file in self.manifest.files}

    def find(self, key: str, **parameters: object) -> Finding | None:
        """The first finding with this key and these parameters; None where there is none."""
        for finding in self.findings.values():
            if finding.key == key and all(finding.parameters.get(name) == given for name, given in parameters.items()):
                return finding
        return None

    def read(self, path: str) -> bytes:
        """A file's content, compared with its checksum once more; BundleError if changed or not in the manifest."""
        if path not in self.files:
            raise BundleError("the bundle has no such file", file=self.folder, value=path)
        return _checked(self.folder, self.files[path])


def open_bundle(folder: str | Path) -> Bundle:
    """Verify a bundle and read it: format, every size and checksum, no file besides, every reference resolved.

    Raises BundleError with the file and what is wrong.
    """
    folder = Path(folder)
    content = _bytes(folder / MANIFEST)
    manifest = _manifest(content, folder / MANIFEST)
    _check_no_other_file(folder, manifest)
    held = {file.path: _checked(folder, file) for file in manifest.files}
    landscape = _records(folder, held, "landscape.json", Landscape)
    bundle = Bundle(
        folder=folder,
        hash=sha256_hex(content),
        manifest=manifest,
        findings=_by_id(folder, held, ["findings.json"], Finding),
        series=_by_id(folder, held, _under(held, "series/"), Series),
        rasters=_by_id(folder, held, _under(held, "maps/"), Raster),
        figures=_by_id(folder, held, ["figures.json"], Figure),
        counts=_by_id(folder, held, ["counts.json"], Count),
        claims=_by_id(folder, held, ["claims.json"], Claim),
        sources=_by_id(folder, held, ["sources.json"], Source),
        runs=_by_id(folder, held, ["runs.json"], Run, "run_hash"),
        landscape=landscape[0] if landscape else None,
    )
    _check_references(bundle)
    return bundle


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BundleError("a file of the bundle is too large", file=path, expected=f"{LARGEST_FILE} bytes at most")
        return path.read_bytes()
    except FileNotFoundError:
        raise BundleError("a file of the bundle is missing", file=path, expected=REMEDY) from None
    except OSError as error:
        raise BundleError(f"a file cannot be read: {error.strerror or error}", file=path) from error


def _manifest(content: bytes, path: Path) -> Manifest:
    held = _json(content, path)
    found = held.get("format") if isinstance(held, Mapping) else None
    major, minor = BUNDLE_FORMAT
    is_ours = isinstance(found, list) and len(found) == 2 and all(type(part) is int for part in found)
    if not isinstance(found, list) or not is_ours or found[0] != major or not 0 <= found[1] <= minor:
        raise BundleError(
            "this bundle has a format that this version of Orientalis cannot read",
            file=path,
            key="format",
            value=found,
            expected=f"{major}.0 to {major}.{minor}",
        )
    manifest: Manifest = _validated(Manifest, held, path)
    paths = [file.path.lower() for file in manifest.files]
    if len(set(paths)) != len(paths) or MANIFEST in paths:
        raise BundleError("a file is named twice", file=path, key="files", expected=REMEDY)
    return manifest


def _check_no_other_file(folder: Path, manifest: Manifest) -> None:
    named = {file.path for file in manifest.files} | {MANIFEST}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise BundleError("a bundle holds no links", file=path, expected=REMEDY)
        if path.is_file() and name not in named:
            raise BundleError("a file that the manifest does not name", file=path, expected=REMEDY)


def _checked(folder: Path, file: File) -> bytes:
    path = folder / file.path
    content = _bytes(path)
    if len(content) != file.size:
        what = f"a file of the bundle is truncated or changed: {len(content)} bytes where {file.size} were written"
        raise BundleError(what, file=path, expected=REMEDY)
    if sha256_hex(content) != file.sha256:
        raise BundleError("a file of the bundle was changed: its checksum is another", file=path, expected=REMEDY)
    return content


def _json(content: bytes, path: Path) -> Any:
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BundleError(f"not JSON in UTF-8: {error}", file=path, expected=REMEDY) from None


def _validated(kind: Any, held: Any, path: Path) -> Any:
    try:
        return TypeAdapter(kind).validate_json(json.dumps(held), strict=False)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BundleError(f"a record is wrong: {first['msg']}", file=path, key=key, expected=REMEDY) from None


def _records(folder: Path, held: Mapping[str, bytes], name: str, kind: type[Item]) -> tuple[Item, ...]:
    """The records of one file; none where the bundle does not have it (a missing layer is not an error)."""
    if name not in held:
        return ()
    found: tuple[Item, ...] = _validated(tuple[kind, ...], _json(held[name], folder / name), folder / name)  # type: ignore[valid-type]
    return found


def _by_id(folder: Path, held: Mapping[str, bytes], names: Iterable[str], kind: Any, key: str = "id") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        for record in _records(folder, held, name, kind):
            given = getattr(record, key)
            if given in found:
                raise BundleError("a record is given twice", file=folder / name, key=key, value=given)
            found[given] = record
    return found


def _under(held: Mapping[str, bytes], prefix: str) -> list[str]:
    return sorted(name for name in held if name.startswith(prefix) and name.endswith(".json"))


def _check_references(bundle: Bundle) -> None:
    """Each run, file, source, figure and finding that is named is there, years are years, and no series is empty."""
    _check_runs(bundle)
    _check_years(bundle)
    runs, sources = set(bundle.runs), set(bundle.sources) | {"assumed"}
    things = {*bundle.figures, *bundle.counts}
    for record in bundle.findings.values():
        _refuse_unknown(bundle, record.id, [record.run_hash], runs, "run")
    for series in bundle.series.values():
        _refuse_unknown(bundle, series.id, [series.run_hash], runs, "run")
        if not series.columns:
            raise BundleError("a series has no column", file=bundle.folder, key=series.id, expected="one or more")
    for raster in bundle.rasters.values():
        _refuse_unknown(bundle, raster.id, [] if raster.run_hash is None else [raster.run_hash], runs, "run")
    for finding in bundle.findings.values():
        _refuse_unknown(bundle, finding.id, finding.sources, sources, "source")
    cited: tuple[Figure | Count | Claim, ...] = (
        *bundle.figures.values(),
        *bundle.counts.values(),
        *bundle.claims.values(),
    )
    for one in cited:
        _refuse_unknown(bundle, one.id, [one.source], sources, "source")
    for claim in bundle.claims.values():
        _refuse_unknown(bundle, claim.id, claim.figures, things, "figure")
        _refuse_unknown(bundle, claim.id, claim.findings, set(bundle.findings), "finding")


def _check_runs(bundle: Bundle) -> None:
    """The baseline is a scenario that has a run, and the study of each run lies in the bundle."""
    manifest, path = bundle.manifest, bundle.folder / MANIFEST
    if manifest.baseline not in manifest.scenarios:
        raise BundleError("the baseline is no scenario of the bundle", file=path, key="baseline")
    if all(run.scenario != manifest.baseline for run in bundle.runs.values()):
        raise BundleError("the baseline has no run", file=path, key="baseline", value=manifest.baseline)
    for run in bundle.runs.values():
        _refuse_unknown(bundle, run.scenario, [run.study_file], set(bundle.files), "file")


def _check_years(bundle: Bundle) -> None:
    """A year among parameters, or in a series, can stand on an axis; rasters of occupancy have one."""
    records: tuple[Finding | Series | Raster, ...] = (
        *bundle.findings.values(),
        *bundle.series.values(),
        *bundle.rasters.values(),
    )
    for record in records:
        year = record.parameters.get("year")
        is_needed = isinstance(record, Raster) and record.key == "occupancy"
        if not _is_year(year) and (is_needed or "year" in record.parameters):
            what = f"the year of {record.id} is no whole number that a calendar has"
            raise BundleError(what, file=bundle.folder, key="parameters.year", value=year, expected="such as 2123")
    for series in bundle.series.values():
        for year in series.columns.get("year", ()):
            if not _is_year(year):
                raise BundleError(
                    f"a year of {series.id} is no whole number that a calendar has", file=bundle.folder, value=year
                )


def _is_year(value: object) -> bool:
    return isinstance(value, (int, float)) and float(value).is_integer() and 0 <= value <= 9999


def _refuse_unknown(bundle: Bundle, key: str, names: Iterable[str], known: set[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise BundleError(f"a {what} is named that the bundle lacks", file=bundle.folder, key=key, value=name)
