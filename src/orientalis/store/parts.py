"""A part: the finished results of one batch as bytes, and its commit, the JSON that is written last."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from orientalis.core.canonical import sha256_hex

KEYS = ("replicate", "year", "zone")
"""The columns that address a row of tallies; all others are items."""

_EVENTS = "events.parquet"


class RecordsLike(Protocol):
    """What the engine hands back for a batch: see `orientalis.engine.record`."""

    @property
    def tallies(self) -> Mapping[str, np.ndarray]:
        """Columns of equal length: replicate (absolute), year, zone, then one a item."""

    @property
    def maps(self) -> Mapping[str, np.ndarray]:
        """Sums over the batch's replicates, [map year, y, x]."""

    @property
    def histograms(self) -> Mapping[str, np.ndarray]:
        """Counts by bin, summed over the batch's replicates."""

    @property
    def events(self) -> np.ndarray | None:
        """A structured array, a row an event, or None."""


@dataclass(frozen=True)
class Zones:
    """The atomic zones of a run and which of them each named zone holds: `members[name][atomic]`."""

    names: tuple[str, ...]
    members: tuple[tuple[bool, ...], ...]

    def to_json(self) -> dict[str, Any]:
        """Return names and members (0 or 1) for `resolved.json`."""
        return {"names": list(self.names), "members": [[int(cell) for cell in row] for row in self.members]}

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> "Zones":
        """Read what `to_json` made."""
        return Zones(tuple(content["names"]), tuple(tuple(bool(cell) for cell in row) for row in content["members"]))


@dataclass(frozen=True)
class Part:
    """One batch, ready to be written: `files` maps an ending (parquet, maps, events.parquet) to its bytes."""

    first: int
    count: int
    files: Mapping[str, bytes]
    zones: Zones | None = None
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PartCommit:
    """What a part's JSON says: its batch, its replicates [first, first + count), and size and sha256 of each file."""

    run_hash: str
    first: int
    count: int
    files: Mapping[str, tuple[int, str]]

    def to_json(self) -> dict[str, Any]:
        """Return the content of the JSON: no time, no path, no worker."""
        files = {ending: {"bytes": size, "sha256": digest} for ending, (size, digest) in self.files.items()}
        return {"run_hash": self.run_hash, "first": self.first, "count": self.count, "files": files}

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> "PartCommit":
        """Read what `to_json` made (KeyError, TypeError or ValueError for anything else)."""
        files = {str(end): (int(entry["bytes"]), str(entry["sha256"])) for end, entry in content["files"].items()}
        if "parquet" not in files or not set(files) <= {"parquet", "maps", _EVENTS}:
            raise ValueError("a part has a parquet file, and at most maps and events beside it")
        return PartCommit(str(content["run_hash"]), int(content["first"]), int(content["count"]), files)

    @staticmethod
    def of(part: Part, run_hash: str) -> "PartCommit":
        """Return the commit of a part."""
        files = {ending: (len(content), sha256_hex(content)) for ending, content in part.files.items()}
        return PartCommit(run_hash, part.first, part.count, files)


def encode(
    records: RecordsLike,
    first: int,
    count: int,
    zones: Zones | None = None,
    versions: Mapping[str, str] | None = None,
) -> Part:
    """Return the part of a batch; equal records give equal bytes."""
    files = {"parquet": _encode_tallies(records.tallies)}
    arrays = {f"map.{name}": values for name, values in records.maps.items()}
    arrays |= {f"histogram.{name}": values for name, values in records.histograms.items()}
    if arrays:
        files["maps"] = _encode_arrays(arrays)
    if records.events is not None:
        files[_EVENTS] = _encode_events(records.events)
    return Part(first, count, files, zones, versions or {})


def decode_maps(content: bytes) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return maps and histograms of a part's `.maps`."""
    maps: dict[str, np.ndarray] = {}
    histograms: dict[str, np.ndarray] = {}
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        for name in arrays.files:
            kind, _, rest = name.partition(".")
            (maps if kind == "map" else histograms)[rest] = arrays[name]
    return maps, histograms


def _encode_tallies(tallies: Mapping[str, np.ndarray]) -> bytes:
    """Drop rows and items that are zero throughout, sort by replicate, year and zone, write Parquet."""
    items = {name: np.asarray(tallies[name]) for name in sorted(tallies) if name not in KEYS}
    items = {name: values for name, values in items.items() if values.any()}
    keys = {name: np.asarray(tallies[name]) for name in KEYS}
    kept = np.zeros(keys["replicate"].shape[0], dtype=bool)
    for values in items.values():
        kept |= values != 0
    order = np.lexsort((keys["zone"], keys["year"], keys["replicate"]))
    order = order[kept[order]]
    columns: dict[str, np.ndarray] = {
        "replicate": keys["replicate"][order].astype(np.int32),
        "year": keys["year"][order].astype(np.int16),
        "zone": keys["zone"][order].astype(np.int16),
    }
    columns |= {name: values[order].astype(np.int32) for name, values in items.items()}
    return _parquet(columns)


def _encode_events(events: np.ndarray) -> bytes:
    if events.dtype.names is None:
        raise TypeError("events are a structured array")
    return _parquet({name: np.ascontiguousarray(events[name]) for name in events.dtype.names})


def _parquet(columns: Mapping[str, np.ndarray]) -> bytes:
    sink = io.BytesIO()
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    pq.write_table(table, sink, compression="zstd", use_dictionary=True)
    return sink.getvalue()


def _encode_arrays(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return a compressed npz; its members carry a fixed date, so the bytes depend on the arrays alone."""
    sink = io.BytesIO()
    named: dict[str, Any] = {name: np.ascontiguousarray(arrays[name]) for name in sorted(arrays)}
    np.savez_compressed(sink, **named)
    return sink.getvalue()
