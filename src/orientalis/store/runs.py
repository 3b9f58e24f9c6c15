"""Reading runs back: `read(DIR)` gives tables (pandas), arrays (numpy) and labelled cubes (xarray).

runs = orientalis.store.read("out/amur")
runs.scenarios                                     # ("status_quo", "petition_start", …)
runs.dataset()["number"].sum("class")              # [scenario, replicate, year]
runs.by_zone("status_quo", "russia")["number"]     # [replicate, year, class]
runs.tallies("status_quo", ["births.female"])      # one row a replicate, year and atomic zone
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from orientalis.core.errors import InputError, nearest_name
from orientalis.store.cubes import Block, Cube, labels_of
from orientalis.store.disk import read_json
from orientalis.store.folder import RunFolder, ScenarioEntry
from orientalis.store.parts import KEYS, PartCommit, decode_maps

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

DRAWS = ".draws"
"""Ending of the scenarios that hold runs over draws of the catalogue's ranges."""


def read(path: str | Path) -> "Runs":
    """Open a run folder for reading.

    InputError when it is none, damaged, of another format, or still without results.
    """
    return Runs(RunFolder(path))


class Runs:
    """The finished replicates of a run folder, as they were when it was opened.

    Every file read is compared with its checksum.
    """

    def __init__(self, folder: RunFolder) -> None:
        self.path = folder.path
        self._folder = folder
        self._entries: dict[str, ScenarioEntry] = {}
        self._commits: dict[str, dict[int, PartCommit]] = {}
        self._items: dict[str, tuple[str, ...]] = {}
        for entry in folder.entries():
            commits = folder.commits(entry)
            if commits:
                self._entries[entry.name] = entry
                self._commits[entry.name] = commits
        if not self._entries:
            raise InputError("no replicate is finished in this folder", file=folder.path, expected="a run with results")

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios with results, in study order; those of parameter draws end in `.draws`."""
        return tuple(self._entries)

    @property
    def default_scenarios(self) -> tuple[str, ...]:
        """The scenarios run with the catalogue's default values."""
        return tuple(name for name in self._entries if not name.endswith(DRAWS))

    @cached_property
    def resolved(self) -> dict[str, Any]:
        """`resolved.json` whole."""
        return read_json(self.path / "resolved.json", "the specification of the run")

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """`provenance.json` whole."""
        return self._folder.provenance()

    @property
    def study_file(self) -> Path:
        """The study as it was given."""
        return self.path / "study.toml"

    def entry(self, scenario: str) -> ScenarioEntry:
        """Return name, run_hash, years, batch and specification of a scenario; InputError for an unknown one."""
        if scenario not in self._entries:
            raise InputError(
                "no results of this scenario",
                file=self.path,
                value=scenario,
                expected="one of " + ", ".join(self._entries),
                nearest=nearest_name(scenario, self._entries),
            )
        return self._entries[scenario]

    def years(self, scenario: str) -> int:
        """Return the last year; year 0 is the start."""
        return self.entry(scenario).years

    def replicates(self, scenario: str) -> NDArray[np.int32]:
        """Return the numbers of the finished replicates, ascending; there are gaps where a run was interrupted."""
        self.entry(scenario)
        parts = [np.arange(c.first, c.first + c.count, dtype=np.int32) for c in self._parts(scenario).values()]
        return np.concatenate(parts)

    def zone_members(self, scenario: str) -> dict[str, NDArray[np.int64]]:
        """Return, for each named zone, the numbers of the atomic zones it is made of (column `zone` of the tallies)."""
        zones = self.entry(scenario).zones
        if zones is None:
            return {}
        return {name: np.flatnonzero(np.array(row)) for name, row in zip(zones.names, zones.members, strict=True)}

    def items(self, scenario: str) -> tuple[str, ...]:
        """Return the items that were ever above zero, sorted."""
        self.entry(scenario)
        if scenario not in self._items:
            found: set[str] = set()
            for index in self._parts(scenario):
                found.update(pq.read_schema(pa.BufferReader(self._bytes(scenario, index, "parquet"))).names)
            self._items[scenario] = tuple(sorted(found - set(KEYS)))
        return self._items[scenario]

    def tallies(self, scenario: str, items: Iterable[str] | None = None) -> "pd.DataFrame":
        """Return the rows as recorded: replicate, year, zone (atomic), then one int32 column an item (default: all).

        Rows in which all items were zero are not there; an item that never occurred is a column of zeros when asked
        for.
        """
        import pandas as pd

        names = (*KEYS, *(self.items(scenario) if items is None else items))
        blocks = list(self._blocks(scenario, names))
        columns = {}
        for name in names:
            columns[name] = np.concatenate([b.columns.get(name, np.zeros(b.rows, np.int32)) for b in blocks])
        return pd.DataFrame(columns, copy=False)

    def counts(
        self, scenario: str, item: str, by: str = "replicate,year", zone: str | None = None
    ) -> NDArray[np.int64]:
        """Return an item summed into a dense array with the dimensions `by`: some of replicate, year, zone.

        `item` is a full name (`births.female`), or a leading part of names (`number`, `deaths.adult_female`), then
        summed over the rest. Replicates are in the order of `replicates()`, years from 0. `zone` restricts to a named
        zone.
        """
        dims = [part.strip() for part in by.split(",")]
        if not set(dims) <= set(KEYS) or len(set(dims)) != len(dims):
            raise InputError("cannot count by this", key="by", value=by, expected="some of replicate, year, zone")
        names = [name for name in self.items(scenario) if name == item or name.startswith(item + ".")]
        zones = self._zone_count(scenario) if "zone" in dims else 0
        inside = self._inside(scenario, zone)
        years = self.years(scenario) + 1
        cubes = [block.spread(names, years, zones, inside) for block in self._blocks(scenario, (*KEYS, *names))]
        kept = [dim for dim in KEYS if dim in dims]
        gone = tuple(axis for axis, dim in enumerate(KEYS[: 3 if zones else 2]) if dim not in dims)
        if "replicate" in dims:
            total = np.concatenate(cubes).sum(axis=gone)
        else:
            total = np.sum([cube.sum(axis=gone) for cube in cubes], axis=0)
        return np.asarray(total.transpose([kept.index(dim) for dim in dims]), dtype=np.int64)

    def dataset(
        self,
        scenarios: Sequence[str] | None = None,
        items: Sequence[str] | None = None,
        zone: str | None = None,
    ) -> "xr.Dataset":
        """Return a cube a kind of item: dimensions scenario, replicate, year, then class, cause or sex.

        `number[…, class]`, `deaths[…, class, cause]`, `births[…, sex]`, `litters[…]` and so on. `scenarios` defaults to
        the
        ones with default parameters; replicates are those finished in **all** of them (so that pairs stay pairs).
        `items` chooses kinds (`("number", "litters")`), `zone` a named zone.
        """
        import xarray as xr

        names = tuple(scenarios) if scenarios is not None else self.default_scenarios or self.scenarios
        common = self.replicates(names[0])
        for name in names[1:]:
            common = np.intersect1d(common, self.replicates(name), assume_unique=True)
        years = {self.years(name) for name in names}
        if len(years) > 1:
            raise InputError("scenarios of different length", key="years", value=sorted(years), expected="equal years")
        kinds = self._kinds(names, items)
        cubes = []
        for name in names:
            chosen = np.isin(self.replicates(name), common)
            cubes.append({kind: cube[chosen] for kind, cube in self._cubes(name, kinds, zone).items()})
        coords: dict[str, Any] = {"scenario": list(names), "replicate": common, "year": np.arange(years.pop() + 1)}
        data = {}
        for kind, members in kinds.items():
            labels = labels_of(kind, members)
            dims = ("scenario", "replicate", "year", *labels)
            stacked = np.stack([cube[kind] for cube in cubes])
            data[kind] = xr.DataArray(stacked, dims=dims, coords=coords | {dim: list(v) for dim, v in labels.items()})
        return xr.Dataset(data)

    def by_zone(self, scenario: str, zone: str) -> "xr.Dataset":
        """Return the dataset of one scenario and one named zone.

        Dimensions replicate, year, then class, cause or sex.
        """
        return self.dataset([scenario], zone=zone).isel(scenario=0)

    def maps(self, scenario: str) -> dict[str, NDArray[np.int64]]:
        """Return maps [map year, y, x] summed over all finished replicates ({} when none were recorded)."""
        return self._sum_arrays(scenario, 0)

    def histograms(self, scenario: str) -> dict[str, NDArray[np.int64]]:
        """Return histograms summed over all finished replicates, bins as the engine names them."""
        return self._sum_arrays(scenario, 1)

    def events(self, scenario: str, columns: Sequence[str] | None = None) -> "pd.DataFrame":
        """Return the recorded events, a row each, sorted by replicate's batch (no rows when none were recorded)."""
        import pandas as pd

        self.entry(scenario)
        wanted = None if columns is None else list(columns)
        tables = [
            pq.read_table(pa.BufferReader(self._bytes(scenario, index, "events.parquet")), columns=wanted)
            for index, commit in self._parts(scenario).items()
            if "events.parquet" in commit.files
        ]
        frame: pd.DataFrame = pa.concat_tables(tables).to_pandas() if tables else pd.DataFrame(columns=wanted)
        return frame

    def _parts(self, scenario: str) -> dict[int, PartCommit]:
        return self._commits[scenario]

    def _bytes(self, scenario: str, index: int, ending: str) -> bytes:
        return self._folder.read_file(self._entries[scenario], index, self._parts(scenario)[index], ending)

    def _blocks(self, scenario: str, names: Iterable[str]) -> Iterator[Block]:
        """Yield the parts one by one, only the columns asked for; a column that a part dropped is left out."""
        wanted = set(names)
        for index, commit in self._parts(scenario).items():
            file = pq.ParquetFile(pa.BufferReader(self._bytes(scenario, index, "parquet")))
            present = [name for name in file.schema_arrow.names if name in wanted]
            table = file.read(columns=present)
            columns = {name: table[name].to_numpy().astype(np.int32, copy=False) for name in present}
            yield Block(commit.first, commit.count, file.metadata.num_rows, columns)

    def _kinds(self, scenarios: Sequence[str], chosen: Sequence[str] | None) -> dict[str, list[str]]:
        """Return the full names of items by kind, over some scenarios; `number` is always there."""
        kinds: dict[str, list[str]] = {} if chosen is not None and "number" not in chosen else {"number": []}
        for name in sorted({name for scenario in scenarios for name in self.items(scenario)}):
            kind = name.partition(".")[0]
            if chosen is None or kind in chosen:
                kinds.setdefault(kind, []).append(name)
        return kinds

    def _cubes(self, scenario: str, kinds: Mapping[str, Sequence[str]], zone: str | None) -> dict[str, Cube]:
        """Return [replicate, year, labels…] for each kind of item."""
        years, inside = self.years(scenario) + 1, self._inside(scenario, zone)
        total = self.replicates(scenario).size
        labels = {kind: labels_of(kind, members) for kind, members in kinds.items()}
        cubes = {kind: np.zeros((total, years, *map(len, found.values())), np.int64) for kind, found in labels.items()}
        row = 0
        for block in self._blocks(scenario, [*KEYS, *(name for members in kinds.values() for name in members)]):
            rows = slice(row, row + block.count)
            row += block.count
            for kind, members in kinds.items():
                for name in members:
                    places = zip(labels[kind].values(), name.split(".")[1:], strict=True)
                    where: list[Any] = [rows, slice(None), *(axis.index(part) for axis, part in places)]
                    cubes[kind][tuple(where)] = block.spread([name], years, 0, inside)
        return cubes

    def _zone_count(self, scenario: str) -> int:
        zones = self.entry(scenario).zones
        if zones is not None and zones.members:
            return len(zones.members[0])
        return 1 + max(int(block.columns["zone"].max(initial=0)) for block in self._blocks(scenario, ["zone"]))

    def _inside(self, scenario: str, zone: str | None) -> NDArray[np.int64] | None:
        """Return the atomic zones of a named zone, None for no restriction; InputError for an unknown one."""
        if zone is None:
            return None
        members = self.zone_members(scenario)
        if zone not in members:
            raise InputError(
                "this run has no such zone",
                file=self.path,
                value=zone,
                expected="one of " + (", ".join(members) or "none"),
                nearest=nearest_name(zone, members),
            )
        return members[zone]

    def _sum_arrays(self, scenario: str, which: int) -> dict[str, NDArray[np.int64]]:
        self.entry(scenario)
        total: dict[str, NDArray[np.int64]] = {}
        for index, commit in self._parts(scenario).items():
            if "maps" in commit.files:
                for name, values in decode_maps(self._bytes(scenario, index, "maps"))[which].items():
                    total[name] = total[name] + values if name in total else values.astype(np.int64)
        return total
