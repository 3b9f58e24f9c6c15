"""Downloads: whole, in parts, and only what the manifest names."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from orientalis.evidence import open_bundle
from tests.site.evidence import SHIPPED, address, shipped
from tests.site.server import Server


@pytest.fixture(scope="module")
def largest() -> str:
    """The path of the largest file."""
    return max(shipped().manifest.files, key=lambda file: file.size).path


def test_every_file_of_the_bundle_comes_whole(server: Server) -> None:
    for file in shipped().manifest.files:
        answer = server.get(address(file.path))
        assert answer.status == 200, file.path
        assert hashlib.sha256(answer.body).hexdigest() == file.sha256, file.path
        assert answer.headers["accept-ranges"] == "bytes"
        assert "etag" in answer.headers


RANGES = [("bytes=0-0", 0, 1), ("bytes=10-99", 10, 100), ("bytes=-50", -50, None), ("bytes=100-", 100, None)]


@pytest.mark.parametrize(("asked", "first", "end"), RANGES)
def test_a_part_is_that_part(server: Server, largest: str, asked: str, first: int, end: int | None) -> None:
    whole = (SHIPPED / largest).read_bytes()
    answer = server.get(address(largest), Range=asked, Accept_Encoding="gzip")
    assert answer.status == 206
    assert answer.body == whole[first:end]
    start = first if first >= 0 else len(whole) + first
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(answer.body) - 1}/{len(whole)}"
    assert "content-encoding" not in answer.headers


def test_an_end_beyond_the_file_is_cut_to_it(server: Server, largest: str) -> None:
    whole = (SHIPPED / largest).read_bytes()
    answer = server.get(address(largest), Range=f"bytes=5-{10 * len(whole)}")
    assert (answer.status, answer.body) == (206, whole[5:])


@pytest.mark.parametrize("asked", ["bytes={size}-", "bytes={size}-{more}", "bytes=-0"])
def test_a_part_beyond_the_file_is_416(server: Server, largest: str, asked: str) -> None:
    size = (SHIPPED / largest).stat().st_size
    answer = server.get(address(largest), Range=asked.format(size=size, more=size + 10))
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{size}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=9-3",
        "bytes=a-b",
        "pages=1-2",
        "bytes=",
        "bytes=--1",
        "bytes=1-2-3",
        "bytes=" + "9" * 5000 + "-",
        "x" * 3000,
    ],
)
def test_a_range_that_cannot_be_read_is_ignored_or_refused(server: Server, largest: str, asked: str) -> None:
    whole = (SHIPPED / largest).read_bytes()
    answer = server.get(address(largest), Range=asked)
    assert answer.status in (400, 416) or (answer.status == 200 and answer.body == whole)


def test_many_ranges_cost_no_more_than_the_whole(server: Server, largest: str) -> None:
    size = (SHIPPED / largest).stat().st_size
    answer = server.get(address(largest), Range="bytes=" + ",".join(["0-"] * 200))
    assert answer.status in (200, 206, 416) and len(answer.body) <= size


def test_a_part_of_a_changed_file_is_the_whole(server: Server, largest: str) -> None:
    tag = server.get(address(largest)).headers["etag"]
    same = server.get(address(largest), Range="bytes=0-9", If_Range=tag)
    assert (same.status, len(same.body)) == (206, 10)
    other = server.get(address(largest), Range="bytes=0-9", If_Range='"another"')
    assert other.status == 200


def test_what_is_known_is_not_sent_again(server: Server, largest: str) -> None:
    for path in (address(largest), "/en/", "/en.json"):
        tag = server.get(path).headers["etag"]
        answer = server.get(path, If_None_Match=tag)
        assert (answer.status, answer.body) == (304, b""), path


@pytest.mark.parametrize("bundle_hash", ["0" * 64, "0" * 63, "current", "..", "A" * 64, "%00" * 10])
def test_a_bundle_that_never_was_is_404(server: Server, bundle_hash: str) -> None:
    assert server.get(f"/bundle/{bundle_hash}/findings.json").status in (400, 404)


def test_a_file_that_the_manifest_does_not_name_is_not_there(server: Server) -> None:
    stray = server.var / "bundles" / shipped().hash / "stray.json"
    stray.write_text("{}", encoding="utf-8")
    try:
        assert server.get(address("stray.json")).status == 404
    finally:
        stray.unlink()


def test_the_whole_bundle_comes_as_one_file_and_is_whole(server: Server, tmp_path: Path) -> None:
    answer = server.get(f"/bundle/{shipped().hash}.zip")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        archive.extractall(tmp_path)
    assert open_bundle(tmp_path / "bundle").hash == shipped().hash
    assert server.get(f"/bundle/{'0' * 64}.zip").status == 404
    assert server.get(f"/bundle/{shipped().hash}.zip", Range="bytes=0-1").body == b"PK"
