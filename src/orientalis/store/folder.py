"""The run folder.

`DIR/{study.toml, resolved.json, provenance.json, runs/<scenario>/part-00000.{parquet,maps,json}}`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from orientalis.core.canonical import sha256_hex
from orientalis.core.errors import InputError, nearest_name
from orientalis.store.disk import (
    TEMPORARY,
    dump_json,
    explain_write,
    make_folder,
    read_json,
    remove,
    sync_folder,
    write_durably,
)
from orientalis.store.lock import FolderLock
from orientalis.store.parts import Part, PartCommit, Zones

FORMAT_VERSION = 1
"""Of the run folder. Raised when an earlier reader would misread a folder; another version is refused by name."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_PART = re.compile(r"part-(\d{5,})\.json")


@dataclass(frozen=True)
class ScenarioEntry:
    """A scenario of a run folder as `resolved.json` holds it. `replicates` is what was last asked for."""

    name: str
    run_hash: str
    replicates: int
    batch: int
    years: int
    specification: Mapping[str, Any]
    zones: Zones | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the entry for `resolved.json`."""
        return {
            "name": self.name,
            "run_hash": self.run_hash,
            "replicates": self.replicates,
            "batch": self.batch,
            "years": self.years,
            "specification": self.specification,
            "zones": None if self.zones is None else self.zones.to_json(),
        }

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> "ScenarioEntry":
        """Read what `to_json` made (KeyError, TypeError or ValueError for anything else)."""
        zones = content["zones"]
        return ScenarioEntry(
            name=_safe_name(str(content["name"])),
            run_hash=str(content["run_hash"]),
            replicates=int(content["replicates"]),
            batch=int(content["batch"]),
            years=int(content["years"]),
            specification=dict(content["specification"]),
            zones=None if zones is None else Zones.from_json(zones),
        )


@dataclass(frozen=True)
class BadPart:
    """A part that cannot be used: its JSON's path and what is wrong with it."""

    path: Path
    reason: str


class RunFolder:
    """A run folder on disk. Writing is for the holder of `lock()`; reading needs no lock."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def lock(self) -> FolderLock:
        """Create the folder and return its lock, to be entered with `with`."""
        make_folder(self.path)
        return FolderLock(self.path / ".lock")

    def entries(self) -> tuple[ScenarioEntry, ...]:
        """Return the scenarios in study order; InputError when the folder is none, damaged or of another format."""
        file = self.path / "resolved.json"
        if not self.path.is_dir():
            raise InputError(
                "there is no such run folder", file=self.path, expected="a folder made by `orientalis run`"
            )
        content = read_json(file, "the specification of the run")
        found = content.get("format_version")
        if found != FORMAT_VERSION:
            raise InputError(
                "this run folder has a format that this version of Orientalis cannot read",
                file=file,
                key="format_version",
                value=found,
                expected=f"format {FORMAT_VERSION}{self._writer()}",
            )
        try:
            return tuple(ScenarioEntry.from_json(entry) for entry in content["scenarios"])
        except (KeyError, TypeError, ValueError, AttributeError):
            raise InputError(
                "the specification of the run is damaged", file=file, expected="JSON as `orientalis run` wrote it"
            ) from None

    def entry(self, name: str) -> ScenarioEntry:
        """Return one scenario, else InputError with the nearest name."""
        entries = {entry.name: entry for entry in self.entries()}
        if name not in entries:
            raise InputError(
                "this run has no such scenario",
                file=self.path,
                value=name,
                expected="one of " + ", ".join(entries),
                nearest=nearest_name(name, entries),
            )
        return entries[name]

    def provenance(self) -> dict[str, Any]:
        """Return `provenance.json`: versions and the sessions that wrote here ({} when there is none)."""
        file = self.path / "provenance.json"
        return read_json(file, "the provenance of the run") if file.exists() else {}

    def prepare(self, study: Sequence[ScenarioEntry], chosen: Sequence[str], text: str) -> None:
        """Write `study.toml` and `resolved.json` for the chosen scenarios of a study, or refuse another study's folder.

        Scenarios already here must be in the study with the same run_hash; new ones are added. Leftovers of a crash are
        removed. Call under the lock.
        """
        held = {entry.name: entry for entry in self._held()}
        wanted = {entry.name: entry for entry in study}
        for name, entry in held.items():
            self._check_same(entry, wanted.get(name))
        for name in wanted:
            _safe_name(name)
        kept = []
        for name, entry in wanted.items():
            zones = held[name].zones if name in held else None
            if name in chosen:
                kept.append(replace(entry, zones=zones))
            elif name in held:
                kept.append(held[name])
        for entry in kept:
            make_folder(self._runs(entry.name))
        self._clean()
        write_durably(self.path / "study.toml", text.encode())
        self._write_resolved(kept)

    def set_zones(self, name: str, zones: Zones) -> None:
        """Keep the zones of a scenario, known once its first batch is compiled."""
        entries = self.entries()
        if all(entry.zones == zones for entry in entries if entry.name == name):
            return
        self._write_resolved([replace(entry, zones=zones) if entry.name == name else entry for entry in entries])

    def write_provenance(self, content: Mapping[str, Any]) -> None:
        """Replace `provenance.json`."""
        write_durably(self.path / "provenance.json", dump_json(content))

    def write_part(self, entry: ScenarioEntry, index: int, part: Part) -> None:
        """Write a batch's part, its JSON last. A shorter part of the same batch is replaced."""
        commit = PartCommit.of(part, entry.run_hash)
        json_file = self._part(entry.name, index, "json")
        if json_file.exists():
            remove(json_file)
            sync_folder(json_file.parent)
        for ending, content in part.files.items():
            write_durably(self._part(entry.name, index, ending), content)
        write_durably(json_file, dump_json(commit.to_json()))

    def check_parts(self, entry: ScenarioEntry) -> tuple[dict[int, PartCommit], list[BadPart]]:
        """Return the good parts by batch number, and the bad ones: every size and checksum is compared."""
        good: dict[int, PartCommit] = {}
        bad: list[BadPart] = []
        for index, path in self._commits(entry.name):
            try:
                good[index] = self._checked(entry, index, path)
            except InputError as error:
                bad.append(BadPart(path, error.what))
        return good, bad

    def remove_part(self, bad: BadPart) -> None:
        """Remove a part, its JSON first."""
        remove(bad.path)
        for other in bad.path.parent.glob(bad.path.stem + ".*"):
            remove(other)
        with explain_write(bad.path):
            sync_folder(bad.path.parent)

    def commits(self, entry: ScenarioEntry) -> dict[int, PartCommit]:
        """Return the commits of a scenario by batch number, without looking into the files.

        InputError for a bad one.
        """
        return {index: self._commit(entry, index, path) for index, path in self._commits(entry.name)}

    def read_file(self, entry: ScenarioEntry, index: int, commit: PartCommit, ending: str) -> bytes:
        """Return a file of a part after comparing size and checksum; InputError when it is not what was committed."""
        path = self._part(entry.name, index, ending)
        size, digest = commit.files[ending]
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise _damaged(path, "a file of a finished batch is missing") from None
        except OSError as error:
            raise InputError(f"a file cannot be read: {error.strerror or error}", file=path) from error
        if len(content) != size:
            raise _damaged(path, f"a file is truncated or changed: {len(content)} bytes where {size} were written")
        if sha256_hex(content) != digest:
            raise _damaged(path, "a file is corrupted: its checksum is not the one that was written")
        return content

    def _writer(self) -> str:
        """Say which version of the program wrote the folder, if that can be found out."""
        with suppress(InputError, KeyError, IndexError, TypeError):
            return (
                f" (the folder was written by Orientalis {self.provenance()['sessions'][-1]['versions']['orientalis']})"
            )
        return ""

    def _held(self) -> tuple[ScenarioEntry, ...]:
        if (self.path / "resolved.json").exists():
            return self.entries()
        if any(self.path.glob("runs/*/part-*.json")):
            raise InputError(
                "this folder holds results without their specification, resolved.json",
                file=self.path,
                expected="a new or a whole run folder",
            )
        return ()

    def _check_same(self, held: ScenarioEntry, wanted: ScenarioEntry | None) -> None:
        if wanted is None:
            raise InputError(
                "this folder holds another study: its scenario is not in yours",
                file=self.path,
                value=held.name,
                expected="another --out folder",
            )
        if wanted.run_hash != held.run_hash:
            raise InputError(
                f"this folder holds another study: scenario {held.name} has another specification there",
                file=self.path,
                key="run_hash",
                value=f"{wanted.run_hash[:12]} here, {held.run_hash[:12]} there",
                expected="the same study (only replicates may grow) or another --out folder",
            )

    def _write_resolved(self, entries: Sequence[ScenarioEntry]) -> None:
        content = {"format_version": FORMAT_VERSION, "scenarios": [entry.to_json() for entry in entries]}
        write_durably(self.path / "resolved.json", dump_json(content))

    def _clean(self) -> None:
        """Remove temporary files, and files of parts that were never committed."""
        for leftover in (*self.path.glob(f".*{TEMPORARY}"), *self.path.glob(f"runs/*/.*{TEMPORARY}")):
            remove(leftover)
        for file in self.path.glob("runs/*/part-*"):
            if not file.with_name(file.name.partition(".")[0] + ".json").exists():
                remove(file)

    def _checked(self, entry: ScenarioEntry, index: int, path: Path) -> PartCommit:
        commit = self._commit(entry, index, path)
        for ending in commit.files:
            self.read_file(entry, index, commit, ending)
        return commit

    def _commit(self, entry: ScenarioEntry, index: int, path: Path) -> PartCommit:
        try:
            commit = PartCommit.from_json(read_json(path, "the commit of a part"))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise _damaged(path, "the commit of a part is damaged") from None
        if commit.run_hash != entry.run_hash:
            raise _damaged(path, "a part belongs to another run")
        if commit.first != index * entry.batch or not 0 < commit.count <= entry.batch:
            raise _damaged(path, "a part holds other replicates than its number says")
        return commit

    def _commits(self, name: str) -> Iterator[tuple[int, Path]]:
        for path in sorted(self._runs(name).glob("part-*.json")):
            match = _PART.fullmatch(path.name)
            if match:
                yield int(match[1]), path

    def _runs(self, name: str) -> Path:
        return self.path / "runs" / name

    def _part(self, name: str, index: int, ending: str) -> Path:
        return self._runs(name) / f"part-{index:05d}.{ending}"


def _damaged(path: Path, what: str) -> InputError:
    return InputError(what, file=path, expected="the file as it was written: run the study again to repair it")


def _safe_name(name: str) -> str:
    """Return a scenario's name if it can be a folder's name on every system, else InputError."""
    if not _NAME.fullmatch(name):
        raise InputError(
            "a scenario's name must be fit for a folder", value=name, expected="letters, digits, _ - and ."
        )
    return name
