"""A bundle's files, in memory: all records of some finished runs, then the manifest over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import orientalis
from orientalis.core.canonical import canonical_json, sha256_hex
from orientalis.evidence import Bundle
from orientalis.evidence.bundle import MANIFEST
from orientalis.evidence.records import BUNDLE_FORMAT, File, Manifest, Raster, Record, Series
from orientalis.publish import catalogue_records, tables
from orientalis.publish.claims import claims_of, published_figures
from orientalis.publish.findings import default_findings, differences, draws_findings, rasters_of, series_of
from orientalis.publish.licences import licence_files
from orientalis.publish.map_records import ground_rasters, landscape_record
from orientalis.publish.run_records import run_records, study_file
from orientalis.publish.studies import StudyRun, read_studies
from orientalis.publish.surroundings import SERIES
from orientalis.publish.write import check_place, write_bundle

ON_THE_MAP = 2
"""So many scenarios have rasters of occupancy: the baseline and the next."""
TYPES = {".json": "application/json", ".csv": "text/csv", ".toml": "application/toml", ".txt": "text/plain"}


def publish_bundle(folders: Sequence[Path], out: Path, day: date) -> Bundle:
    """Write the bundle of some run folders; see `orientalis.publish.publish_bundle`."""
    check_place(out)
    return write_bundle(bundle_files(read_studies(folders), day), out)


def bundle_files(studies: Sequence[StudyRun], day: date) -> dict[str, bytes]:
    """Every file of the bundle by path, the manifest included: the same runs and day give the same bytes."""
    all_of = [(study, one) for study in studies for one in study.scenarios]
    base, landscape = all_of[0], studies[0].landscape
    beside = base[0].specifications[base[1].name]
    cell_km = None if landscape is None else landscape.cell_km
    findings = []
    for study, one in all_of:
        findings += [*default_findings(study, one, day, cell_km), *draws_findings(study, one.name, day)]
    findings += chain.from_iterable(differences(base, other, day) for other in all_of[1:])
    series = list(chain.from_iterable(series_of(study, one, day) for study, one in all_of))
    species = studies[0].species.name
    claims = claims_of(species, {one.id for one in findings})
    figures = [*catalogue_records.figures(studies), *published_figures(species)]
    counts = catalogue_records.counts(species)
    keys = catalogue_records.cited(studies, [*figures, *counts]) | {claim.source for claim in claims}
    files = {
        "findings.json": _records(findings),
        "figures.json": _records(figures),
        "counts.json": _records(counts),
        "claims.json": _records(claims),
        "sources.json": _records(catalogue_records.sources(keys)),
        "runs.json": _records(chain.from_iterable(run_records(study, beside) for study in studies)),
        "downloads/findings.csv": tables.findings_table(findings),
        "downloads/figures.csv": tables.figures_table(figures),
        "downloads/counts.csv": tables.counts_table(counts),
        "downloads/fan.csv": tables.series_table([one for one in series if one.key.startswith("fan")]),
        "downloads/extinction.csv": tables.series_table([one for one in series if one.key == "extinction"]),
        **licence_files(landscape),
    }
    around = [one for one in series if one.key in (*SERIES, "deaths")]
    if around:
        files["downloads/surroundings.csv"] = tables.long_table(around)
    rasters = list(chain.from_iterable(rasters_of(study, one, day) for study, one in all_of[:ON_THE_MAP]))
    if landscape is not None:
        files["landscape.json"] = _records([landscape_record(landscape)])
        rasters += ground_rasters(landscape)
    files |= _one_each("series", series) | _one_each("maps", rasters)
    for study in studies:
        files |= _study_files(study)
    return {**files, MANIFEST: manifest(studies, files, day)}


def manifest(studies: Sequence[StudyRun], files: Mapping[str, bytes], day: date) -> bytes:
    """The manifest over the files."""
    base = studies[0].specification
    start = base.get("start_year")
    record = Manifest(
        format=BUNDLE_FORMAT,
        name=studies[0].name,
        species=studies[0].species.name,
        date=day,
        orientalis=orientalis.__version__,
        baseline=studies[0].baseline.name,
        scenarios=tuple(one.name for study in studies for one in study.scenarios),
        start_year=None if start is None else int(start),
        years=int(base["years"]),
        files=tuple(file_record(path, files[path]) for path in sorted(files)),
    )
    return json_bytes(record.model_dump(mode="json"))


def file_record(path: str, content: bytes) -> File:
    """Size, checksum and type of a file."""
    kind = TYPES.get(Path(path).suffix, "application/octet-stream")
    return File(path=path, size=len(content), sha256=sha256_hex(content), type=kind)


def json_bytes(content: Any) -> bytes:
    """Canonical JSON with a final newline; whole numbers are written without a point."""
    return (canonical_json(_whole(content)) + "\n").encode("utf-8")


def _records(records: Iterable[Record]) -> bytes:
    return json_bytes([record.model_dump(mode="json") for record in records])


def _one_each(folder: str, records: Sequence[Series] | Sequence[Raster]) -> dict[str, bytes]:
    return {f"{folder}/{record.id}.json": _records([record]) for record in records}


def _study_files(study: StudyRun) -> dict[str, bytes]:
    """The study, its specification, and the versions that ran it: no time, no place, no number of workers."""
    folder = study_file(study).rpartition("/")[0]
    resolved = {"scenarios": [
        {"name": name, "run_hash": study.hashes[name], "replicates": study.replicates[name], "specification": content}
        for name, content in study.specifications.items()
    ]}  # fmt: skip
    return {
        study_file(study): study.text.encode("utf-8"),
        f"{folder}/resolved.json": json_bytes(resolved),
        f"{folder}/provenance.json": json_bytes({"versions": list(study.versions), "settings": list(study.settings)}),
    }


def _whole(content: Any) -> Any:
    if isinstance(content, float) and content.is_integer() and abs(content) < 2**53:
        return int(content)
    if isinstance(content, (list, tuple)):
        return [_whole(item) for item in content]
    if isinstance(content, Mapping):
        return {key: _whole(item) for key, item in content.items()}
    return content
