"""A part's bytes depend on the records alone; commits survive the way to JSON and back."""

import io

import numpy as np
import pyarrow.parquet as pq
import pytest
from fake_world import ZONES, FakeRecords, FakeSpec, records

from orientalis.store.parts import Part, PartCommit, Zones, decode_maps, encode


def test_equal_records_give_equal_bytes() -> None:
    first, second = (encode(records(FakeSpec(), 4, 4), 4, 4) for _ in range(2))
    assert first.files == second.files
    assert set(first.files) == {"parquet", "maps", "events.parquet"}


def test_order_of_rows_does_not_matter() -> None:
    made = records(FakeSpec(), 0, 4)
    order = np.random.default_rng(0).permutation(len(made.tallies["year"]))
    mixed = FakeRecords({k: v[order] for k, v in made.tallies.items()}, made.maps, made.histograms, made.events)
    assert encode(mixed, 0, 4).files["parquet"] == encode(made, 0, 4).files["parquet"]


def test_zero_rows_and_zero_items_are_dropped() -> None:
    table = pq.read_table(io.BytesIO(encode(records(FakeSpec(), 0, 4), 0, 4).files["parquet"]))
    assert "takeovers" not in table.column_names
    frame = table.to_pandas()
    assert frame[frame.replicate == 3].year.max() == 1
    assert (frame.drop(columns=["replicate", "year", "zone"]).sum(axis=1) > 0).all()


def test_types_and_compression() -> None:
    file = pq.ParquetFile(io.BytesIO(encode(records(FakeSpec(), 0, 4), 0, 4).files["parquet"]))
    types = {field.name: str(field.type) for field in file.schema_arrow}
    assert (types["replicate"], types["year"], types["zone"], types["litters"]) == ("int32", "int16", "int16", "int32")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_nobody_at_all_is_a_part_too() -> None:
    empty = {name: np.zeros(0, np.int32) for name in ("replicate", "year", "zone", "number.cub_female")}
    part = encode(FakeRecords(empty, {}, {}, None), 0, 4)
    assert set(part.files) == {"parquet"}
    assert pq.read_table(io.BytesIO(part.files["parquet"])).num_rows == 0


def test_maps_come_back() -> None:
    made = records(FakeSpec(), 0, 4)
    maps, histograms = decode_maps(encode(made, 0, 4).files["maps"])
    assert np.array_equal(maps["animals"], made.maps["animals"])
    assert np.array_equal(histograms["dispersal.female"], made.histograms["dispersal.female"])


def test_events_keep_64_bit_names() -> None:
    table = pq.read_table(io.BytesIO(encode(records(FakeSpec(), 0, 4), 0, 4).files["events.parquet"]))
    assert table["uid"].to_pylist() == [2**63 + k for k in range(4)]


def test_commit_and_zones_survive_json() -> None:
    commit = PartCommit.of(Part(4, 4, {"parquet": b"abc"}), "hash")
    assert PartCommit.from_json(commit.to_json()) == commit
    assert Zones.from_json(ZONES.to_json()) == ZONES


@pytest.mark.parametrize("change", [{"files": {}}, {"first": "x"}, {"files": {"parquet": 3}}, {"files": {"../x": {}}}])
def test_a_damaged_commit_is_refused(change: dict[str, object]) -> None:
    content = PartCommit.of(Part(4, 4, {"parquet": b"abc"}), "hash").to_json() | change
    with pytest.raises((KeyError, TypeError, ValueError)):
        PartCommit.from_json(content)
